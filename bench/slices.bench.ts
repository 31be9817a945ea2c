/** Any metric for any month with one filter, and the breakdown by each dimension, over 100,000 customers. */
import { setTimeout as pause } from 'node:timers/promises';
import { addMonths, dayAt, firstDayOf, lastDayOf, monthOf, timeZone, type PlainDay } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { printTable, type Row } from './support/table.ts';
import { measure, rowOf, withClient } from './support/unlocked.ts';

const MONTHS = 24;
const TARGET_MS = 50;
/** How many months are looked at before anything is prepared for them. */
const UNPREPARED = 6;
/** Somebody reads the answers; the reader threads prepare for the next questions meanwhile. */
const PAUSE_MS = 20_000;

/** One filter of each kind; the values are those of bench/support/company.ts. */
const FILTERS = [
  ['plan', 'Team'],
  ['interval', 'year'],
  ['currency', 'EUR'],
  ['country', 'DE'],
  ['channel', 'partner'],
  ['metadata:industry', 'health'],
] as const;

export async function run(report: (line: string) => void): Promise<void> {
  await withClient(report, async ({ metrics }) => {
    const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
    const endOf = (round: number): PlainDay => lastDayOf(monthOf(addMonths(today, -1 - (round % MONTHS))));
    const rows: Row[] = [
      rowOf(
        `all metrics of a month looked at for the first time, plan = Team, p95 of ${UNPREPARED} months`,
        await measure(UNPREPARED, (round) =>
          metrics.snapshot({ asOf: endOf(round), slice: { where: [{ dimension: 'plan', values: ['Team'] }] } }),
        ),
        null,
      ),
    ];
    await pause(PAUSE_MS);
    for (const [dimension, value] of FILTERS)
      rows.push(
        rowOf(
          `all metrics of one month, ${dimension} = ${value}, p95 of ${MONTHS} months`,
          await measure(MONTHS, (round) =>
            metrics.snapshot({ asOf: endOf(round), slice: { where: [{ dimension, values: [value] }] } }),
          ),
          TARGET_MS,
        ),
      );
    for (const by of ['plan', 'country', 'metadata:industry'] as const)
      rows.push(
        rowOf(
          `breakdown of one month by ${by}, p95 of ${MONTHS} months`,
          await measure(MONTHS, (round) =>
            metrics.breakdown({ from: firstDayOf(monthOf(endOf(round))), to: endOf(round), by }),
          ),
          TARGET_MS,
        ),
      );
    printTable(rows, report);
  });
}
