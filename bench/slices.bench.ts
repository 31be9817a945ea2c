/**
 * Any metric for any month with one filter, over 100,000 customers: the very first one after a start, each that nobody has
 * asked for yet, and again for other months; the breakdown by each dimension; another policy's first figures.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { addMonths, dayAt, firstDayOf, lastDayOf, monthOf, timeZone, type PlainDay } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import type { Dimension } from '../src/shared/contract/slice.ts';
import { CHANNELS, COUNTRIES, INDUSTRIES, PRICES, PRODUCTS } from './support/company.ts';
import { ms, percentile, printTable, timed, type Row } from './support/table.ts';
import { measure, rowOf, threadsUp, withClient } from './support/unlocked.ts';

const MONTHS = 24;
const TARGET_MS = 50;
const FIRST_MS = 500;
const POLICY_MS = 1_000;
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

/** Every value that nobody has asked for when its turn comes. */
const NEVER_ASKED = [
  ['plan', ['Starter', 'Business', 'Enterprise']],
  ['product', PRODUCTS.map(({ id }) => id)],
  ['price', PRICES.map(({ id }) => id)],
  ['interval', ['month']],
  ['currency', ['USD', 'GBP']],
  ['country', COUNTRIES.filter((country) => country !== 'DE')],
  ['channel', CHANNELS.filter((channel) => channel !== 'partner')],
  ['metadata:industry', INDUSTRIES.filter((industry) => industry !== 'health')],
] as const;

const OTHER_POLICIES = ['stripe', 'chartmogul', 'profitwell', 'baremetrics'] as const;

export async function run(report: (line: string) => void): Promise<void> {
  await withClient(report, async (client) => {
    const { metrics } = client;
    const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
    const endOf = (round: number): PlainDay => lastDayOf(monthOf(addMonths(today, -1 - (round % MONTHS))));
    const month = (round: number, dimension: Dimension, value: string) =>
      metrics.snapshot({ asOf: endOf(round), slice: { where: [{ dimension, values: [value] }] } });
    await threadsUp(client);
    const first = await timed(() => month(0, 'plan', 'Team'));
    const rows: Row[] = [
      {
        what: 'the first filtered figures after a start, threads up: all metrics of a month, plan = Team',
        target: `< ${FIRST_MS} ms`,
        measured: ms(first.ms),
        met: first.ms < FIRST_MS,
      },
      rowOf(
        `right after it, months looked at for the first time, p95 of ${UNPREPARED}`,
        await measure(UNPREPARED, (round) => month(round + 1, 'plan', 'Team')),
        null,
      ),
    ];
    await pause(PAUSE_MS);
    for (const [dimension, values] of NEVER_ASKED) {
      const times: number[] = [];
      for (const value of values) times.push((await timed(() => month(0, dimension, value))).ms);
      rows.push({
        what: `all metrics of one month, a filter by ${dimension} that was never asked for, p95 of ${values.length}`,
        target: `< ${TARGET_MS} ms`,
        measured: `${ms(percentile(times, 0.95))} (median ${ms(percentile(times, 0.5))})`,
        met: percentile(times, 0.95) < TARGET_MS,
      });
    }
    for (const [dimension, value] of FILTERS)
      rows.push(
        rowOf(
          `all metrics of one month, ${dimension} = ${value}, p95 of ${MONTHS} months`,
          await measure(MONTHS, (round) => month(round, dimension, value)),
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
    for (const policy of OTHER_POLICIES) {
      const { ms: taken } = await timed(() => metrics.snapshot({ asOf: endOf(0), policy }));
      const part = await timed(() =>
        metrics.snapshot({ asOf: endOf(0), policy, slice: { where: [{ dimension: 'plan', values: ['Team'] }] } }),
      );
      rows.push({
        what: `the first figures under the policy ${policy}; of one plan after it`,
        target: `< ${POLICY_MS} ms`,
        measured: `${ms(taken)}; ${ms(part.ms)}`,
        met: taken < POLICY_MS,
      });
    }
    printTable(rows, report);
  });
}
