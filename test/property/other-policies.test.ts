/**
 * Under another policy only those are valued again whom it affects. Over random companies, stored under any policy and
 * asked under any other, all figures are those of the plain way, in which everybody is valued again: of the company, of
 * parts of it, and after the ledger has changed. VARIO_COMPANIES sets how many companies (12).
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakdown, policyOf, POLICIES, series, snapshot } from '../../src/main/engine/metrics/index.ts';
import { affectedCustomers } from '../../src/main/engine/metrics/query/affected-customers.ts';
import type { PolicyInput } from '../../src/shared/contract/policy.ts';
import type { Slice } from '../../src/shared/contract/slice.ts';
import { plainDay, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import { company, coupon, discount, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';
import { companyArb, FIRST, policyArb, settle, TODAY } from './policy-lives.ts';

const COMPANIES = Number(process.env['VARIO_COMPANIES'] ?? 12);
const DAYS = [plainDay('2026-03-15'), TODAY, plainDay('2026-07-20')];
const SLICES: readonly Slice[] = [
  { where: [{ dimension: 'interval', values: ['month', 'week'] }] },
  { where: [{ dimension: 'currency', values: ['USD'] }] },
];

/** The policy that the ledger is stored under with one switch turned: most customers are not affected. */
const TURNED: readonly Partial<Exclude<PolicyInput, string>>[] = [
  { discounts: 'all' },
  { discounts: 'forever' },
  { discounts: 'none' },
  { pause: 'keep' },
  { pause: 'zero' },
  { pastDueDays: 10 },
  { scheduledCancellation: 'at scheduling' },
  { scheduledCancellation: 'at end of paid service' },
  { freeCustomers: 'stay' },
  { week: '4', day: '30' },
  { metered: true },
  { metered: false },
];

function figures(c: Company, policy: PolicyInput): unknown {
  const [from, to] = [FIRST, plainDay('2026-07-20')];
  const metrics = ['mrr', 'customers', 'nrr', 'logoChurn', 'cmrr', 'pastDueMrr', 'trialMrr'] as const;
  return {
    days: DAYS.map((asOf) => snapshot(c.db, { asOf, policy }, c.context)),
    course: series(c.db, { metrics, from, to, grain: 'month', policy }, c.context),
    parts: SLICES.map((slice) => partOf(() => snapshot(c.db, { asOf: TODAY, policy, slice }, c.context))),
    breakdown: breakdown(c.db, { from, to, by: 'price', offset: 0, limit: 100, policy }, c.context),
  };
}

/** A company may have no weekly price: that it says so is an answer as well. */
function partOf(answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    return String(error);
  }
}

/** From here on rates have come that the ledger was not compared with: everybody is valued again. */
function goThePlainWay(c: Company): void {
  c.db.run(
    c.db.build
      .updateTable('ledger_head')
      .set((head) => ({ value: head('value', '+', 1) }))
      .where('name', '=', 'rates'),
  );
}

test('the customers whom a policy does not affect need not be valued again', () => {
  let [some, all] = [0, 0];
  fc.assert(
    fc.property(
      companyArb,
      fc.constantFrom(...Object.values(POLICIES)),
      fc.array(fc.constantFrom(...TURNED), { minLength: 2, maxLength: 2 }),
      policyArb,
      (companies, basis, turned, other) => {
        const customers = companies.map((lives) => lives.slice(0, 1));
        const policies: PolicyInput[] = [...turned.map((switches) => ({ base: basis.name, ...switches })), other];
        const c = company(TODAY, { policy: basis });
        try {
          settle(c, customers);
          const fast = policies.map((policy) => figures(c, policy));
          for (const policy of policies) {
            const ids = [...(affectedCustomers(c.db, policyOf(policy), c.context) ?? [])];
            expect(ids, 'each once, ascending').toEqual([...new Set(ids)].sort((a, b) => a - b));
            const affected = ids.length;
            if (affected === customers.length) all += 1;
            else if (affected > 0) some += 1;
          }
          goThePlainWay(c);
          for (const [index, policy] of policies.entries()) {
            expect(affectedCustomers(c.db, policyOf(policy), c.context)).toBeNull();
            expect(fast[index]).toEqual(figures(c, policy));
          }
        } finally {
          c.close();
        }
      },
    ),
    { numRuns: COMPANIES },
  );
  // Were everybody affected each time, nothing would be proven.
  expect(some).toBeGreaterThan(0);
  expect(all).toBeLessThan(3 * COMPANIES);
});

test('a change of the ledger is seen under another policy at once', () => {
  const c = company(TODAY);
  try {
    const begin = startOfDay(FIRST, UTC);
    const once = discount(coupon({ id: 'ONCE', percentOff: '50', duration: 'once' }), begin);
    const sell = (customerId: string, unitAmount: string, discounts = [once]) => {
      const items = [item(price({ id: `p_${customerId}`, unitAmount }), { currentPeriodStart: begin })];
      c.see(subscription(begin, { id: `sub_${customerId}`, customerId, items, discounts }), begin);
      c.recompute();
    };
    const mrr = (policy: PolicyInput) => snapshot(c.db, { asOf: plainDay('2026-01-15'), policy }, c.context).mrr;
    sell('ada', '10000');
    expect([mrr('vario'), mrr('chartmogul')]).toEqual([10_000, 5_000]);
    // One whom the policy does not affect, and another one whom it does.
    sell('bea', '3000', []);
    expect([mrr('vario'), mrr('chartmogul')]).toEqual([13_000, 8_000]);
    sell('cid', '2000');
    expect([mrr('vario'), mrr('chartmogul')]).toEqual([15_000, 9_000]);
  } finally {
    c.close();
  }
});
