/**
 * How long the cockpit waits: all its calls together, through the engine's
 * reader threads and over the browser's WebSocket, on days that were not asked
 * for before and after the ledger has changed.
 */
import { addDays, dayAt, timeZone, type PlainDay } from '../src/shared/kernel/day.ts';
import { addMs, DAY_MS } from '../src/shared/kernel/instant.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { startHeadless, type Client } from '../src/main/hosts/headless/headless.ts';
import { dataset, PASSPHRASE, type Dataset } from './dataset.ts';
import { signIn } from './support/browser-client.ts';
import { cockpitCalls } from './support/cockpit-calls.ts';
import { count, ms, percentile, printTable, timed } from './support/table.ts';

const ROUNDS = 60;

export async function run(report: (line: string) => void): Promise<void> {
  const data = await dataset('ledger', report);
  await lookedLastWeek(data);
  const headless = startHeadless({
    dataDir: data.dataDir,
    documentsDir: data.dataDir,
    program: 'bench',
    stderrLevel: 'error',
  });
  try {
    await headless.client.session.unlock({ passphrase: PASSPHRASE });
    const host = await headless.browserHost();
    const browser = await signIn(host.signInAddress());
    const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
    const cold = await timed(() => allOf(browser.client, today));
    const inside = await rounds(headless.client, today, 0);
    const socket = await rounds(browser.client, today, ROUNDS);
    const again = await rounds(browser.client, today, null);
    printTable(
      [
        ...[
          ['through the reader threads, another day each time', inside] as const,
          ['over the WebSocket, another day each time', socket] as const,
          ['over the WebSocket, today again and again', again] as const,
        ].map(([what, times]) => ({
          what: `all calls of the cockpit ${what}, p95 of ${ROUNDS}`,
          target: '< 100 ms',
          measured: `${ms(percentile(times, 0.95))} (median ${ms(percentile(times, 0.5))})`,
          met: percentile(times, 0.95) < 100,
        })),
        { what: 'the very first time, nothing in any cache', target: '', measured: ms(cold.ms), met: null },
        {
          what: 'memory of the process: engine, reader threads, web server (RSS)',
          target: '< 500 MB',
          measured: `${count(process.memoryUsage().rss / 2 ** 20)} MB`,
          met: null,
        },
      ],
      report,
    );
    for (const [name, call] of Object.entries(cockpitCalls(browser.client, addDays(today, -7)))) {
      const times: number[] = [];
      for (let round = 0; round < 10; round++) times.push((await timed(call)).ms);
      report(`  ${name.padEnd(26)} alone: ${ms(percentile(times, 0.5))}`);
    }
    browser.close();
  } finally {
    await headless.close();
    data.release();
  }
}

/** Milliseconds until the last answer of each round; the n-th day before today, or always today. */
async function rounds(client: Client, today: PlainDay, from: number | null): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    times.push((await timed(() => allOf(client, from === null ? today : addDays(today, -from - round)))).ms);
  return times;
}

async function allOf(client: Client, asOf: PlainDay): Promise<void> {
  await Promise.all(Object.values(cockpitCalls(client, asOf)).map((call) => call()));
}

/** So many rows of the ledger are news: what a company of this size adds in a busy week. */
const NEWS = 5_000;

/** The founder looked at the cockpit a week ago: then what changed since is a question with an answer. */
async function lookedLastWeek(data: Dataset): Promise<void> {
  const store = await data.openStore();
  const lookedAt = addMs(systemClock.now(), -7 * DAY_MS);
  store.db
    .prepareWrite<[number, number, number, number, string]>(
      `INSERT INTO visit (began_at, seen_at, looked_at, movement_head, restatement_head, known_until, basis)
       SELECT ?, ?, ?, max(movement_id) - ?, 0, '{}', ? FROM movement`,
    )
    .run(
      lookedAt,
      lookedAt,
      lookedAt,
      NEWS,
      JSON.stringify({ timeZone: '', currency: '', policy: '', rulesVersion: 0 }),
    );
  store.close();
}
