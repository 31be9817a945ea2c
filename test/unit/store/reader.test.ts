import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import {
  openReaderPool,
  spareReaderThreads,
  type ReaderPool,
  type SpareThreads,
} from '../../../src/main/engine/store/index.ts';
import type { Preparing } from '../../../src/main/engine/store/reader/rest.ts';
import type { queries } from '../../fixtures/store/reader-worker.ts';
import { recordingLogger, temporaryFolder } from '../../support/engine-ports.ts';
import { newKey, rejectionOf, testStore } from '../../support/store.ts';

const url = new URL('../../fixtures/store/reader-worker.ts', import.meta.url);

async function pool(
  changes: {
    size?: number;
    key?: Uint8Array;
    url?: URL;
    preparing?: Preparing;
    parkAfterMs?: number;
    spare?: SpareThreads;
  } = {},
) {
  const store = testStore();
  for (const name of ['ada', 'adele', 'bob'])
    store.db.run(store.db.build.insertInto('setting').values({ name, value: '1' }));
  const logger = recordingLogger();
  const { file, key, clock } = store.options;
  const reader: ReaderPool<typeof queries> = await openReaderPool<typeof queries>({
    url,
    file,
    key,
    clock,
    logger,
    ...changes,
  });
  onTestFinished(() => reader.close());
  return { reader, store, logger, clock };
}

describe('the reader', () => {
  it('answers named queries with their own types', async () => {
    const { reader } = await pool();
    const names = await reader.run('names', { prefix: 'ad' });
    expectTypeOf(names).toEqualTypeOf<string[]>();
    expect(names).toEqual(['ada', 'adele']);
  });

  it('gives the present moment of the engine’s clock', async () => {
    const { reader, clock } = await pool();
    expect(await reader.run('slowly', { ms: 0 })).toBe(clock.now());
  });

  it('passes on an AppError with its code and details', async () => {
    const { reader } = await pool();
    expect(await rejectionOf(reader.run('refuse', {} as never))).toMatchObject({
      code: 'not_found',
      message: 'There is no such customer',
      details: { customerId: 7 },
    });
  });

  it('turns any other error into internal, with the worker’s stack for the log', async () => {
    const { reader } = await pool();
    const error = await rejectionOf(reader.run('stumble', {} as never));
    expect(error).toMatchObject({ code: 'internal', message: 'TypeError: x is not a function' });
    expect(error.stack).toContain('reader-worker.ts');
  });

  it('cannot write', async () => {
    const { reader, store } = await pool();
    const error = await rejectionOf(reader.run('write', {} as never));
    expect(error.message).toMatch(/readonly|written/);
    expect(store.db.all(store.db.build.selectFrom('setting').select('name'))).toHaveLength(3);
  });

  it('refuses a query it does not know', async () => {
    const { reader } = await pool();
    expect(await rejectionOf(reader.run('toString' as 'names', { prefix: '' }))).toMatchObject({ code: 'internal' });
  });

  it('refuses an input that is not plain data, and goes on', async () => {
    const { reader } = await pool();
    const input = { prefix: 'a', extra: () => 1 };
    expect(await rejectionOf(reader.run('names', input))).toMatchObject({ code: 'internal' });
    expect(await reader.run('names', { prefix: 'b' })).toEqual(['bob']);
  });

  it('ends a thread that is not asked for a while, and answers by a new one', async () => {
    const { reader } = await pool({ parkAfterMs: 1 });
    const threads = new Set<number>();
    await expect
      .poll(async () => threads.add(await reader.run('thread', {} as never)).size, { interval: 50 })
      .toBeGreaterThan(1);
    expect(await reader.run('names', { prefix: 'b' })).toEqual(['bob']);
    expect(await reader.whileClosed(() => 'nobody reads')).toBe('nobody reads');
    expect(await Promise.all(['a', 'b'].map((prefix) => reader.run('names', { prefix })))).toEqual([
      ['ada', 'adele'],
      ['bob'],
    ]);
  });

  it('drops what was cancelled before it started', async () => {
    const { reader, logger } = await pool();
    const first = reader.run('slowly', { ms: 120 });
    const controller = new AbortController();
    const second = rejectionOf(reader.run('slowly', { ms: 5_000 }, { signal: controller.signal }));
    controller.abort();
    expect(await second).toMatchObject({ code: 'cancelled' });
    await first;
    await reader.run('names', { prefix: 'a' });
    expect(logger.lines.filter(({ message }) => message === 'Slow query')).toHaveLength(1);
  });

  it('does not wait for a running query that was cancelled', async () => {
    const { reader } = await pool();
    const controller = new AbortController();
    const ended: string[] = [];
    const running = rejectionOf(reader.run('slowly', { ms: 300 }, { signal: controller.signal }));
    const cancelled = running.then(() => ended.push('cancelled'));
    const next = reader.run('names', { prefix: '' }).then(() => ended.push('next'));
    controller.abort();
    await Promise.all([cancelled, next]);
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(ended).toEqual(['cancelled', 'next']);
    expect(await rejectionOf(reader.run('names', { prefix: '' }, { signal: controller.signal }))).toMatchObject({
      code: 'cancelled',
    });
  });

  it('logs slow queries by name and never by input', async () => {
    const { reader, logger } = await pool();
    await reader.run('slowly', { ms: 60 });
    await reader.run('names', { prefix: 'ad' });
    const [slow, ...others] = logger.lines.filter(({ message }) => message === 'Slow query');
    expect(others).toEqual([]);
    expect(slow?.fields).toEqual({ query: 'slowly', ms: expect.any(Number) });
  });

  it('runs as many queries at once as it has threads', async () => {
    const { reader } = await pool({ size: 2 });
    await Promise.all([reader.run('names', { prefix: '' }), reader.run('names', { prefix: '' })]);
    const ended: string[] = [];
    await Promise.all([
      reader.run('slowly', { ms: 400 }).then(() => ended.push('slow')),
      reader.run('names', { prefix: '' }).then(() => ended.push('quick')),
    ]);
    expect(ended).toEqual(['quick', 'slow']);
  });

  it('rejects what ran when the thread dies, restarts, and answers what waited', async () => {
    const { reader, logger } = await pool();
    const crash = rejectionOf(reader.run('crash', {} as never));
    const waiting = reader.run('names', { prefix: 'b' });
    expect(await crash).toMatchObject({ code: 'unavailable' });
    expect(await waiting).toEqual(['bob']);
    expect(logger.lines.map(({ message }) => message)).toContain('The reader thread ended');
  });

  it('gives up when the restarted thread dies before it has answered anything', async () => {
    const { reader } = await pool();
    const [first, second, third] = await Promise.all([
      rejectionOf(reader.run('crash', {} as never)),
      rejectionOf(reader.run('crash', {} as never)),
      rejectionOf(reader.run('names', { prefix: '' })),
    ]);
    expect([first.code, second.code, third.code]).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(await rejectionOf(reader.run('names', { prefix: '' }))).toMatchObject({ code: 'unavailable' });
  });

  it('does not open with a wrong key, and says why', async () => {
    expect(await rejectionOf(pool({ key: newKey() }))).toMatchObject({
      code: 'auth_failed',
      details: { kind: 'wrong_key' },
    });
  });

  it('does not open when its entry is broken', async () => {
    const broken = join(temporaryFolder(), 'broken.ts');
    writeFileSync(broken, 'throw new Error("no");');
    expect(await rejectionOf(pool({ url: pathToFileURL(broken) }))).toMatchObject({ code: 'unavailable' });
  });

  it('rejects everything after it is closed', async () => {
    const { reader } = await pool();
    const waiting = rejectionOf(reader.run('slowly', { ms: 50 }));
    await reader.close();
    expect(await waiting).toMatchObject({ code: 'unavailable' });
    expect(await rejectionOf(reader.run('names', { prefix: '' }))).toMatchObject({ code: 'unavailable' });
  });

  it('leaves the caller’s key as it was: the caller overwrites it', async () => {
    const { store } = await pool();
    expect(store.options.key.some((byte) => byte !== 0)).toBe(true);
  });
});

