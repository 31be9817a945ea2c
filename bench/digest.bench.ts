/**
 * How long the digest of a day and the view of a week wait for the engine: through its reader threads, for days and weeks
 * that were not asked for before, and for the same again.
 */
import { addDays, dayAt, timeZone, type PlainDay } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { startHeadless, type Client } from '../src/main/hosts/headless/headless.ts';
import { dataset, PASSPHRASE } from './dataset.ts';
import { ms, percentile, printTable, timed } from './support/table.ts';

const ROUNDS = 60;
const WEEK = 7;

export async function run(report: (line: string) => void): Promise<void> {
  const data = await dataset('ledger', report);
  const headless = startHeadless({
    dataDir: data.dataDir,
    documentsDir: data.dataDir,
    program: 'bench',
    stderrLevel: 'error',
  });
  try {
    const { client } = headless;
    await client.session.unlock({ passphrase: PASSPHRASE });
    const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
    await client.targets.save({
      metric: 'arr',
      startsOn: addDays(today, -365),
      startValue: null,
      dueOn: addDays(today, 365),
      value: 100_000_000_00,
      currency: (await client.workspace.get()).reportingCurrency,
      shape: 'compound',
    });
    const cold = await timed(() => client.digests.daily({}));
    const daily = await rounds((round) => client.digests.daily(twoDays(addDays(today, -round))));
    const weekly = await rounds((round) => client.digests.weekly({ on: addDays(today, -WEEK * round) }));
    const again = await rounds(() => client.digests.weekly({}));
    const rows = [
      ['the digest of two days, other days each time', daily],
      ['the view of a week, another week each time', weekly],
      ['the view of this week again and again', again],
    ] as const;
    printTable(
      [
        ...rows.map(([what, times]) => ({
          what: `${what}, p95 of ${ROUNDS}`,
          target: '< 100 ms',
          measured: `${ms(percentile(times, 0.95))} (median ${ms(percentile(times, 0.5))})`,
          met: percentile(times, 0.95) < 100,
        })),
        { what: 'the very first digest, nothing in any cache', target: '', measured: ms(cold.ms), met: null },
      ],
      report,
    );
  } finally {
    await headless.close();
    data.release();
  }
}

function twoDays(to: PlainDay): Parameters<Client['digests']['daily']>[0] {
  return { from: addDays(to, -1), to };
}

/** Milliseconds of each round; the first two warm the threads up and are not counted. */
async function rounds(ask: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = -2; round < ROUNDS; round++) {
    const { ms: took } = await timed(() => ask(Math.max(0, round)));
    if (round >= 0) times.push(took);
  }
  return times;
}
