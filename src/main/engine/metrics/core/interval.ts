/** R2: how many times a year an interval bills. */
import { rational, type Rational } from '../../../../shared/kernel/rational.ts';
import type { Price, PriceInterval } from '../../domain/index.ts';
import type { Policy } from './policy.ts';

type Recurring = NonNullable<Price['recurring']>;

const factors = new WeakMap<Policy, Map<string, Rational>>();

/**
 * The exact number of periods in a year.
 * @example periodsPerYear({ interval: 'month', intervalCount: 3, … }, VARIO) // 4
 * @example periodsPerYear({ interval: 'week', intervalCount: 2, … }, VARIO)  // 26
 */
export function periodsPerYear({ interval, intervalCount }: Recurring, policy: Policy): Rational {
  let known = factors.get(policy);
  if (!known) factors.set(policy, (known = new Map()));
  const key = `${interval}${intervalCount}`;
  let factor = known.get(key);
  if (!factor) known.set(key, (factor = intervalsPerYear(interval, policy).div(intervalCount)));
  return factor;
}

function intervalsPerYear(interval: PriceInterval, policy: Policy): Rational {
  if (interval === 'year') return rational(1);
  if (interval === 'month') return rational(12);
  return rational(interval === 'week' ? policy.week : policy.day).mul(12);
}

/** Whether one term lasts a year or longer (R5 treats its discounts apart). */
export function isLongTerm({ interval, intervalCount }: Recurring): boolean {
  return { year: 1, month: 12, week: 52, day: 365 }[interval] <= intervalCount;
}
