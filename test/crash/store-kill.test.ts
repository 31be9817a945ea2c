/** The writer is killed at random moments. Whatever it had told is there, whole pages only, and the file is sound. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openStore } from '../../src/main/engine/store/index.ts';
import { temporaryFolder } from '../support/engine-ports.ts';
import { newKey, storeOptions } from '../support/store.ts';
import { bundled } from '../support/bundled.ts';

const KILLS = 15;
const ROWS_PER_PAGE = 40;
const script = bundled('write-pages');

/** Runs the writer, kills it some milliseconds after its first page, and gives the last page that it told. */
async function killWriter(file: string, key: Uint8Array, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [script, file, String(ROWS_PER_PAGE)], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(key);
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (told === 0) setTimeout(() => child.kill('SIGKILL'), afterMs);
    told = Number(line);
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

it(`survives ${KILLS} kills without a half page, a lost page or a damaged file`, async () => {
  const file = join(temporaryFolder(), 'vario.db');
  const key = newKey();
  let before = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const told = await killWriter(file, key, Math.random() * 60);
    const store = openStore({ ...storeOptions(), file, key });
    expect(store.afterCrash).toBe(true);
    expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });

    const { build } = store.db;
    const state = store.db.one(build.selectFrom('stream_state').select(['cursor', 'fetched']), 'cursor');
    const pages = store.db.all(
      build
        .selectFrom('raw_object')
        .select(['type', (row) => row.fn.countAll<number>().as('rows')])
        .groupBy('type'),
    );
    const cursor = Number(state.cursor);
    expect(told, 'the writer went on').toBeGreaterThan(before);
    expect(cursor, 'a page that was told is there').toBeGreaterThanOrEqual(told);
    expect(cursor, 'at most one page more than was told').toBeLessThanOrEqual(told + 1);
    expect(state.fetched).toBe(cursor * ROWS_PER_PAGE);
    expect(pages).toHaveLength(cursor);
    expect(pages.every(({ rows }) => rows === ROWS_PER_PAGE)).toBe(true);
    before = cursor;
    store.close();
  }
}, 180_000);
