import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createJobQueue, defineJob, type Job, type JobContext } from '../../../src/main/engine/jobs/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { openStore } from '../../../src/main/engine/store/index.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { failureOf, rejectionOf, storeOptions } from '../../support/store.ts';

type Work = (context: JobContext<{ name: string }>) => Promise<unknown>;

/** A queue over a store that can be closed and opened again, with one kind of job that does what the test says. */
function setUp({ resumable = true, concurrency = 3, exclusive = (_name: string): string | null => null } = {}) {
  const options = storeOptions();
  const logger = recordingLogger();
  const clock = fakeClock();
  let work: Work = async () => null;
  const kind = defineJob({
    kind: 'test',
    payload: z.object({ name: z.string().min(1) }),
    title: ({ name }) => `Test ${name}`,
    exclusive: ({ name }) => exclusive(name),
    resumable,
    run: (context) => work(context),
  });
  let store = openStore(options);
  const make = () => createJobQueue({ db: store.db, clock, logger, kinds: [kind], concurrency });
  let queue = make();
  onTestFinished(async () => {
    await queue.stop();
    store.close();
  });
  return {
    kind,
    clock,
    logger,
    does: (next: Work) => void (work = next),
    get queue() {
      return queue;
    },
    get db() {
      return store.db;
    },
    /** As after a crash: what ran is never told, the rows stay as they were. */
    crashAndReopen() {
      store.close();
      store = openStore(options);
      queue = make();
      return queue;
    },
  };
}

/** Runs until its signal fires. */
const untilStopped: Work = ({ signal }) =>
  new Promise((_resolve, reject) => {
    const stop = () => reject(new AppError('cancelled', 'stopped'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });

/** Never ends and heeds no signal: what a crash interrupts. */
const forever: Work = () => new Promise(() => undefined);

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a job', () => {
  it('is queued, runs, and is done with its result', async () => {
    const { queue, kind, does, clock } = setUp();
    does(async ({ payload }) => ({ hello: payload.name }));
    const seen: string[] = [];
    queue.watch(({ state }) => seen.push(state));
    queue.start();
    const queued = queue.enqueue(kind, { name: 'Ada' });
    expect(queued).toMatchObject({
      kind: 'test',
      title: 'Test Ada',
      state: 'queued',
      attempt: 1,
      createdAt: clock.now(),
    });
    const done = await queue.ended(queued.jobId);
    expect(done).toMatchObject({ state: 'done', result: { hello: 'Ada' }, error: null, endedAt: clock.now() });
    expect(seen).toEqual(['queued', 'running', 'done']);
  });

  it('keeps its result over a restart', async () => {
    const set = setUp();
    set.does(async () => ({ rows: 3 }));
    set.queue.start();
    const { jobId } = await set.queue.ended(set.queue.enqueue(set.kind, { name: 'a' }).jobId);
    await set.queue.stop();
    const again = set.crashAndReopen();
    expect(again.get(jobId)).toMatchObject({ state: 'done', result: { rows: 3 } });
    expect(await again.ended(jobId)).toMatchObject({ state: 'done' });
    expect(again.list(5).map((job) => job.jobId)).toEqual([jobId]);
  });

  it('is refused when its payload does not fit', () => {
    const { queue, kind } = setUp();
    expect(failureOf(() => queue.enqueue(kind, { name: '' }))).toMatchObject({ code: 'invalid_input' });
    expect(failureOf(() => queue.enqueueByName('test', { nome: 'x' }))).toMatchObject({ code: 'invalid_input' });
    expect(failureOf(() => queue.enqueueByName('no such', {}))).toMatchObject({ code: 'not_found' });
    expect(queue.list(5)).toEqual([]);
  });

  it('that fails keeps the reason', async () => {
    const { queue, kind, does } = setUp();
    does(async () => {
      throw new AppError('rate_limited', 'Stripe asks to wait 30 s');
    });
    queue.start();
    expect(await queue.ended(queue.enqueue(kind, { name: 'a' }).jobId)).toMatchObject({
      state: 'failed',
      error: { code: 'rate_limited', message: 'Stripe asks to wait 30 s' },
      result: null,
    });
  });

  it('that fails unexpectedly is masked, and the log has the error', async () => {
    const { queue, kind, does, logger } = setUp();
    const error = new TypeError('secret detail');
    does(async () => {
      throw error;
    });
    queue.start();
    const job = await queue.ended(queue.enqueue(kind, { name: 'a' }).jobId);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(job.error?.message).not.toContain('secret detail');
    expect(logger.lines).toContainEqual({
      level: 'error',
      message: 'Job failed unexpectedly',
      fields: { job: 'test', jobId: job.jobId, error },
    });
  });

  it('does not run before the queue is started', async () => {
    const { queue, kind, does } = setUp();
    does(async () => 'ran');
    const { jobId } = queue.enqueue(kind, { name: 'a' });
    await tick();
    expect(queue.get(jobId).state).toBe('queued');
    queue.start();
    expect(await queue.ended(jobId)).toMatchObject({ state: 'done' });
  });
});

