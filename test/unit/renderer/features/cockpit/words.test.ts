/** The paces behind the day of a milestone, and what changed in short words. */
import { expect, test } from 'vitest';
import type { Climb } from '../../../../../src/shared/contract/metrics.ts';
import type { Since } from '../../../../../src/shared/contract/since.ts';
import { USD } from '../../../../../src/shared/kernel/currency.ts';
import { addDays, plainDay, UTC } from '../../../../../src/shared/kernel/day.ts';
import { minor } from '../../../../../src/shared/kernel/money.ts';
import { createFormatter } from '../../../../../src/renderer/lib/format.ts';
import { pacesOf } from '../../../../../src/renderer/features/cockpit/pace.ts';
import { countsOf, partsOf } from '../../../../../src/renderer/features/cockpit/since-words.ts';

const asOf = plainDay('2026-11-20');

function climb(weeks: readonly number[]): Climb {
  return {
    asOf,
    currency: USD,
    arr: minor(900_000),
    window: 28,
    perDay: minor(100),
    perWeek: minor(700),
    perMonth: minor(3_000),
    previousPerWeek: minor(0),
    composition: { new: minor(0), expansion: minor(0), loss: minor(0), fx: minor(0) },
    milestone: {
      target: minor(1_000_000),
      distance: minor(100_000),
      expectedOn: plainDay('2029-08-16'),
      reason: null,
      dueOn: plainDay('2026-12-31'),
      neededPerWeek: minor(17_000),
    },
    weeks: weeks.map((netNewArr, index) => ({
      endsOn: addDays(asOf, -7 * (weeks.length - 1 - index)),
      netNewArr: minor(netNewArr),
    })),
  };
}

test('a milestone comes on another day at the pace of a quarter or a year', () => {
  const weeks = [...Array<number>(39).fill(100), ...Array<number>(13).fill(1_000)];
  const [own, quarter, year] = pacesOf(climb(weeks));
  expect(own).toEqual({ days: 28, perWeek: 700, on: '2029-08-16' });
  // 1,000 a week over a distance of 100,000 are a hundred weeks.
  expect(quarter).toEqual({ days: 91, perWeek: 1_000, on: addDays(asOf, 700) });
  expect(year?.perWeek).toBeCloseTo(16_900 / 52, 6);
});

test('a pace that does not climb reaches nothing', () => {
  expect(pacesOf(climb(Array<number>(52).fill(-5)))[1]?.on).toBeNull();
  expect(pacesOf(climb(Array<number>(4).fill(5))), 'fewer weeks than a quarter').toHaveLength(1);
});

const NONE = { total: 0, rows: [] };
const quiet: Since = {
  lookedAt: null,
  lookedOn: asOf,
  today: asOf,
  currency: USD,
  mrr: null,
  customers: NONE,
  past: NONE,
  closedMonthEntries: 0,
  calledOff: NONE,
  failed: NONE,
  recovered: NONE,
  sources: [],
  alertsOpened: NONE,
  alertsClosed: NONE,
  nothing: true,
};

test('what changed is counted in words, and what did not is left out', () => {
  const format = createFormatter('en-US', UTC);
  expect(countsOf(quiet, format)).toEqual([]);
  const told = { ...quiet, failed: { total: 1, rows: [] }, recovered: { total: 2, rows: [] } };
  expect(countsOf(told, format).map(({ text }) => text)).toEqual(['1 payment failed', '2 payments recovered']);
});

test('a bridge names its parts that are not nothing', () => {
  const none = minor(0);
  const bridge = {
    new: minor(5),
    expansion: none,
    contraction: none,
    churn: minor(-2),
    reactivation: none,
    paused: none,
    resumed: none,
    fx: none,
  };
  expect(partsOf({ from: minor(1), ...bridge, restated: minor(3), to: minor(7) })).toEqual([
    { part: 'new', amount: 5 },
    { part: 'churn', amount: -2 },
    { part: 'restated', amount: 3 },
  ]);
});
