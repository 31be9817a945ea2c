/**
 * The bridge between two policies over random companies: its ends are what the
 * whole ledger, valued anew under each policy, says; its lines and the customers
 * behind them add up. VARIO_COMPANIES sets how many companies (12).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyBridge, POLICIES, policyOf, snapshot } from '../../src/main/engine/metrics/index.ts';
import { storedHistories } from '../../src/main/engine/metrics/query/policy-view.ts';
import type { Policy, PolicyInput } from '../../src/shared/contract/policy.ts';
import { addDays, plainDay, startOfDay, UTC, type PlainDay } from '../../src/shared/kernel/day.ts';
import {
  company,
  coupon,
  discount,
  EUR,
  item,
  price,
  subscription,
  USD,
  type Company,
} from '../unit/metrics/support/company.ts';

const COMPANIES = Number(process.env['VARIO_COMPANIES'] ?? 12);
const FIRST = plainDay('2026-01-01');
const TODAY = plainDay('2026-06-30');
const DAYS = [plainDay('2026-03-15'), TODAY, plainDay('2026-07-20')];

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
const companyArb = fc.array(fc.array(lifeArb, { minLength: 1, maxLength: 3 }), { minLength: 12, maxLength: 12 });

const policyArb: fc.Arbitrary<PolicyInput> = fc.oneof(
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

/** Native annual amounts of each customer at the end of a day, from its whole history under a policy. */
function levelsOf(c: Company, policy: Policy, day: PlainDay): Map<number, Map<string, number>> {
  const levels = new Map<number, Map<string, number>>();
  for (const { customerId, subscriptions } of storedHistories(c.db, policy, UTC)) {
    const sums = new Map<string, number>();
    for (const { states } of subscriptions) {
      const last = states.findLast(({ on }) => on <= day);
      if (last) sums.set(last.state.currency, (sums.get(last.state.currency) ?? 0) + last.valued.annual);
    }
    levels.set(customerId, sums);
  }
  return levels;
}

const sum = (amounts: readonly { arr: number; mrr: number }[], of: 'arr' | 'mrr') =>
  amounts.reduce((total, amount) => total + amount[of], 0);

function expectBridge(c: Company, from: PolicyInput, to: PolicyInput, asOf: PlainDay): number {
  const bridge = policyBridge(c.db, { from, to, asOf }, c.context);
  const ends = [from, to].map((policy) => snapshot(c.db, { asOf, policy }, c.context));
  expect([bridge.from.arr, bridge.to.arr]).toEqual(ends.map(({ arr }) => arr));
  expect([bridge.from.mrr, bridge.to.mrr]).toEqual(ends.map(({ mrr }) => mrr));
  for (const of of ['arr', 'mrr'] as const) {
    expect(sum(bridge.rules, of)).toBe(bridge.to[of] - bridge.from[of]);
    for (const rule of bridge.rules) expect(sum(rule.customers, of)).toBe(rule[of]);
  }
  const before = levelsOf(c, policyOf(from), asOf);
  const after = levelsOf(c, policyOf(to), asOf);
  for (const [customerId, is] of after) {
    if ([...is.keys()].some((currency) => currency !== USD)) continue;
    const behind = bridge.rules.flatMap(({ customers }) => customers.filter((each) => each.customerId === customerId));
    expect(sum(behind, 'arr')).toBe((is.get(USD) ?? 0) - (before.get(customerId)?.get(USD) ?? 0));
  }
  return bridge.rules.length;
}

test('the lines of any bridge add up to the difference of the two ledgers, and so does each customer', () => {
  let lines = 0;
  fc.assert(
    fc.property(
      companyArb,
      fc.constantFrom(...Object.values(POLICIES)),
      fc.array(fc.tuple(policyArb, policyArb), { minLength: 3, maxLength: 3 }),
      (customers, basis, pairs) => {
        const c = company(TODAY, { policy: basis });
        try {
          c.db.transaction(() => {
            for (let day = addDays(FIRST, -1); day <= '2026-08-01'; day = addDays(day, 1)) c.rate(day, 'USD', '1.2345');
            for (const [index, lives] of customers.entries()) for (const life of lives) live(c, `cus_${index}`, life);
          });
          c.recompute();
          for (const [index, [from, to]] of pairs.entries()) {
            lines += expectBridge(c, from, to, DAYS[index % DAYS.length] ?? TODAY);
            expect(policyBridge(c.db, { from, to: from }, c.context).rules).toEqual([]);
          }
        } finally {
          c.close();
        }
      },
    ),
    { numRuns: COMPANIES },
  );
  // Bridges without lines would prove nothing.
  expect(lines).toBeGreaterThan(COMPANIES);
});