describe('cancelling', () => {
  it('stops a running job through its signal', async () => {
    const { queue, kind, does } = setUp();
    does(untilStopped);
    queue.start();
    const { jobId } = queue.enqueue(kind, { name: 'a' });
    await tick();
    queue.cancel(jobId);
    expect(await queue.ended(jobId)).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' } });
  });

  it('takes a waiting job out at once', async () => {
    const { queue, kind, does } = setUp({ concurrency: 1 });
    does(untilStopped);
    queue.start();
    const [running, waiting] = [queue.enqueue(kind, { name: 'a' }), queue.enqueue(kind, { name: 'b' })];
    await tick();
    expect(queue.cancel(waiting.jobId)).toMatchObject({ state: 'cancelled' });
    expect(queue.get(running.jobId).state).toBe('running');
  });

  it('leaves a job that has ended as it is', async () => {
    const { queue, kind } = setUp();
    queue.start();
    const { jobId } = await queue.ended(queue.enqueue(kind, { name: 'a' }).jobId);
    expect(queue.cancel(jobId).state).toBe('done');
    expect(failureOf(() => queue.cancel(999))).toMatchObject({ code: 'not_found' });
  });

  it('of the waiting, not of the job, ends only the waiting', async () => {
    const { queue, kind, does } = setUp();
    does(untilStopped);
    queue.start();
    const controller = new AbortController();
    const { jobId } = queue.enqueue(kind, { name: 'a' });
    const waiting = rejectionOf(queue.ended(jobId, controller.signal));
    controller.abort();
    expect(await waiting).toMatchObject({ code: 'cancelled' });
    expect(queue.get(jobId).state).toBe('running');
  });
});

describe('exclusive jobs', () => {
  it('never run two at once, and run in the order they came; others overtake them', async () => {
    const { queue, kind, does } = setUp({ exclusive: (name) => (name.startsWith('stripe') ? 'stripe' : null) });
    const running = new Set<string>();
    const order: string[] = [];
    let most = 0;
    does(async ({ payload: { name } }) => {
      if (name.startsWith('stripe')) {
        running.add(name);
        most = Math.max(most, running.size);
      }
      order.push(name);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running.delete(name);
    });
    const jobs = ['stripe 1', 'stripe 2', 'other', 'stripe 3'].map((name) => queue.enqueue(kind, { name }));
    queue.start();
    await Promise.all(jobs.map(({ jobId }) => queue.ended(jobId)));
    expect(most).toBe(1);
    expect(order).toEqual(['stripe 1', 'other', 'stripe 2', 'stripe 3']);
  });

  it('an equal one that still waits is the same job; one that runs already is not', async () => {
    const { queue, kind, does } = setUp({ exclusive: () => 'sync' });
    does(untilStopped);
    const first = queue.enqueue(kind, { name: 'a' });
    expect(queue.enqueue(kind, { name: 'a' }).jobId).toBe(first.jobId);
    expect(queue.enqueue(kind, { name: 'b' }).jobId).not.toBe(first.jobId);
    queue.start();
    await tick();
    expect(queue.get(first.jobId).state).toBe('running');
    expect(queue.enqueue(kind, { name: 'a' }).jobId).not.toBe(first.jobId);
  });

  it('no more jobs run at once than the queue allows', async () => {
    const { queue, kind, does } = setUp({ concurrency: 2 });
    let [running, most] = [0, 0];
    does(async () => {
      most = Math.max(most, (running += 1));
      await tick();
      running -= 1;
    });
    queue.start();
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => queue.ended(queue.enqueue(kind, { name }).jobId)));
    expect(most).toBe(2);
  });
});

