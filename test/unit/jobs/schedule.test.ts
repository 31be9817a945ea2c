import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createJobQueue, createJobSchedule, defineJob } from '../../../src/main/engine/jobs/index.ts';
import { AppError } from '../../../src/shared/kernel/errors.ts';
import { MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { failureOf, testStore } from '../../support/store.ts';

function setUp({ fraction = 0.5 } = {}) {
  const clock = fakeClock();
  const logger = recordingLogger();
  const { db } = testStore({ clock });
  const runs: number[] = [];
  let hold: Promise<void> = Promise.resolve();
  const sync = defineJob({
    kind: 'sync',
    payload: z.object({ source: z.number() }),
    title: ({ source }) => `Sync source ${source}`,
    exclusive: ({ source }) => `source ${source}`,
    resumable: true,
    async run({ clock: now, signal }) {
      runs.push(now.now());
      await Promise.race([
        hold,
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(new AppError('cancelled', 'stopped'))),
        ),
      ]);
    },
  });
  const random = { bytes: () => new Uint8Array(), fraction: () => fraction };
  const make = () => {
    const queue = createJobQueue({ db, clock, logger, kinds: [sync] });
    queue.start();
    return { queue, schedule: createJobSchedule({ db, clock, logger, random, queue }) };
  };
  const { queue, schedule } = make();
  onTestFinished(async () => {
    await schedule.stop();
    await queue.stop();
  });
  const start = clock.now();
  return {
    clock,
    logger,
    db,
    sync,
    queue,
    schedule,
    /** Minutes after the start at which the job ran. */
    minutes: () => runs.map((at) => (at - start) / MINUTE_MS),
    holdJobs: (until: Promise<void>) => void (hold = until),
  };
}

describe('a job on a schedule', () => {
  it('runs every n minutes', async () => {
    const { clock, schedule, sync, minutes } = setUp();
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    schedule.start();
    await clock.advance(46 * MINUTE_MS);
    expect(minutes()).toEqual([15, 30, 45]);
  });

  it.each([
    [0, 13.5],
    [0.999999999, 16.5],
  ])(
    'comes up to a tenth early or late, so that not all come at once (random %d: after %d minutes)',
    async (fraction, after) => {
      const { clock, schedule, sync, minutes } = setUp({ fraction });
      schedule.set('sync stripe', sync, { source: 1 }, 15);
      schedule.start();
      await clock.advance(17 * MINUTE_MS);
      expect(minutes()[0]).toBeCloseTo(after, 6);
    },
  );

  it('keeps its time when it is set again unchanged, and gets a new one with another period', () => {
    const { clock, schedule, sync } = setUp();
    const first = schedule.set('sync stripe', sync, { source: 1 }, 60);
    void clock.advance(10 * MINUTE_MS);
    expect(schedule.set('sync stripe', sync, { source: 1 }, 60).nextAt).toBe(first.nextAt);
    expect(schedule.set('sync stripe', sync, { source: 1 }, 5).nextAt).toBeLessThan(first.nextAt);
    expect(schedule.list()).toHaveLength(1);
  });

  it('that fell due while the engine was away runs once, and then on its beat', async () => {
    const { clock, schedule, sync, minutes } = setUp();
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    await clock.advance(100 * MINUTE_MS);
    schedule.start();
    await clock.advance(16 * MINUTE_MS);
    expect(minutes()).toEqual([100, 115]);
  });

  it('is not queued again while the last one has not ended', async () => {
    const { clock, queue, schedule, sync, holdJobs } = setUp();
    let letGo = () => {};
    holdJobs(new Promise((resolve) => (letGo = resolve)));
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    schedule.start();
    await clock.advance(50 * MINUTE_MS);
    expect(queue.list(10)).toHaveLength(1);
    letGo();
    await clock.advance(15 * MINUTE_MS);
    expect(queue.list(10)).toHaveLength(2);
  });

  it('stops when it is removed; removing what is not there is no error', async () => {
    const { clock, schedule, sync, minutes } = setUp();
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    schedule.start();
    await clock.advance(16 * MINUTE_MS);
    schedule.remove('sync stripe');
    schedule.remove('never was');
    await clock.advance(60 * MINUTE_MS);
    expect(minutes()).toEqual([15]);
    expect(schedule.list()).toEqual([]);
  });

  it('of a kind that this version does not know is logged, and the others run', async () => {
    const { clock, db, logger, schedule, sync, minutes } = setUp();
    const values = {
      name: 'from another version',
      kind: 'dream',
      payload: '{}',
      every_minutes: 15,
      next_at: clock.now(),
    };
    db.run(db.build.insertInto('schedule').values(values));
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    schedule.start();
    await clock.advance(16 * MINUTE_MS);
    expect(minutes()).toEqual([15]);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        fields: expect.objectContaining({ schedule: 'from another version' }),
      }),
    );
  });

  it.each([0, -5, 1.5, Number.NaN])('refuses a period of %d minutes', (period) => {
    const { schedule, sync } = setUp();
    expect(failureOf(() => schedule.set('sync', sync, { source: 1 }, period))).toMatchObject({ code: 'invalid_input' });
  });

  it('queues nothing before start and nothing after stop', async () => {
    const { clock, schedule, sync, minutes } = setUp();
    schedule.set('sync stripe', sync, { source: 1 }, 15);
    await clock.advance(20 * MINUTE_MS);
    expect(minutes()).toEqual([]);
    schedule.start();
    await clock.advance(1);
    await schedule.stop();
    await clock.advance(60 * MINUTE_MS);
    expect(minutes()).toHaveLength(1);
  });
});
