/** Movements and the rows behind figures under another policy than the company's agree with that policy's figures. */
import { afterEach, expect, test } from 'vitest';
import { bridge, explain, movements, policyOf, snapshot } from '../../../src/main/engine/metrics/index.ts';
import { POLICIES, type PolicyInput } from '../../../src/shared/contract/policy.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, EUR, item, price, subscription, type Company } from './support/company.ts';

let c: Company;
afterEach(() => c.close());

const JUNE = { from: plainDay('2026-06-01'), to: plainDay('2026-06-30') };
const OTHERS: PolicyInput[] = [
  ...Object.keys(POLICIES),
  { base: 'vario', week: '4', discounts: 'none', netting: 'none' },
];

/** Weekly prices, discounts that begin and end, a pause, a past-due payer, a euro customer, a return after two weeks. */
function mixed(): void {
  c = company('2026-06-30');
  for (const day of ['2026-05-29', '2026-06-05', '2026-06-12', '2026-06-19', '2026-06-26']) c.rate(day, 'USD', '1.25');
  const see = (
    customerId: string,
    day: string,
    over: object = {},
    unit = '10000',
    interval: 'month' | 'week' = 'month',
  ) => {
    const currency = customerId === 'eva' ? { currency: EUR } : {};
    c.see(
      subscription(at('2026-05-10'), {
        id: `sub_${customerId}`,
        customerId,
        ...currency,
        items: [
          item(price({ id: `p_${customerId}_${unit}`, unitAmount: unit, interval, ...currency }), {
            id: `si_${customerId}`,
          }),
        ],
        ...over,
      }),
      at(day),
    );
  };
  see('ada', '2026-05-10', {}, '2000', 'week');
  const half = discount(coupon({ percentOff: '50', duration: 'repeating' }), at('2026-06-08'), at('2026-08-08'));
  see('bea', '2026-05-10');
  see('bea', '2026-06-08', { discounts: [half] });
  see('cleo', '2026-05-10');
  see('cleo', '2026-06-09', { pause: { behavior: 'void', since: at('2026-06-09'), resumesAt: null } });
  see('dan', '2026-05-10');
  see('dan', '2026-06-10', { status: 'past_due' });
  see('eva', '2026-05-10');
  see('eva', '2026-06-11', {}, '15000');
  see('fay', '2026-05-10');
  see('fay', '2026-06-05', { status: 'canceled', canceledAt: at('2026-06-05'), endedAt: at('2026-06-05') });
  c.see(
    subscription(at('2026-06-19'), { id: 'sub_fay_2', customerId: 'fay', items: [item(price({ id: 'p_back' }))] }),
    at('2026-06-19'),
  );
  c.recompute();
}

test.each(OTHERS)('under %j the listed movements add up to the bridge, page by page', (policy) => {
  mixed();
  const { arr } = bridge(c.db, { ...JUNE, policy }, c.context);
  const sums: Record<string, number> = {};
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = movements(c.db, { ...JUNE, policy, limit: 2, cursor }, c.context);
    for (const row of page.rows) {
      sums[row.kind] = (sums[row.kind] ?? 0) + row.annualMinor;
      seen.add(`${row.on} ${row.customerName} ${row.kind}`);
    }
    cursor = page.cursor;
  } while (cursor !== null);
  const { opening: _opening, closing: _closing, fx: _fx, ...kinds } = arr;
  expect(sums).toEqual(Object.fromEntries(Object.entries(kinds).filter(([, amount]) => amount !== 0)));
  expect(seen.size).toBeGreaterThan(0);
});

test.each(OTHERS)('under %j the rows behind figures add up to that policy’s figures', (policy) => {
  mixed();
  const shot = snapshot(c.db, { asOf: JUNE.to, policy }, c.context);
  expect(shot.policy).toBe(policyOf(policy).name);
  const total = (metric: string) => {
    const found = explain(c.db, { metric, ...JUNE, policy, limit: 500 }, c.context);
    expect(found.rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(found.total);
    return found.total;
  };
  expect([total('mrr'), total('arr'), total('cmrr'), total('pastDueMrr'), total('customers')]).toEqual([
    shot.mrr,
    shot.arr,
    shot.cmrr,
    shot.pastDueMrr,
    shot.customers,
  ]);
  expect(total('netNewMrr')).toBe(shot.movements.closing - shot.movements.opening);
});

test('without a policy, and under the company’s own, the stored rows are listed', () => {
  mixed();
  const stored = movements(c.db, { ...JUNE, limit: 100 }, c.context);
  expect(movements(c.db, { ...JUNE, policy: 'vario', limit: 100 }, c.context)).toEqual(stored);
  expect(
    movements(c.db, { ...JUNE, policy: { base: 'vario' }, limit: 100 }, c.context).rows.map(({ kind }) => kind),
  ).toEqual(stored.rows.map(({ kind }) => kind));
});

test.each([undefined, 'stripe'])(
  'a movement of a price without a product is named by the price (policy %s)',
  (policy) => {
    c = company('2026-06-30');
    const own = price({ id: 'p_own', nickname: 'Basic', productId: null, unitAmount: '10000' });
    c.storePrice(own);
    c.see(subscription(at('2026-06-10'), { customerId: 'cus', items: [item(own)] }), at('2026-06-10'));
    c.recompute();
    const { rows } = movements(c.db, { ...JUNE, limit: 5, ...(policy && { policy }) }, c.context);
    expect(rows).toMatchObject([{ kind: 'new', plan: 'Basic' }]);
  },
);