describe('in the pause after questions', () => {
  const preparing = (hasRoom: Preparing['hasRoom'] = () => true): Preparing => ({ afterMs: 20, hasRoom });
  /** Asks until the answer is the wanted one: asking puts off what is prepared, so there are pauses between. */
  const becomes = (ask: () => Promise<number>, wanted: number) =>
    expect.poll(ask, { interval: 300, timeout: 60_000 }).toBe(wanted);

  it('a thread prepares each step once', async () => {
    const { reader } = await pool({ preparing: preparing() });
    expect(await reader.run('prepared', {} as never)).toBe(0);
    await becomes(() => reader.run('prepared', {} as never), 2);
  });

  it('every thread prepares, one after the other', async () => {
    const { reader } = await pool({ size: 2, preparing: preparing() });
    const both = async () => {
      const busy = reader.run('slowly', { ms: 30 });
      const other = await reader.run('prepared', {} as never);
      await busy;
      return Math.min(other, await reader.run('prepared', {} as never));
    };
    await becomes(both, 2);
  });

  it('nothing is prepared where nobody wants it', async () => {
    const { reader } = await pool();
    await reader.run('prepared', {} as never);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await reader.run('prepared', {} as never)).toBe(0);
  });

  it('a step is told whether there is room for more', async () => {
    const { reader } = await pool({ preparing: preparing(() => false) });
    await becomes(() => reader.run('prepared', {} as never), 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await reader.run('prepared', {} as never)).toBe(1);
  });

  it('what questions interrupt is prepared in the pause after them', async () => {
    const { reader } = await pool({ preparing: { afterMs: 1, hasRoom: () => true } });
    for (let round = 0; round < 5; round++) {
      await reader.run('prepared', {} as never);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await becomes(() => reader.run('prepared', {} as never), 2);
  });
});

describe('threads that load their code before there is a key', () => {
  it('are opened by the pool that takes them; what is missing is started anew', async () => {
    const spare = spareReaderThreads(url, 1);
    const { reader } = await pool({ size: 2, spare });
    expect(spare.take()).toBeUndefined();
    expect(await Promise.all([reader.run('names', { prefix: 'b' }), reader.run('names', { prefix: 'b' })])).toEqual([
      ['bob'],
      ['bob'],
    ]);
  });

  it('tell what was wrong with their code when they are opened', async () => {
    const broken = join(temporaryFolder(), 'broken.ts');
    writeFileSync(broken, 'throw new Error("no such module");');
    const spare = spareReaderThreads(pathToFileURL(broken), 1);
    expect(await rejectionOf(pool({ spare }))).toMatchObject({
      code: 'unavailable',
      message: 'The reader thread did not start',
    });
  });

  it('end when nobody takes them', async () => {
    const spare = spareReaderThreads(url, 2);
    await spare.stop();
    expect(spare.take()).toBeUndefined();
  });
});
