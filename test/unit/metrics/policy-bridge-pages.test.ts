/** The customers behind a line of the policy bridge, page after page; and an own policy as the company's. */
import { afterEach, expect, test } from 'vitest';
import {
  explain,
  policyBridge,
  policyBridgeCustomers,
  policyOf,
  series,
  snapshot,
  verify,
} from '../../../src/main/engine/metrics/index.ts';
import { ChosenPolicySchema, POLICIES, type PolicyInput } from '../../../src/shared/contract/policy.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, item, price, subscription, type Company } from './support/company.ts';

let c: Company;
afterEach(() => c.close());

/** Seven customers at half price for a while, each smaller than the one before. */
function halved(over: { policy?: PolicyInput } = {}): Company {
  c = company('2026-06-30', over.policy === undefined ? {} : { policy: policyOf(over.policy) });
  for (let n = 0; n < 7; n++)
    c.see(
      subscription(at('2026-05-03'), {
        customerId: `cus_${n}`,
        items: [item(price({ unitAmount: String(10_000 - n * 1_000) }))],
        discounts: [discount(coupon({ percentOff: '50', duration: 'repeating' }), at('2026-05-03'), at('2026-12-03'))],
      }),
      at('2026-05-03'),
    );
  c.recompute();
  return c;
}

test('a bridge lists as many customers as were asked for and says how many there are', () => {
  halved();
  const all = policyBridge(c.db, { to: { base: 'vario', discounts: 'none' } }, c.context);
  const some = policyBridge(c.db, { to: { base: 'vario', discounts: 'none' }, customers: 2 }, c.context);
  expect(some.rules).toMatchObject([{ rule: 'discounts', customerCount: 7 }]);
  expect(some.rules[0]?.customers).toEqual(all.rules[0]?.customers.slice(0, 2));
});

test('the pages of a line are its customers, once each, and add up to it', () => {
  halved();
  const to: PolicyInput = { base: 'vario', discounts: 'none' };
  const [line] = policyBridge(c.db, { to }, c.context).rules;
  const found: { arr: number; mrr: number; name: string }[] = [];
  let cursor: string | null = null;
  do {
    const page = policyBridgeCustomers(c.db, { to, rule: 'discounts', limit: 3, cursor }, c.context);
    expect(page).toMatchObject({ arr: line?.arr, mrr: line?.mrr, total: 7, currency: 'USD' });
    found.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== null);
  expect(found).toEqual(line?.customers);
  expect(found.reduce((sum, { arr }) => sum + arr, 0)).toBe(line?.arr);
  expect(found.reduce((sum, { mrr }) => sum + mrr, 0)).toBe(line?.mrr);
});

test('a line that there is not has no customers, and a cursor that no page gave is refused', () => {
  halved();
  expect(policyBridgeCustomers(c.db, { to: 'stripe', rule: 'week', limit: 3 }, c.context).rows).toEqual([]);
  const input = { to: { base: 'vario', discounts: 'none' } as const, rule: 'discounts' as const, limit: 3 };
  expect(() => policyBridgeCustomers(c.db, { ...input, cursor: 'x' }, c.context)).toThrow(/cursor/);
});

test.each<PolicyInput>([
  ...Object.keys(POLICIES),
  { base: 'vario', discounts: 'none', netting: 'none', name: 'Lists' },
])('under %j the ledger, the snapshot, the series and the rows behind them agree', (policy) => {
  halved({ policy });
  const shot = snapshot(c.db, { asOf: plainDay('2026-06-30') }, c.context);
  const [line] = series(
    c.db,
    { metrics: ['mrr'], from: plainDay('2026-06-01'), to: plainDay('2026-06-30'), grain: 'month' },
    c.context,
  );
  expect(shot.policy).toBe(policyOf(policy).name);
  expect(line?.points.at(-1)?.value).toBe(shot.mrr);
  expect(explain(c.db, { metric: 'mrr', to: plainDay('2026-06-30'), limit: 50 }, c.context).total).toBe(shot.mrr);
  const before = c.on('2026-05-31');
  const opening = snapshot(c.db, { asOf: plainDay('2026-05-31') }, before).mrr;
  expect(shot.movements).toMatchObject({ opening, closing: shot.mrr });
  expect(verify(c.db, c.context).differences).toEqual([]);
});

test('the company’s policy is one of the known names, or an own one of known switches', () => {
  for (const policy of ['vario', { base: 'stripe', week: '4.33' }])
    expect(ChosenPolicySchema.safeParse(policy).success).toBe(true);
  for (const policy of ['nobody', { base: 'nobody' }, { base: 'vario', weeks: '4' }])
    expect(ChosenPolicySchema.safeParse(policy).success).toBe(false);
});
