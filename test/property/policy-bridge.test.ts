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
import { plainDay, UTC, type PlainDay } from '../../src/shared/kernel/day.ts';
import { company, USD, type Company } from '../unit/metrics/support/company.ts';
import { companyArb, policyArb, settle, TODAY } from './policy-lives.ts';

const COMPANIES = Number(process.env['VARIO_COMPANIES'] ?? 12);
const DAYS = [plainDay('2026-03-15'), TODAY, plainDay('2026-07-20')];

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
          settle(c, customers);
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
