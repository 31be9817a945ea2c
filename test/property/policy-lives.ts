/** Random companies on which policies differ: their customers' lives, written as Stripe would show them, and random policies. */
import fc from 'fast-check';
import { POLICIES } from '../../src/main/engine/metrics/index.ts';
import type { Policy, PolicyInput } from '../../src/shared/contract/policy.ts';
import { addDays, plainDay, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import {
  coupon,
  discount,
  EUR,
  item,
  price,
  subscription,
  USD,
  type Company,
} from '../unit/metrics/support/company.ts';

/** Lives begin on this day or later. */
export const FIRST = plainDay('2026-01-01');
export const TODAY = plainDay('2026-06-30');

const lifeArb = fc.record({
  start: fc.integer({ min: 0, max: 120 }),
  currency: fc.constantFrom(USD, USD, EUR),
  interval: fc.constantFrom('day', 'week', 'week', 'month', 'year' as const),
  unit: fc.integer({ min: 1, max: 30_000 }),
  coupon: fc.constantFrom('none', 'none', 'forever', 'repeating', 'once' as const),
  percentOff: fc.integer({ min: 1, max: 100 }),
  usage: fc.option(fc.integer({ min: 1, max: 9_000 })),
  usageInterval: fc.constantFrom('week', 'month' as const),
  change: fc.constantFrom('none', 'paused', 'past_due', 'unpaid', 'leaving', 'ended', 'ended past due' as const),
  changedAfter: fc.integer({ min: 1, max: 60 }),
});
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;
/** Each customer's subscriptions. */
export const companyArb = fc.array(fc.array(lifeArb, { minLength: 1, maxLength: 3 }), { minLength: 12, maxLength: 12 });

export const policyArb: fc.Arbitrary<PolicyInput> = fc.oneof(
  fc.constantFrom(...Object.keys(POLICIES)),
  fc.record(
    {
      base: fc.constantFrom(...Object.keys(POLICIES)),
      week: fc.constantFrom('4.33', '4', '4.345', '52/12'),
      day: fc.constantFrom('30', '30.437'),
      discounts: fc.constantFrom('limited', 'all', 'recurring', 'forever', 'none'),
      metered: fc.boolean(),
      pastDueDays: fc.constantFrom<Policy['pastDueDays']>('always', 'until unpaid', 10, 30),
      scheduledCancellation: fc.constantFrom('at period end', 'at scheduling', 'at end of paid service'),
      pause: fc.constantFrom('zero', 'keep'),
      freeCustomers: fc.constantFrom('churn', 'stay'),
    },
    { requiredKeys: ['base'] },
  ),
);

function live(c: Company, customerId: string, life: Life): void {
  const start = startOfDay(addDays(FIRST, life.start), UTC);
  const moment = (days: number) => startOfDay(addDays(FIRST, life.start + days), UTC);
  const { currency, interval, percentOff } = life;
  const limited =
    life.coupon === 'none'
      ? []
      : [
          discount(
            coupon({
              percentOff: String(percentOff),
              duration: life.coupon,
              durationInMonths: life.coupon === 'repeating' ? 2 : null,
            }),
            start,
          ),
        ];
  const metered = price({ metered: true, interval: life.usageInterval, currency, unitAmount: '1' });
  const base = subscription(start, {
    customerId,
    currency,
    discounts: limited,
    items: [
      item(price({ interval, currency, unitAmount: String(life.unit) }), {
        currentPeriodStart: start,
        currentPeriodEnd: moment(100),
      }),
      ...(life.usage === null ? [] : [item(metered, { id: `si_${customerId}_${life.start}` })]),
    ],
  });
  c.see(base, start);
  if (life.usage !== null)
    c.invoice({
      customerId,
      currency,
      subscriptionId: base.id,
      lines: [
        {
          price: metered,
          subscriptionItemId: `si_${customerId}_${life.start}`,
          amountMinor: life.usage,
          periodStart: start,
          periodEnd: moment(7),
        },
      ],
    });
  const at = moment(life.changedAfter);
  const pause = { behavior: 'void' as const, since: null, resumesAt: null };
  if (life.change === 'paused') c.see({ ...base, pause }, at);
  if (life.change === 'past_due' || life.change === 'ended past due') c.see({ ...base, status: 'past_due' }, at);
  if (life.change === 'unpaid') c.see({ ...base, status: 'unpaid' }, at);
  if (life.change === 'leaving') c.see({ ...base, cancelAtPeriodEnd: true, canceledAt: at }, at);
  const end = life.change === 'ended past due' ? moment(life.changedAfter + 5) : at;
  if (life.change === 'ended' || life.change === 'ended past due')
    c.see({ ...base, status: 'canceled', canceledAt: end, endedAt: end }, end);
}

/** Writes a company's lives, and rates of every day. */
export function settle(c: Company, customers: readonly (readonly Life[])[]): void {
  c.db.transaction(() => {
    for (let day = addDays(FIRST, -1); day <= '2026-08-01'; day = addDays(day, 1)) c.rate(day, 'USD', '1.2345');
    for (const [index, lives] of customers.entries()) for (const life of lives) live(c, `cus_${index}`, life);
  });
  c.recompute();
}
