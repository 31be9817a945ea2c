import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createChangeHub } from '../../../src/main/engine/api/change-hub.ts';
import { lookForAlerts, type PipelineDeps } from '../../../src/main/engine/api/pipeline.ts';
import { listSources } from '../../../src/main/engine/api/source-list.ts';
import { defineSyncJob } from '../../../src/main/engine/api/sync-job.ts';
import { createSyncSchedule } from '../../../src/main/engine/api/sync-schedule.ts';
import { writeWorkspace } from '../../../src/main/engine/api/workspace-settings.ts';
import { createJobQueue } from '../../../src/main/engine/jobs/index.ts';
import type { Http, NativeNotification } from '../../../src/main/engine/runtime/ports.ts';
import { defineSource, type Stream } from '../../../src/main/engine/sources/kit/index.ts';
import { connectSource, pauseSource, resumeSource, type SyncDeps } from '../../../src/main/engine/sync/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/shared/kernel/instant.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { testStore } from '../../support/store.ts';

/** A vendor that has nothing to tell: one request a sync, and one to check. */
const quietSource = defineSource({
  id: 'frankfurter',
  family: 'billing',
  title: 'Quiet vendor',
  description: '',
  config: z.object({}),
  secrets: z.object({ key: z.string() }),
  scopes: [],
  limits: () => ({
    requestsPerSecond: 1e6,
    perEndpointPerSecond: 1e6,
    concurrency: 1,
    attempts: 1,
    endpointOf: () => '',
  }),
  hosts: () => ['quiet.test'],
  open: (_config, { key }, { http }) => ({
    streams: [nothingStream(async () => await ask(http, '/nothing', key))],
    plan: () => ({ relist: false, notes: [] }),
    async check() {
      await ask(http, '/check', key);
      return {
        ok: true,
        accountId: key,
        accountName: null,
        liveMode: null,
        missingScopes: [],
        warnings: [],
        problem: null,
      };
    },
  }),
});

async function ask(http: Http, path: string, key: string): Promise<void> {
  const { status } = await http({ method: 'GET', url: `https://quiet.test${path}`, headers: { key } });
  if (status === 401) throw new AppError('auth_failed', 'The vendor refuses the key');
}

function nothingStream(read: () => Promise<void>): Stream {
  return {
    id: 'nothing',
    title: 'Nothing',
    change: 'snapshot',
    objectTypes: [],
    phase: 1,
    keepsRaw: false,
    scope: null,
    isDue: () => true,
    proof: () => ({ complete: true, sentence: 'There is nothing' }),
    async *read() {
      await read();
      yield { records: [], cursor: 1, remaining: 0, listing: false };
    },
  };
}

async function setUp(count = 1) {
  const clock = fakeClock();
  const start = clock.now();
  const logger = recordingLogger();
  const { db } = testStore({ clock });
  /** By key, minutes after the start of every request for data; probes of the network apart. */
  const asked: { key: string; minute: number }[] = [];
  const probes: number[] = [];
  const told: NativeNotification[] = [];
  let answer: (key: string) => Promise<number> = () => Promise.resolve(200);
  const http: Http = async ({ url, headers }) => {
    const key = headers['key'];
    const minute = (clock.now() - start) / MINUTE_MS;
    if (key === undefined) probes.push(minute);
    else if (url.endsWith('/nothing')) asked.push({ key, minute });
    const status = await answer(key ?? '');
    return { status, headers: {}, body: new Uint8Array() };
  };
  // In the middle: no jitter either way.
  const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => 0.5 };
  const sync: SyncDeps = { db, clock, random, http, logger, sources: [quietSource] };
  const ids: number[] = [];
  for (let n = 1; n <= count; n += 1)
    ids.push(
      (await connectSource(sync, { vendor: quietSource.id, name: `Source ${n}`, config: {}, secrets: { key: `${n}` } }))
        .sourceId,
    );
  const pipeline: PipelineDeps = {
    db,
    clock,
    changes: createChangeHub(),
    notify: (notification) => told.push(notification),
    runningSince: clock.now(),
    openThreads: () => Promise.reject(new Error('Nothing is to be computed')),
    openClosing: () => Promise.reject(new Error('Nothing is to be closed')),
    compact: () => Promise.resolve(false),
  };
  const kinds = { sync: defineSyncJob(sync, pipeline) };
  const queue = createJobQueue({ db, clock, logger, kinds: [kinds.sync] });
  queue.start();
  const schedule = createSyncSchedule({ sync, queue, kinds, onTime: () => lookForAlerts(pipeline) });
  onTestFinished(async () => {
    await schedule.stop();
    await queue.stop();
  });
  return {
    clock,
    db,
    sync,
    queue,
    kinds,
    schedule,
    asked,
    probes,
    told,
    ids,
    minutesOf: (key: string) => asked.filter((each) => each.key === key).map(({ minute }) => Math.round(minute)),
    /** Time passes in small steps, so that work of several turns is done in the minute in which it began. */
    async pass(ms: number) {
      for (let gone = 0; gone < ms; gone += 10 * SECOND_MS) {
        await clock.advance(Math.min(10 * SECOND_MS, ms - gone));
        for (let turn = 0; turn < 4; turn += 1) await clock.advance(0);
      }
    },
    answerWith: (next: (key: string) => Promise<number>) => void (answer = next),
    listed: () => listSources(db),
  };
}

