/** When digests are told: a clock that the test moves, wall clocks of real zones, a founder who sleeps. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { lastDailyDue, lastWeeklyDue } from '../../../src/main/engine/digest/due.ts';
import { listDigests, watchDigests, type DigestRhythm } from '../../../src/main/engine/digest/index.ts';
import type { NativeNotification } from '../../../src/main/engine/runtime/ports.ts';
import type { DailyDigestReport, WeeklyDigestReport } from '../../../src/shared/contract/digest.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { timeZone, UTC, type PlainDay } from '../../../src/shared/kernel/day.ts';
import { HOUR_MS, instantOfIso, isoOfInstant, MINUTE_MS } from '../../../src/shared/kernel/instant.ts';
import { minor } from '../../../src/shared/kernel/money.ts';
import { timeOfDay } from '../../../src/shared/kernel/time-of-day.ts';
import { fakeClock, recordingLogger } from '../../support/engine-ports.ts';
import { testStore } from '../../support/store.ts';

const DAY_MS = 24 * HOUR_MS;

const common = {
  isOver: false,
  computedAt: instantOfIso('2026-11-21T08:00:00Z'),
  companyName: 'Aerie',
  currency: currencyCode('USD'),
  policy: 'vario',
  timeZone: 'UTC',
  figures: [],
  sections: [],
  sources: [],
  caveats: [],
};
const MOVED = {
  opening: minor(0),
  new: minor(0),
  expansion: minor(0),
  contraction: minor(0),
  churn: minor(0),
  reactivation: minor(0),
  paused: minor(0),
  resumed: minor(0),
  fx: minor(0),
  closing: minor(0),
};

/** A founder with a program that runs, from Saturday, 21 November 2026, 07:00 in UTC. */
function founder(rhythm: Partial<DigestRhythm>) {
  const clock = fakeClock('2026-11-21T07:00:00Z');
  const { db } = testStore({ clock });
  const told: NativeNotification[] = [];
  const asked: string[] = [];
  const logger = recordingLogger();
  const state = {
    rhythm: { dailyDigest: null, weeklyDigest: null, quietHours: null, timeZone: UTC, ...rhythm } as DigestRhythm,
    isQuiet: false,
    isBusy: false,
  };
  const daily = ({ from, to }: { from: PlainDay; to: PlainDay }): Promise<DailyDigestReport> => {
    asked.push(`${from} to ${to}`);
    return Promise.resolve({ ...common, kind: 'daily', from, to, isQuiet: state.isQuiet, summary: [`Since ${from}.`] });
  };
  const weekly = (on: PlainDay): Promise<WeeklyDigestReport> => {
    asked.push(`week of ${on}`);
    return Promise.resolve({
      ...common,
      kind: 'weekly',
      from: on,
      to: on,
      before: { from: on, to: on },
      summary: [`Week of ${on}.`],
      bridge: {
        from: on,
        to: on,
        currency: currencyCode('USD'),
        ratesOn: null,
        mrr: MOVED,
        arr: MOVED,
        counts: { new: 0, expansion: 0, contraction: 0, churn: 0, reactivation: 0, paused: 0, resumed: 0, fx: 0 },
        moved: null,
      },
      climb: { actual: minor(0), before: minor(0), needed: null, neededFor: null },
      trajectories: [],
      course: [],
    });
  };
  const watch = () =>
    watchDigests({
      db,
      clock,
      logger,
      notify: (notification) => void told.push(notification),
      rhythm: () => state.rhythm,
      isBusy: () => state.isBusy,
      daily,
      weekly,
      within: (work) => work(),
      onKept: () => undefined,
    });
  let stop = watch();
  onTestFinished(() => stop());
  return {
    clock,
    db,
    told,
    asked,
    logger,
    state,
    /** The program ends; time passes; it starts again. */
    async closedFor(ms: number) {
      await stop();
      await clock.advance(ms);
      stop = watch();
      await clock.advance(0);
    },
    /** Minute by minute, as the watch looks. */
    async until(iso: string) {
      const minutes = (instantOfIso(iso) - clock.now()) / MINUTE_MS;
      for (let passed = 0; passed < minutes; passed++) await clock.advance(MINUTE_MS);
    },
  };
}

const EVERY_DAY = { at: timeOfDay('08:30'), workdaysOnly: false, whenQuiet: false };

