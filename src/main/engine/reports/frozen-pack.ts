/** The board pack of a closed month: what is frozen of it, and how it is read again. */
import { BoardPackSchema, type BoardPack } from '../../../shared/contract/reports.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { reportedPack } from '../closing/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { knownPack } from './board-pack.ts';

type CustomerLine = BoardPack['largest'][number];
const LISTS = ['largest', 'churned', 'atRisk'] as const;

/**
 * The month's pack as it is known now, to be frozen with the close. Customers'
 * names are left out and looked up when it is read: a person who is forgotten
 * is forgotten in closed months as well.
 */
export function packToFreeze(
  db: ReadDb,
  input: { readonly month: PlainMonth; readonly companyName: string },
  context: MetricsContext,
): unknown {
  const pack = knownPack(db, input, context);
  const lines = LISTS.flatMap((list) => pack[list]);
  return {
    ...pack,
    ...Object.fromEntries(LISTS.map((list) => [list, pack[list].map((line) => ({ ...line, name: '' }))])),
    summary: pack.summary.map((sentence) => withReferences(sentence, lines)),
  };
}

/**
 * The pack as it was reported.
 * @throws AppError `not_found` where the month was never closed, `unavailable` where another version of the program
 *   froze it in a shape that this one cannot read.
 */
export function frozenPack(db: ReadDb, month: PlainMonth): BoardPack {
  const { pack } = reportedPack(db, month);
  const parsed = BoardPackSchema.safeParse(pack);
  if (!parsed.success)
    throw new AppError(
      'unavailable',
      `The board pack of ${month} was frozen by another version of Vario and cannot be drawn by this one. Its figures can be read with vario metrics --month ${month} --as-reported`,
    );
  const nameOf = nameFinder(db);
  const named = (line: CustomerLine): CustomerLine => ({ ...line, name: nameOf(line.customerId) });
  return {
    ...parsed.data,
    largest: parsed.data.largest.map(named),
    churned: parsed.data.churned.map(named),
    atRisk: parsed.data.atRisk.map(named),
    summary: parsed.data.summary.map((sentence) =>
      sentence.replaceAll(/\{customer (\d+)\}/g, (_all, id: string) => nameOf(Number(id))),
    ),
  };
}

function withReferences(sentence: string, lines: readonly CustomerLine[]): string {
  let text = sentence;
  for (const { name, customerId } of lines) if (name !== '') text = text.replaceAll(name, `{customer ${customerId}}`);
  return text;
}

function nameFinder(db: ReadDb): (customerId: number) => string {
  const find = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  return (customerId) => find.first(customerId)?.name ?? `Customer ${customerId}`;
}
