/**
 * An engine process that syncs a very large Stripe account for the first time. Sends one message: how much memory it
 * held as the objects went by, and how large its database became. Argument: address of the server.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLogger,
  keepHeapSmall,
  systemClock,
  systemHttp,
  systemRandom,
} from '../../src/main/engine/runtime/index.ts';
import { openStore } from '../../src/main/engine/store/index.ts';
import { connectSource, syncSource, type SyncDeps } from '../../src/main/engine/sync/index.ts';

export interface MemorySample {
  readonly objects: number;
  readonly rssMb: number;
}

export interface LongRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly objects: number;
  readonly invoices: number;
  readonly lines: number;
  readonly incomplete: readonly string[];
  readonly samples: readonly MemorySample[];
  readonly peakMb: number;
  /** Of the database and its log. */
  readonly fileBytes: number;
}

const SAMPLES = 40;

const [apiBase = '', expected = '0'] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'vario-bench-long-'));
const file = join(dir, 'vario.db');
keepHeapSmall();
const logger = createLogger({ file: null, stderrLevel: 'error' });
const key = Uint8Array.from(randomBytes(32));
const store = openStore({ file, key, program: 'bench', backupDir: join(dir, 'backups'), clock: systemClock, logger });
const deps: SyncDeps = { db: store.db, clock: systemClock, random: systemRandom, http: systemHttp, logger };
const { sourceId } = await connectSource(deps, {
  vendor: 'stripe',
  config: { apiBase },
  secrets: { apiKey: ['rk', 'live', 'bench000000000000'].join('_') },
});

const fetched = new Map<string, number>();
const samples: MemorySample[] = [];
const every = Number(expected) / SAMPLES;
const started = performance.now();
const cpuBefore = process.cpuUsage();
const { streams } = await syncSource(deps, sourceId, {
  onProgress(progress) {
    fetched.set(progress.stream, progress.fetched);
    const objects = [...fetched.values()].reduce((sum, count) => sum + count, 0);
    if (objects < (samples.at(-1)?.objects ?? 0) + every) return;
    samples.push({ objects, rssMb: process.memoryUsage.rss() / 2 ** 20 });
  },
});
const cpu = process.cpuUsage(cpuBefore);
const rows = (table: string): number =>
  store.db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).first()?.n ?? 0;
const run: LongRun = {
  seconds: (performance.now() - started) / 1_000,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  objects: streams.reduce((sum, stream) => sum + stream.fetched, 0),
  invoices: rows('invoice'),
  lines: rows('invoice_line'),
  incomplete: streams.filter(({ complete }) => !complete).map(({ stream, proof }) => `${stream}: ${proof}`),
  samples,
  peakMb: process.resourceUsage().maxRSS / 1_024,
  fileBytes: statSync(file).size,
};
store.close();
rmSync(dir, { recursive: true, force: true });
process.send?.(run);
