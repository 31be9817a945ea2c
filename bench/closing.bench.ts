/**
 * Closing months and noting restatements over 100,000 customers, as a window has it: how long each takes, whether the
 * job says how far it is, and how long anything else that is asked meanwhile waits.
 */
import { addToMonth, dayAt, monthOf, timeZone } from '../src/shared/kernel/day.ts';
import type { Job } from '../src/shared/contract/jobs.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { startHeadless, type Client } from '../src/main/hosts/headless/headless.ts';
import { dataset, PASSPHRASE, type Dataset } from './dataset.ts';
import { count, ms, percentile, printTable, timed, type Row } from './support/table.ts';

const MONTHS = 12;
/** Customers whose past changes after the months are closed. */
const CHANGED = 100;
const WAIT_MS = 20;
/** What a person takes for at once. */
const TARGET_MS = 100;

export async function run(report: (line: string) => void): Promise<void> {
  const data = await dataset('ledger', report);
  try {
    const rows = await withProgram(data, closeMonths);
    await changePast(data);
    rows.push(...(await withProgram(data, restated)));
    printTable(rows, report);
  } finally {
    data.release();
  }
}

async function withProgram(data: Dataset, work: (client: Client) => Promise<Row[]>): Promise<Row[]> {
  const headless = startHeadless({
    dataDir: data.dataDir,
    documentsDir: data.dataDir,
    program: 'bench',
    stderrLevel: 'error',
  });
  try {
    await headless.client.session.unlock({ passphrase: PASSPHRASE });
    return await work(headless.client);
  } finally {
    await headless.close();
  }
}

async function closeMonths(client: Client): Promise<Row[]> {
  const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
  const last = addToMonth(monthOf(today), -1);
  const first = await client.metrics.freshness();
  const begins = first.firstDay === null ? last : monthOf(first.firstDay);
  const through = addToMonth(begins, MONTHS - 1);
  const many = await watched(client, () => client.closing.close({ month: through, through: true, acceptGaps: true }));
  const next = await watched(client, () =>
    client.closing.close({ month: addToMonth(through, 1), through: false, acceptGaps: true }),
  );
  return [
    {
      what: `closing ${MONTHS} months in a row, each`,
      target: '',
      measured: `${ms(many.ms / MONTHS)} (all ${ms(many.ms)}, ${count(many.steps)} steps shown)`,
      met: null,
    },
    { what: 'closing one more month', target: '', measured: ms(next.ms), met: null },
    waitRow(`another call while ${MONTHS + 1} months are closed`, [...many.waits, ...next.waits]),
    memoryRow(),
  ];
}

/** The first month's price of some customers turns out to have been another. */
async function changePast(data: Dataset): Promise<void> {
  const store = await data.openStore();
  const { db } = store;
  db.transaction(() => {
    db.prepareWrite<[number]>(
      `UPDATE subscription_sighting SET body = json_set(body, '$.items[0].quantity', '7') WHERE subscription_id IN (
         SELECT id FROM subscription ORDER BY id LIMIT ?)`,
    ).run(CHANGED);
    db.prepareWrite<[number]>(
      `INSERT OR IGNORE INTO dirty_customer (customer_id)
       SELECT b.customer_id FROM subscription s JOIN billing_customer b ON b.source_id = s.source_id AND b.id = s.billing_customer_id
       ORDER BY s.id LIMIT ?`,
    ).run(CHANGED);
  });
  store.close();
}

async function restated(client: Client): Promise<Row[]> {
  const next = await client.closing.list();
  const open = next.months.filter(({ state }) => state === 'open').at(-1)?.month;
  if (open === undefined) return [];
  const watch = await watched(client, () => client.closing.close({ month: open, through: false, acceptGaps: true }));
  const { total } = await client.closing.restatements({ limit: 1 });
  return [
    {
      what: `the past of ${CHANGED} customers changes: ledger, ${count(total)} restatements over ${MONTHS + 1} closed months, and one more close`,
      target: '',
      measured: ms(watch.ms),
      met: null,
    },
    waitRow('another call while that is done', watch.waits),
    memoryRow(),
  ];
}

function waitRow(what: string, waits: readonly number[]): Row {
  const worst = Math.max(...waits);
  return {
    what,
    target: `< ${TARGET_MS} ms`,
    measured: `${ms(percentile(waits, 0.95))} p95 (median ${ms(percentile(waits, 0.5))}, the longest ${ms(worst)})`,
    met: worst < TARGET_MS,
  };
}

function memoryRow(): Row {
  const { rss } = process.memoryUsage();
  return { what: 'memory of the process (RSS)', target: '', measured: `${count(rss / 2 ** 20)} MB`, met: null };
}

interface Watched {
  readonly ms: number;
  readonly waits: readonly number[];
  readonly steps: number;
}

/** Runs a job to its end, and asks for something small all the while, as a window does. */
async function watched(client: Client, start: () => Promise<{ jobId: number }>): Promise<Watched> {
  const waits: number[] = [];
  const steps = new Set<string>();
  const { ms: taken } = await timed(async () => {
    const { jobId } = await start();
    // From the moment at which somebody asks: a program that is busy begins to answer late.
    for (let asked = performance.now(); ; asked += WAIT_MS) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, asked - performance.now())));
      const job = await client.jobs.get({ jobId });
      waits.push(performance.now() - asked);
      asked = Math.max(asked, performance.now() - WAIT_MS);
      if (job.step !== null) steps.add(`${job.step} ${job.done ?? ''}`);
      if (isOver(job)) return;
    }
  });
  return { ms: taken, waits, steps: steps.size };
}

/** @throws Error where the job did not end well. */
function isOver({ state, error }: Job): boolean {
  if (state === 'done') return true;
  if (state === 'queued' || state === 'running') return false;
  throw new Error(`Closing ended as ${state}: ${error?.message ?? 'no reason is given'}`);
}
