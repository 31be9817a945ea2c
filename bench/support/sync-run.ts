/**
 * An engine process that syncs a Stripe account for the first time and then
 * computes its ledger. Sends one message: what it took.
 * Arguments: address of the server, `free` or `limited`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { recompute } from '../../src/main/engine/metrics/index.ts';
import {
  createLogger,
  keepHeapSmall,
  systemClock,
  systemHttp,
  systemRandom,
  type Http,
} from '../../src/main/engine/runtime/index.ts';
import { openStore, type ReadDb } from '../../src/main/engine/store/index.ts';
import { connectSource, syncSource, type SyncDeps } from '../../src/main/engine/sync/index.ts';
import { benchContext } from '../dataset.ts';

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
  readonly invoiceBytes: { readonly facts: number; readonly kept: number };
  readonly fileBytes: number;
}

const [apiBase = '', mode = 'free'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'vario-bench-sync-'));
const file = join(dir, 'vario.db');
keepHeapSmall();
const logger = createLogger({ file: null, stderrLevel: 'error' });
const store = openStore({
  file,
  key: Uint8Array.from(randomBytes(32)),
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
const ledger = recompute(store.db, benchContext());
const ledgerSeconds = (performance.now() - ledgerStarted) / 1_000;

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
  customers: ledger.customers,
  invoices: rows(store.db, 'invoice'),
  lines: rows(store.db, 'invoice_line'),
  invoiceBytes: {
    facts: tableBytes(store.db, ['invoice', 'invoice_by_customer', 'invoice_failed', 'invoice_line']),
    kept: Math.round(tableBytes(store.db, ['raw_object']) * keptShare(store.db, 'invoice')),
  },
  fileBytes: statSync(file).size,
};
store.close();
rmSync(dir, { recursive: true, force: true });
process.send?.(run);

function rows(db: ReadDb, table: string): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).first()?.n ?? 0;
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
