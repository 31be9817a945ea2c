/** A million rows of a file: read through, tried, imported, imported again, taken back. DuckDB's read_csv stands beside it for context. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { startHeadless, type Client } from '../src/main/hosts/headless/headless.ts';
import { writeInvoices, writePayments } from './support/million-rows.ts';
import { count, ms, printTable, timed, type Row } from './support/table.ts';

const MINUTE_MS = 60_000;

export async function run(report: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vario-files-'));
  try {
    const payments = join(folder, 'payments.csv');
    writePayments(payments);
    const newer = join(folder, 'newer.csv');
    writePayments(newer, 1_000);
    const invoices = join(folder, 'invoices.csv');
    writeInvoices(invoices);
    report('### Stripe payments (one row, one charge)');
    printTable(await rounds(folder, 'stripe_payments', [payments, newer]), report);
    report('### Own invoices with service periods (rows put together to invoices and subscriptions)');
    printTable(await rounds(folder, 'invoices', [invoices]), report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rounds(folder: string, kind: string, [file = '', newer]: readonly string[]): Promise<Row[]> {
  const dataDir = join(folder, kind);
  const rows: Row[] = [];
  const note = (what: string, took: number, target: number | null = null): void =>
    void rows.push({
      what,
      target: target === null ? '' : `< ${ms(target)}`,
      measured: `${ms(took)} (load ${loadavg()[0]?.toFixed(0)})`,
      met: target === null ? null : took < target,
    });
  const duck = join(folder, `${kind}.duckdb`);
  note('DuckDB: read_csv into a table on disk, plain, checkpointed', await taking(() => inDuckDb(duck, file)));

  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 200);
  const before = process.memoryUsage.rss();
  const headless = startHeadless({
    dataDir,
    documentsDir: folder,
    program: 'bench',
    stderrLevel: null,
    worksByItself: false,
  });
  const { client } = headless;
  try {
    await client.session.create({ keychain: false, passphrase: 'a passphrase for a bench' });
    const read = async (path: string): Promise<number> => {
      const uploadId = headless.workspace.engine().takeFile(path, 'bench.csv');
      await ended(client, (await client.files.read({ uploadId, settings: {} })).jobId);
      return uploadId;
    };
    const bring = async (path: string): Promise<Imported> => {
      const uploadId = await read(path);
      const { mapping } = await client.files.preview({ uploadId, kind });
      return (await ended(client, (await client.files.import({ uploadId, mapping })).jobId)) as Imported;
    };
    note('read through: encoding, delimiter, every column of every row', await taking(() => read(file)));
    const uploadId = (await client.files.uploads())[0]?.uploadId ?? 0;
    const { mapping } = await client.files.preview({ uploadId, kind });
    note(
      'tried: every cell checked, nothing written',
      await taking(async () => ended(client, (await client.files.dryRun({ uploadId, mapping })).jobId)),
    );
    await client.files.discard({ uploadId });
    let done: Imported = { seconds: 0, added: 0, changed: 0, importId: 0 };
    const used = process.cpuUsage();
    const whole = await taking(async () => (done = await bring(file)));
    const { user, system } = process.cpuUsage(used);
    note('imported into the encrypted database, facts and all', done.seconds * 1_000, MINUTE_MS);
    note('the same with the reading before it and the ledger behind it', whole);
    rows.push({
      what: 'processor time of all of that, all threads',
      target: '',
      measured: ms((user + system) / 1_000),
      met: null,
    });
    rows.push({ what: 'rows new', target: '', measured: count(done.added), met: null });
    rows.push({
      what: 'database',
      target: '',
      measured: `${count(statSync(join(dataDir, 'vario.db')).size / 1e6)} MB`,
      met: null,
    });
    if (newer !== undefined) {
      note(
        'a newer file, in which one row of a thousand differs',
        await taking(async () => (done = await bring(newer))),
      );
      note(
        'that one taken back',
        await taking(async () => ended(client, (await client.files.undo({ importId: done.importId })).jobId)),
      );
    }
  } finally {
    clearInterval(watch);
    await headless.close();
  }
  rows.push({
    what: 'memory of the whole process above its start, peak',
    target: '',
    measured: `${count((peak - before) / 1e6)} MB`,
    met: null,
  });
  return rows;
}

interface Imported {
  readonly seconds: number;
  readonly added: number;
  readonly changed: number;
  readonly importId: number;
}

async function ended(client: Client, jobId: number): Promise<unknown> {
  for (;;) {
    const job = await client.jobs.get({ jobId });
    if (job.state === 'done') return job.result;
    if (job.endedAt !== null) throw new Error(`${job.title}: ${job.error?.message}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Milliseconds. */
async function taking(work: () => unknown): Promise<number> {
  return (await timed(work)).ms;
}

async function inDuckDb(path: string, file: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE rows AS SELECT * FROM read_csv('${file}')`);
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
