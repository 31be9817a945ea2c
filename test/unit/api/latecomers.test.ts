/** A long sync of one source holds no other back. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createChangeHub } from '../../../src/main/engine/api/change-hub.ts';
import type { PipelineDeps } from '../../../src/main/engine/api/pipeline.ts';
import { syncAndFollow } from '../../../src/main/engine/api/sync-job.ts';
import { defineSource } from '../../../src/main/engine/sources/kit/index.ts';
import { connectSource, pauseSource, type SyncDeps } from '../../../src/main/engine/sync/index.ts';
import { MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { testStore } from '../../support/store.ts';

function setUp() {
  const clock = fakeClock();
  const start = clock.now();
  const { db } = testStore({ clock });
  /** Beginnings and ends of syncs by minute, and how many of one source were under way at once. */
  const told: string[] = [];
  const underway = new Map<string, number>();
  const most = new Map<string, number>();
  const note = (what: string): void => void told.push(`${Math.round((clock.now() - start) / MINUTE_MS)} ${what}`);

  /** Brings a page a minute, as many as its key says. */
  const slowSource = defineSource({
    id: 'frankfurter',
    family: 'billing',
    title: 'Slow vendor',
    description: '',
    config: z.object({}),
    secrets: z.object({ pages: z.string() }),
    scopes: [],
    limits: () => ({
      requestsPerSecond: 1,
      perEndpointPerSecond: 1,
      concurrency: 1,
      attempts: 1,
      endpointOf: () => '',
    }),
    hosts: () => ['slow.test'],
    open: (_config, { pages }) => ({
      streams: [
        {
          id: 'pages',
          title: 'Pages',
          change: 'snapshot',
          objectTypes: [],
          phase: 1,
          keepsRaw: false,
          scope: null,
          isDue: () => true,
          proof: () => ({ complete: true, sentence: 'All pages' }),
          async *read() {
            note(`begins ${pages}`);
            underway.set(pages, (underway.get(pages) ?? 0) + 1);
            most.set(pages, Math.max(most.get(pages) ?? 0, underway.get(pages) ?? 0));
            for (let page = 1; page <= Number(pages); page++) {
              await clock.sleep(MINUTE_MS);
              yield { records: [], cursor: page, remaining: null, listing: false };
            }
            underway.set(pages, (underway.get(pages) ?? 0) - 1);
            note(`ends ${pages}`);
          },
        },
      ],
      plan: () => ({ relist: false, notes: [] }),
      check: () =>
        Promise.resolve({
          ok: true,
          accountId: pages,
          accountName: null,
          liveMode: null,
          missingScopes: [],
          warnings: [],
          problem: null,
        }),
    }),
  });
  const http = () => Promise.reject(new Error('Nobody is asked'));
  const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => 0.5 };
  const sync: SyncDeps = { db, clock, random, http, logger: recordingLogger(), sources: [slowSource] };
  const pipeline: PipelineDeps = {
    db,
    clock,
    changes: createChangeHub(),
    notify: () => undefined,
    runningSince: clock.now(),
    openThreads: () => Promise.reject(new Error('Nothing is to be computed')),
    openClosing: () => Promise.reject(new Error('Nothing is to be closed')),
    compact: () => Promise.resolve(false),
  };
  const stop = new AbortController();
  return {
    /** Time passes in small steps, so that work of several turns is done in the minute in which it began. */
    async pass(minutes: number) {
      for (let gone = 0; gone < minutes; gone += 1) {
        await clock.advance(MINUTE_MS);
        for (let turn = 0; turn < 4; turn += 1) await clock.advance(0);
      }
    },
    told,
    most,
    stop,
    sync,
    connect: async (pages: number) =>
      (
        await connectSource(sync, {
          vendor: slowSource.id,
          name: `With ${pages} pages`,
          config: {},
          secrets: { pages: String(pages) },
        })
      ).sourceId,
    begin: (sourceIds: readonly number[] | null) =>
      syncAndFollow(
        sync,
        pipeline,
        { signal: stop.signal, progress: () => undefined, logger: sync.logger },
        { sourceIds: sourceIds === null ? null : [...sourceIds], full: false },
      ),
  };
}

it('reads a source that is connected while another takes hours, and again when it is due', async () => {
  const { pass, told, most, connect, begin } = setUp();
  await connect(90);
  const job = begin(null);
  await pass(10);
  await connect(3);
  await pass(90);
  const { sources } = await job;
  expect(told.slice(0, 3)).toEqual([
    '0 begins 90',
    expect.stringMatching(/^1[01] begins 3/),
    expect.stringMatching(/^1[34] ends 3/),
  ]);
  // Whenever it is due, and never twice at once.
  expect(told.filter((text) => text.endsWith('begins 3')).length).toBeGreaterThanOrEqual(2);
  expect([...most.values()]).toEqual([1, 1]);
  expect(sources.length).toBe(told.filter((text) => text.includes('ends')).length);
});

it('is not over before those are that came late', async () => {
  const { pass, told, connect, begin } = setUp();
  const first = await connect(5);
  const late = await connect(30);
  const job = begin([first]);
  let isOver = false;
  void job.then(() => (isOver = true));
  await pass(20);
  expect(told.map((text) => text.replace(/^\d+ /, '')).slice(0, 3)).toEqual(['begins 5', 'begins 30', 'ends 5']);
  expect(isOver).toBe(false);
  await pass(20);
  expect((await job).sources.map(({ sourceId }) => sourceId)).toContain(late);
});

it('begins nobody in a sync that is soon over, nor who is paused', async () => {
  const { pass, told, sync, connect, begin } = setUp();
  const first = await connect(1);
  const paused = await connect(2);
  const job = begin([first]);
  await pass(2);
  await job;
  pauseSource(sync, paused);
  const longer = await connect(6);
  const next = begin([longer]);
  await pass(10);
  await next;
  expect(told.filter((text) => text.endsWith(' 2'))).toEqual([]);
});

it('stops all of them when it is cancelled', async () => {
  const { pass, stop, connect, begin } = setUp();
  const first = await connect(50);
  await connect(40);
  const job = begin([first]);
  await pass(5);
  stop.abort();
  const ended = expect(job).rejects.toMatchObject({ code: 'cancelled' });
  await pass(2);
  await ended;
});