describe('the digest of the day', () => {
  test('is told at its time, once, with what happened since the day before', async () => {
    const { until, told, asked, db } = founder({ dailyDigest: EVERY_DAY });
    await until('2026-11-21T08:29:00Z');
    expect(told).toEqual([]);
    await until('2026-11-21T12:00:00Z');
    expect(asked).toEqual(['2026-11-20 to 2026-11-21']);
    expect(told).toEqual([
      {
        id: 'digest-daily-2026-11-20-2026-11-21',
        title: 'Since Friday, Nov 20',
        body: 'Since 2026-11-20.',
        target: '/today?since=2026-11-20&until=2026-11-21',
      },
    ]);
    expect(listDigests(db)).toMatchObject([{ kind: 'daily', madeAs: 'notification', headline: 'Since 2026-11-20.' }]);
  });

  test('is not told on the day on which it was switched on after its time', async () => {
    const { until, told, state } = founder({});
    await until('2026-11-21T09:00:00Z');
    state.rhythm = { ...state.rhythm, dailyDigest: EVERY_DAY };
    await until('2026-11-21T20:00:00Z');
    expect(told).toEqual([]);
    await until('2026-11-22T08:30:00Z');
    expect(told).toHaveLength(1);
  });

  test('is not told again after a restart', async () => {
    const { until, told, closedFor } = founder({ dailyDigest: EVERY_DAY });
    await until('2026-11-21T08:31:00Z');
    await closedFor(HOUR_MS);
    expect(told).toHaveLength(1);
  });

  test('comes once after days of sleep, as the latest', async () => {
    const { until, asked, closedFor } = founder({ dailyDigest: EVERY_DAY });
    await until('2026-11-21T08:31:00Z');
    await closedFor(4 * DAY_MS + 3 * HOUR_MS);
    expect(asked).toEqual(['2026-11-20 to 2026-11-21', '2026-11-24 to 2026-11-25']);
  });

  test('waits for the end of quiet hours', async () => {
    const quietHours = { from: timeOfDay('22:00'), to: timeOfDay('09:15'), criticalThrough: true };
    const { until, told } = founder({ dailyDigest: EVERY_DAY, quietHours });
    await until('2026-11-21T09:14:00Z');
    expect(told).toEqual([]);
    await until('2026-11-21T09:16:00Z');
    expect(told).toHaveLength(1);
  });

  test('of a quiet day is left out, unless it is wanted', async () => {
    const { until, told, state, db } = founder({ dailyDigest: EVERY_DAY });
    state.isQuiet = true;
    await until('2026-11-21T12:00:00Z');
    expect(told).toEqual([]);
    expect(listDigests(db)).toEqual([]);
    state.rhythm = { ...state.rhythm, dailyDigest: { ...EVERY_DAY, whenQuiet: true } };
    await until('2026-11-22T12:00:00Z');
    expect(told).toHaveLength(1);
  });

  test('waits for a sync that is under way, but not for ever', async () => {
    const { until, told, state } = founder({ dailyDigest: EVERY_DAY });
    state.isBusy = true;
    await until('2026-11-21T08:45:00Z');
    expect(told).toEqual([]);
    await until('2026-11-21T08:51:00Z');
    expect(told).toHaveLength(1);
  });

  test('has no weekends where only workdays are wanted', async () => {
    const { until, asked } = founder({ dailyDigest: { ...EVERY_DAY, workdaysOnly: true } });
    await until('2026-11-23T09:00:00Z');
    expect(asked).toEqual(['2026-11-22 to 2026-11-23']);
  });
});

describe('the view of the week', () => {
  test('is told on its weekday, of the week of the day before', async () => {
    const { until, told, asked } = founder({ weeklyDigest: { on: 1, at: timeOfDay('09:00') } });
    await until('2026-11-23T09:01:00Z');
    expect(asked).toEqual(['week of 2026-11-22']);
    expect(told[0]).toMatchObject({ title: 'Week of Nov 22 so far', target: '/week?of=2026-11-22' });
  });

  test('keeps to its week when it comes late', async () => {
    const { until, asked, closedFor } = founder({ weeklyDigest: { on: 1, at: timeOfDay('09:00') } });
    await until('2026-11-21T08:00:00Z');
    await closedFor(4 * DAY_MS);
    expect(asked).toEqual(['week of 2026-11-22']);
  });
});

describe('wall clocks', () => {
  let zone = UTC;
  const due = (now: string, time: string) =>
    isoOfInstant(lastDailyDue(instantOfIso(now), { ...EVERY_DAY, at: timeOfDay(time) }, zone)).slice(0, 16);
  beforeEach(() => {
    zone = timeZone('Europe/Berlin');
  });

  test('go by the founder’s zone, in summer and in winter', () => {
    expect(due('2026-07-10T12:00:00Z', '08:30')).toBe('2026-07-10T06:30');
    expect(due('2026-11-10T12:00:00Z', '08:30')).toBe('2026-11-10T07:30');
  });

  test('take the minute after the gap for a time that is skipped', () => {
    // On 29 March 2026 clocks in Berlin go from 02:00 to 03:00.
    expect(due('2026-03-29T12:00:00Z', '02:30')).toBe('2026-03-29T01:00');
  });

  test('take the first of two for a time that comes twice', () => {
    // On 25 October 2026 it is 02:30 at 00:30 and at 01:30 UTC.
    expect(due('2026-10-25T12:00:00Z', '02:30')).toBe('2026-10-25T00:30');
  });

  test('know a weekday by the zone: Monday begins in Auckland while it is Sunday in UTC', () => {
    const at = lastWeeklyDue(
      instantOfIso('2026-11-22T23:00:00Z'),
      { on: 1, at: timeOfDay('08:00') },
      timeZone('Pacific/Auckland'),
    );
    expect(isoOfInstant(at).slice(0, 16)).toBe('2026-11-22T19:00');
  });
});

test('a digest that fails is tried again, and the failure is logged', async () => {
  const { until, told, state, logger } = founder({ dailyDigest: EVERY_DAY });
  const rhythm = state.rhythm;
  let failures = 0;
  Object.defineProperty(state, 'rhythm', {
    get() {
      if (failures++ < 2) throw new Error('the disk is full');
      return rhythm;
    },
  });
  await until('2026-11-21T08:32:00Z');
  expect(told).toHaveLength(1);
  expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
});
