/**
 * An engine process that syncs a Stripe account for the first time and then
 * computes its ledger. Sends one message: what it took.
 * Arguments: address of the server, `free` or `limited`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import {
  createLogger,
  keepHeapSmall,
  letGoOfGarbage,
  systemClock,
  systemHttp,
  systemRandom,
  type Http,
} from '../../src/main/engine/runtime/index.ts';
import { compactWhenDue } from '../../src/main/engine/api/compact.ts';
import { derivingThreads } from '../../src/main/engine/api/deriving-threads.ts';
import { recomputeBeside } from '../../src/main/engine/api/recompute-beside.ts';
import type { QueryTable } from '../../src/main/engine/api/call-types.ts';
import { openReaderPool, openStore, type ReadDb } from '../../src/main/engine/store/index.ts';
import { connectSource, syncSource, type SyncDeps } from '../../src/main/engine/sync/index.ts';
import { benchContext } from '../dataset.ts';

/** Whole pages, free room in them included. */
export interface InvoiceBytes {
  readonly facts: number;
  readonly kept: number;
}

export interface SyncRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly fetched: number;
  readonly changed: number;
  readonly quarantined: number;
  readonly incomplete: readonly string[];
  /** When each request was sent, in milliseconds, by endpoint. */
  readonly requests: Readonly<Record<string, readonly number[]>>;
  readonly peakMb: number;
  readonly peakWithLedgerMb: number;
  readonly ledgerSeconds: number;
  readonly customers: number;
  readonly invoices: number;
  readonly lines: number;
  /** Of invoices and their lines: rows, indexes, kept records. */
  readonly invoiceBytes: InvoiceBytes;
  /** The same before the database was compacted. */
  readonly invoiceBytesBefore: InvoiceBytes;
  readonly compactSeconds: number;
  readonly fileBytes: number;
  readonly fileBytesBefore: number;
}

const [apiBase = '', mode = 'free'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'vario-bench-sync-'));
const file = join(dir, 'vario.db');
const key = Uint8Array.from(randomBytes(32));
keepHeapSmall();
const logger = createLogger({ file: null, stderrLevel: 'error' });
const store = openStore({
  file,
  key,
  program: 'bench',
  backupDir: join(dir, 'backups'),
  clock: systemClock,
  logger,
});

const requests: Record<string, number[]> = {};
const http: Http = (request) => {
  const url = new URL(request.url);
  (requests[url.pathname] ??= []).push(performance.now());
  return systemHttp({ ...request, url: new URL(url.pathname + url.search, apiBase).href });
};
const deps: SyncDeps = { db: store.db, clock: systemClock, random: systemRandom, http, logger };
// Limits follow from the address: Stripe's own are kept for Stripe's own, so that is what the source is told.
const { sourceId } = await connectSource(deps, {
  vendor: 'stripe',
  config: mode === 'limited' ? {} : { apiBase },
  secrets: { apiKey: ['rk', 'live', 'bench000000000000'].join('_') },
});
for (const path of Object.keys(requests)) delete requests[path];

const started = performance.now();
const cpuBefore = process.cpuUsage();
const result = await syncSource(deps, sourceId);
const seconds = (performance.now() - started) / 1_000;
const cpu = process.cpuUsage(cpuBefore);
const peakMb = process.resourceUsage().maxRSS / 1_024;
const ledgerStarted = performance.now();
// As the engine does after every sync.
letGoOfGarbage();
const url = new URL('../../src/main/engine/api/reader-worker.ts', import.meta.url);
const readers = await openReaderPool<QueryTable>({ url, file, key, clock: systemClock, logger, size: 1 });
const customers = await recomputeBeside(
  store.db,
  benchContext(),
  derivingThreads(readers),
  () => undefined,
  new AbortController().signal,
);
const ledgerSeconds = (performance.now() - ledgerStarted) / 1_000;

const invoiceBytesBefore = invoiceBytes(store.db);
store.db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
const fileBytesBefore = statSync(file).size;
const compactStarted = performance.now();
if (!(await compactWhenDue(store, readers, logger))) throw new Error('The database was not compacted');
await readers.close();
const compactSeconds = (performance.now() - compactStarted) / 1_000;

const run: SyncRun = {
  seconds,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  fetched: result.streams.reduce((sum, { fetched }) => sum + fetched, 0),
  changed: result.streams.reduce((sum, { changed }) => sum + changed, 0),
  quarantined: result.streams.reduce((sum, { quarantined }) => sum + quarantined, 0),
  incomplete: result.streams.filter(({ complete }) => !complete).map(({ stream, proof }) => `${stream}: ${proof}`),
  requests,
  peakMb,
  peakWithLedgerMb: process.resourceUsage().maxRSS / 1_024,
  ledgerSeconds,
  customers,
  invoices: rows(store.db, 'invoice'),
  lines: rows(store.db, 'invoice_line'),
  invoiceBytes: invoiceBytes(store.db),
  invoiceBytesBefore,
  compactSeconds,
  fileBytes: statSync(file).size,
  fileBytesBefore,
};
store.close();
rmSync(dir, { recursive: true, force: true });
process.send?.(run);

function rows(db: ReadDb, table: string): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).first()?.n ?? 0;
}

/** Rows and indexes of invoices and their lines, what leads to them by time, and their part of the kept records. */
function invoiceBytes(db: ReadDb): InvoiceBytes {
  const names = db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema 
       WHERE tbl_name IN ('invoice', 'invoice_line', 'invoice_day', 'invoice_counted') AND type IN ('table', 'index')`,
    )
    .all()
    .map(({ name }) => name);
  return {
    facts: tableBytes(db, names),
    kept: Math.round(tableBytes(db, ['raw_object']) * keptShare(db, 'invoice')),
  };
}

/** Whole pages, free room in them included. https://www.sqlite.org/dbstat.html */
function tableBytes(db: ReadDb, names: readonly string[]): number {
  const list = names.map((name) => `'${name}'`).join(', ');
  return (
    db
      .prepare<[], { n: number }>(
        `SELECT coalesce(sum(pgsize), 0) AS n FROM dbstat WHERE name IN (${list}) AND aggregate = TRUE`,
      )
      .first()?.n ?? 0
  );
}

/** What part of the kept records' bytes a type takes. */
function keptShare(db: ReadDb, type: string): number {
  return (
    db
      .prepare<[string], { share: number }>(
        `SELECT sum(CASE WHEN type = ? THEN size ELSE 0 END) * 1.0 / sum(size) AS share
         FROM (SELECT type, length(payload) + length(hash) + length(object_id) + length(type) + 14 AS size FROM raw_object)`,
      )
      .first(type)?.share ?? 0
  );
}
