/** Cohorts and survival over 100,000 customers: each matrix on a day that was not asked for before. */
import { addDays, dayAt, timeZone } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { printTable, type Row } from './support/table.ts';
import { measure, rowOf, withClient } from './support/unlocked.ts';

const ROUNDS = 12;
const TARGET_MS = 200;

export async function run(report: (line: string) => void): Promise<void> {
  await withClient(report, async ({ retention }) => {
    const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
    const asOf = (round: number) => addDays(today, -round);
    const rows: Row[] = [];
    for (const kind of ['logo', 'gross', 'net'] as const)
      rows.push(
        rowOf(
          `cohort matrix by month, ${kind}, p95 of ${ROUNDS} days`,
          await measure(ROUNDS, (round) => retention.cohorts({ kind, unit: 'month', asOf: asOf(round) })),
          TARGET_MS,
        ),
      );
    for (const by of ['plan', 'country', 'channel', 'metadata:industry'] as const)
      rows.push(
        rowOf(
          `the same, net, split by ${by}`,
          await measure(ROUNDS, (round) => retention.cohorts({ kind: 'net', unit: 'month', asOf: asOf(round), by })),
          TARGET_MS,
        ),
      );
    rows.push(
      rowOf('survival', await measure(ROUNDS, (round) => retention.survival({ asOf: asOf(round) })), TARGET_MS),
    );
    printTable(rows, report);
  });
}
