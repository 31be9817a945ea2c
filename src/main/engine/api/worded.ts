/** Lets everything that makes sentences make them in the company's locale: queries on their threads, jobs and alerts on the writer. */
import type { ReadDb } from '../store/index.ts';
import { inLocale } from '../wording/index.ts';

type Query = (db: ReadDb, input: never, context: never) => unknown;

/** The same queries; each asks for the locale first, which is one row. */
export function wordedQueries(queries: Readonly<Record<string, Query>>): Readonly<Record<string, Query>> {
  return Object.fromEntries(
    Object.entries(queries).map(([name, answer]): [string, Query] => [
      name,
      (db, input, context) => inLocale(localeOf(db), () => answer(db, input, context)),
    ]),
  );
}

/** Work in the company's locale, now. */
export function worded<Result>(db: ReadDb, work: () => Result): Result {
  return inLocale(localeOf(db), work);
}

/** Null: the system's. A setting that is no text was never written by this program, and is none here. */
function localeOf(db: ReadDb): string | null {
  const row = db.prepare<[], { value: string }>(`SELECT value FROM setting WHERE name = 'locale'`).first();
  const locale: unknown = row === undefined ? null : JSON.parse(row.value);
  return typeof locale === 'string' ? locale : null;
}
