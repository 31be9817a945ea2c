/**
 * Processes are killed at random moments of syncs of random sources. The next one goes on; the result is that of a sync
 * left alone, to the byte, and a further sync writes nothing. `VARIO_KILLS=100` kills more, `VARIO_SEED` others.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { createRandom } from '../../src/main/demo/scenario/random.ts';
import { openStore } from '../../src/main/engine/store/index.ts';
import { syncSource } from '../../src/main/engine/sync/index.ts';
import { connected } from '../conformance/connected.ts';
import { FIXTURES, type VendorFixture } from '../conformance/vendor-fixture.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { storeOptions } from '../support/store.ts';
import { logicalDump } from '../support/synced-company.ts';
import { bundled } from '../support/bundled.ts';

const KILLS = Number(process.env['VARIO_KILLS'] ?? '6');
const SEED = process.env['VARIO_SEED'] ?? 'kills';
/** A process of its own is slower than the measured sync: nothing is compiled yet, and others work beside it. */
const SLOWER = 2.5;
const script = bundled('sync-company');

/** A source that is connected and was never read, as a file to begin from. */
interface Prepared {
  readonly vendor: string;
  readonly file: string;
  readonly key: Uint8Array;
  readonly sourceId: number;
  readonly now: number;
  readonly tookMs: number;
  /** Holds a file against a sync left alone, and syncs it again in this process: there must be nothing to write. */
  syncAgain(file: string): Promise<void>;
}

async function prepare(fixture: VendorFixture, folder: string): Promise<Prepared> {
  const { company, deps, sourceId, sync } = await connected(fixture);
  const { key } = company;
  const file = join(folder, `${fixture.vendor}.db`);
  company.db.prepareWrite<[string]>('VACUUM INTO ?').run(file);
  const startedAt = performance.now();
  await sync();
  const tookMs = performance.now() - startedAt;
  const undisturbed = logicalDump(company.db);
  const open = (path: string) => openStore({ ...storeOptions(), file: path, key: Uint8Array.from(key) });
  return {
    vendor: fixture.vendor,
    file,
    key,
    sourceId,
    now: deps.clock.now(),
    tookMs,
    async syncAgain(path) {
      const store = open(path);
      try {
        expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
        expect(logicalDump(store.db), path).toEqual(undisturbed);
        const { streams } = await syncSource({ ...deps, db: store.db }, sourceId);
        expect(streams.filter(({ changed, complete }) => changed > 0 || !complete)).toEqual([]);
        expect(logicalDump(store.db), path).toEqual(undisturbed);
        const unended = store.db
          .prepare<[], { n: number }>('SELECT count(*) AS n FROM sync_run WHERE ended_at IS NULL')
          .first();
        expect(unended).toEqual({ n: 0 });
      } finally {
        store.close();
      }
    },
  };
}

/** @returns whether the sync was killed before its end. */
async function killSync({ key, sourceId, now }: Prepared, file: string, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [script, file, String(sourceId), String(now)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(key);
  for await (const line of createInterface({ input: child.stdout }))
    if (line === 'syncing') setTimeout(() => child.kill('SIGKILL'), afterMs);
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode === 0 || child.signalCode === 'SIGKILL').toBe(true);
  return child.signalCode === 'SIGKILL';
}

it(
  `syncs end like undisturbed ones after ${KILLS} kills over random sources and moments`,
  async () => {
    const random = createRandom(SEED);
    const folder = temporaryFolder();
    const prepared = new Map<string, Prepared>();
    let kills = 0;
    let lives = 0;
    /** A source from its connection to a whole sync, with as many kills in between as chance has it. */
    const live = async (fixture: VendorFixture): Promise<void> => {
      let source = prepared.get(fixture.vendor);
      if (!source) prepared.set(fixture.vendor, (source = await prepare(fixture, folder)));
      // A folder each: a store holds its folder alone.
      const file = join(mkdtempSync(join(folder, `life-${(lives += 1)}-`)), 'vario.db');
      copyFileSync(source.file, file);
      while (await killSync(source, file, random.fraction() * source.tookMs * SLOWER)) kills += 1;
      await source.syncAgain(file);
    };
    /** Every source has its turn before one has its second, in an order of chance. */
    let bag: VendorFixture[] = [];
    const draw = (): VendorFixture => {
      if (bag.length === 0) bag = [...FIXTURES];
      const drawn = random.pick(bag);
      bag = bag.filter((fixture) => fixture !== drawn);
      return drawn;
    };
    const player = async (): Promise<void> => {
      while (kills < KILLS) await live(draw());
    };
    await Promise.all([player(), player()]);
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    if (process.env['VARIO_KILLS'] !== undefined)
      process.stdout.write(`${kills} kills, ${lives} lives of ${[...prepared.keys()].join(', ')}\n`);
  },
  60_000 + 10_000 * KILLS,
);