const unreachable = (): Promise<number> =>
  Promise.reject(new AppError('unavailable', 'quiet.test cannot be reached', { details: { reason: 'ENOTFOUND' } }));

describe('the schedule of syncs', () => {
  it('syncs what was never synced at once, then every n minutes', async () => {
    const { schedule, pass, minutesOf, listed, clock } = await setUp();
    schedule.start();
    await pass(46 * MINUTE_MS);
    expect(minutesOf('1')).toEqual([0, 15, 30, 45]);
    const [source] = listed();
    expect(source).toMatchObject({ state: 'ready', waitsFor: 'turn', failures: 0 });
    expect(Math.round(((source?.nextSyncAt ?? 0) - clock.now()) / MINUTE_MS)).toBe(14);
  });

  it('takes a shorter period at once', async () => {
    const { schedule, pass, minutesOf, db } = await setUp();
    schedule.start();
    await pass(MINUTE_MS);
    writeWorkspace(db, { syncEveryMinutes: 5 });
    schedule.look();
    await pass(11 * MINUTE_MS);
    expect(minutesOf('1')).toEqual([0, 6, 11]);
  });

  it('tries a source that fails later and later, and the others in their turn', async () => {
    const { schedule, pass, minutesOf, answerWith, listed } = await setUp(2);
    answerWith((key) => Promise.resolve(key === '1' ? 500 : 200));
    schedule.start();
    await pass(50 * MINUTE_MS);
    // Three quarters of one minute, two, four …: the middle of what chance allows.
    expect(minutesOf('1')).toEqual([0, 1, 2, 5, 11, 23, 47]);
    expect(minutesOf('2')).toEqual([0, 15, 30, 45]);
    expect(listed()[0]).toMatchObject({ state: 'failing', waitsFor: 'vendor', failures: 7 });
    answerWith(() => Promise.resolve(200));
    await pass(2 * HOUR_MS);
    expect(listed()[0]).toMatchObject({ state: 'ready', waitsFor: 'turn', failures: 0 });
  });

  it('leaves a refused key to a person, says so, and tries it seldom', async () => {
    const { schedule, pass, minutesOf, answerWith, listed, told } = await setUp();
    answerWith(() => Promise.resolve(401));
    schedule.start();
    await pass(5 * HOUR_MS);
    expect(minutesOf('1')).toEqual([0, 270]);
    expect(listed()[0]).toMatchObject({ state: 'failing', waitsFor: 'key', lastError: { code: 'auth_failed' } });
    expect(told.map(({ title }) => title)).toEqual(['Source 1 refuses the key']);
  });

  it('waits for a vendor that names the time', async () => {
    const { schedule, pass, minutesOf, sync, answerWith } = await setUp();
    const { http } = sync;
    Object.assign(sync, {
      http: async (request: Parameters<Http>[0]) => ({
        ...(await http(request)),
        headers: { 'retry-after': '3600' },
      }),
    });
    answerWith(() => Promise.resolve(429));
    schedule.start();
    await pass(61 * MINUTE_MS);
    expect(minutesOf('1')).toEqual([0, 60]);
  });

  it('notices by a small question, without a key, that the network is back', async () => {
    const { schedule, pass, minutesOf, answerWith, probes, listed } = await setUp();
    schedule.start();
    await pass(MINUTE_MS);
    answerWith(unreachable);
    await pass(40 * MINUTE_MS);
    const tries = minutesOf('1').length;
    expect(listed()[0]).toMatchObject({ waitsFor: 'network' });
    expect(probes.length).toBeGreaterThan(3);
    expect(probes.length).toBeLessThan(40);
    answerWith(() => Promise.resolve(404));
    await pass(6 * MINUTE_MS);
    expect(minutesOf('1').length).toBe(tries + 1);
    expect(listed()[0]).toMatchObject({ state: 'ready', waitsFor: 'turn' });
  });

  it('syncs at once when the window sees the network again', async () => {
    const { schedule, pass, minutesOf, answerWith, ids } = await setUp(2);
    answerWith((key) => (key === '2' ? Promise.resolve(200) : unreachable()));
    schedule.start();
    await pass(10 * MINUTE_MS);
    answerWith(() => Promise.resolve(200));
    const before = minutesOf('1').length;
    expect(schedule.nudge('online')).toBe(1);
    await pass(10 * SECOND_MS);
    expect(minutesOf('1').length).toBe(before + 1);
    // What did not wait for the network keeps its turn.
    expect(minutesOf('2')).toEqual([0]);
    expect(ids).toHaveLength(2);
  });

  it('syncs soon after the machine woke, told or noticed by the clock alone', async () => {
    const { schedule, pass, minutesOf, clock, db } = await setUp();
    writeWorkspace(db, { syncEveryMinutes: 1_440 });
    schedule.start();
    await pass(2 * MINUTE_MS);
    expect(schedule.nudge('wake')).toBe(1);
    await pass(20 * SECOND_MS);
    expect(minutesOf('1')).toEqual([0, 2]);
    // Asleep: no timer fires, and the clock is three hours further when the next one does.
    const { now } = clock;
    const asleep = 3 * HOUR_MS;
    clock.now = () => (now() + asleep) as ReturnType<typeof now>;
    await pass(2 * MINUTE_MS);
    expect(minutesOf('1').length).toBe(3);
  });

  it('starts no second sync while one is under way, however long it takes', async () => {
    const { schedule, pass, asked, answerWith, queue, kinds } = await setUp();
    let release: (status: number) => void = () => undefined;
    answerWith(() => new Promise((resolve) => (release = resolve)));
    schedule.start();
    await pass(2 * HOUR_MS);
    expect(asked).toHaveLength(1);
    // Asked for by hand meanwhile: it waits for its turn.
    queue.enqueue(kinds.sync, { sourceIds: null, full: false });
    await pass(MINUTE_MS);
    expect(asked).toHaveLength(1);
    answerWith(() => Promise.resolve(200));
    release(200);
    await pass(MINUTE_MS);
    expect(asked).toHaveLength(2);
  });

  it('leaves a paused source alone, stops its sync, and goes on when it is resumed', async () => {
    const { schedule, pass, minutesOf, sync, ids, listed, answerWith } = await setUp(2);
    const [first = 0] = ids;
    let release: (status: number) => void = () => undefined;
    answerWith((key) => (key === '1' ? new Promise((resolve) => (release = resolve)) : Promise.resolve(200)));
    schedule.start();
    await pass(MINUTE_MS);
    pauseSource(sync, first);
    release(200);
    answerWith(() => Promise.resolve(200));
    await pass(40 * MINUTE_MS);
    expect(minutesOf('1')).toEqual([0]);
    expect(minutesOf('2')).toEqual([0, 15, 30]);
    expect(listed()[0]).toMatchObject({ state: 'paused', nextSyncAt: null, lastError: { code: 'cancelled' } });
    resumeSource(sync, first);
    schedule.look();
    await pass(MINUTE_MS);
    expect(minutesOf('1')).toEqual([0, 41]);
  });

  it('warns of a source that is out of date, also where no sync ever ends', async () => {
    const { schedule, pass, answerWith, told, listed, clock } = await setUp();
    schedule.start();
    await pass(MINUTE_MS);
    answerWith(() => new Promise(() => undefined));
    await clock.advance(23 * HOUR_MS);
    expect(told).toEqual([]);
    expect((listed()[0]?.staleAt ?? 0) > clock.now()).toBe(true);
    await clock.advance(2 * HOUR_MS);
    expect((listed()[0]?.staleAt ?? 0) < clock.now()).toBe(true);
    expect(told.map(({ title }) => title)).toEqual([expect.stringContaining('Source 1 has not been synced for')]);
  });
});
