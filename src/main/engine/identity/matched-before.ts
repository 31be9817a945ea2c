/** Whether anything that matching reads has changed since it ran: a sync of invoices alone is no reason to match again. */
import { z } from 'zod';
import type { ReadDb, WriteDb } from '../store/index.ts';

/** Raised when a rule of matching changes: then everything is matched once more. */
const RULES_VERSION = 1;
const SETTING = 'identity.matched';

const OutcomeSchema = z.object({
  version: z.int(),
  rules: z.int(),
  suggested: z.int(),
  partlyCompared: z.int(),
});

/** What the last run left open. */
export type LeftOpen = Pick<z.output<typeof OutcomeSchema>, 'suggested' | 'partlyCompared'>;

/** The outcome of the last run where it still holds, or null. */
export function matchedBefore(db: ReadDb): LeftOpen | null {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?').first(SETTING);
  if (!row) return null;
  const { version, rules, suggested, partlyCompared } = OutcomeSchema.parse(JSON.parse(row.value));
  return version === changes(db) && rules === RULES_VERSION ? { suggested, partlyCompared } : null;
}

/** Notes that everything as it now is has been matched. Called at the end of a run, in its transaction. */
export function noteMatched(db: WriteDb, { suggested, partlyCompared }: LeftOpen): void {
  const value = JSON.stringify({ version: changes(db), rules: RULES_VERSION, suggested, partlyCompared });
  db.prepareWrite<[string, string]>(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(SETTING, value);
}

function changes(db: ReadDb): number {
  return db.prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name = 'matching'`).first()?.value ?? 0;
}