describe('progress', () => {
  it('is stored and told, thinned out to some ten a second, and the last word is never lost', async () => {
    const { queue, kind, does } = setUp();
    does(async ({ progress }) => {
      for (let done = 1; done <= 1_000; done += 1) progress({ step: 'Reading invoices', done, total: 1_000 });
    });
    const updates: Job[] = [];
    queue.watch((job) => updates.push(job));
    queue.start();
    const job = await queue.ended(queue.enqueue(kind, { name: 'a' }).jobId);
    expect(job).toMatchObject({ step: 'Reading invoices', done: 1_000, total: 1_000 });
    const told = updates.filter(({ state, done }) => state === 'running' && done !== null).map(({ done }) => done);
    expect(told).toEqual([1, 1_000]);
  });

  it('reaches the watcher while the job goes on', async () => {
    const { queue, kind, does } = setUp();
    does(async (context) => {
      context.progress({ step: 'one' });
      context.progress({ step: 'two' });
      await untilStopped(context);
    });
    queue.start();
    const { jobId } = queue.enqueue(kind, { name: 'a' });
    await expect.poll(() => queue.get(jobId).step).toBe('two');
  });

  it('a watcher that fails stops neither the job nor the others', async () => {
    const { queue, kind, logger } = setUp();
    queue.watch(() => {
      throw new Error('the window is gone');
    });
    const seen: string[] = [];
    const stop = queue.watch(({ state }) => seen.push(state));
    queue.start();
    await queue.ended(queue.enqueue(kind, { name: 'a' }).jobId);
    expect(seen).toEqual(['queued', 'running', 'done']);
    expect(logger.lines.some(({ message }) => message === 'A listener for jobs failed')).toBe(true);
    stop();
    await queue.ended(queue.enqueue(kind, { name: 'b' }).jobId);
    expect(seen).toHaveLength(3);
  });
});

describe('after a crash', () => {
  it('a job that may be repeated runs again, and knows that it is the second attempt', async () => {
    const set = setUp({ resumable: true });
    set.does(forever);
    set.queue.start();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    await tick();
    expect(set.queue.get(jobId).state).toBe('running');

    const again = set.crashAndReopen();
    set.does(async ({ attempt }) => ({ attempt }));
    again.start();
    expect(await again.ended(jobId)).toMatchObject({ state: 'done', result: { attempt: 2 } });
  });

  it('a job that must not be repeated is marked interrupted and says so', async () => {
    const set = setUp({ resumable: false });
    set.does(forever);
    set.queue.start();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    await tick();
    const again = set.crashAndReopen();
    again.start();
    expect(again.get(jobId)).toMatchObject({
      state: 'interrupted',
      error: { code: 'unavailable' },
      endedAt: set.clock.now(),
    });
  });

  it('a job that brings the engine down three times is not tried a fourth time', async () => {
    const set = setUp({ resumable: true });
    set.does(forever);
    set.queue.start();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    await tick();
    const attempts: number[] = [];
    for (let crash = 0; crash < 3; crash += 1) {
      attempts.push(set.queue.get(jobId).attempt);
      set.crashAndReopen().start();
      await tick();
    }
    expect(attempts).toEqual([1, 2, 3]);
    expect(set.queue.get(jobId).state).toBe('interrupted');
  });

  it('what waited still waits its turn', async () => {
    const set = setUp();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    const again = set.crashAndReopen();
    set.does(async () => 'ran');
    again.start();
    expect(await again.ended(jobId)).toMatchObject({ state: 'done', attempt: 1 });
  });
});

describe('an orderly stop', () => {
  it('waits for the running jobs, and queues those that may be repeated again', async () => {
    const set = setUp({ resumable: true });
    set.does(untilStopped);
    set.queue.start();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    await tick();
    await set.queue.stop();
    expect(set.queue.get(jobId)).toMatchObject({ state: 'queued', attempt: 2, startedAt: null });
  });

  it('marks the others interrupted', async () => {
    const set = setUp({ resumable: false });
    set.does(untilStopped);
    set.queue.start();
    const { jobId } = set.queue.enqueue(set.kind, { name: 'a' });
    await tick();
    await set.queue.stop();
    expect(set.queue.get(jobId)).toMatchObject({ state: 'interrupted' });
  });
});

describe('the history', () => {
  it('keeps the newest five hundred that ended', () => {
    const { queue, db } = setUp();
    const job = { kind: 'test', title: 'Old', payload: '{"name":"a"}', attempt: 1, created_at: 0 };
    db.transaction(() => {
      for (let n = 0; n < 510; n += 1)
        db.run(db.build.insertInto('job').values({ ...job, state: 'done', result: '1' }));
    });
    queue.start();
    const rows = db.all(db.build.selectFrom('job').select('job_id').orderBy('job_id'));
    expect(rows).toHaveLength(500);
    expect(rows[0]?.job_id).toBe(11);
  });
});
