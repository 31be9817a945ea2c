/** «Why»: the rows behind every figure add up to it, to the minor unit. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain, EXPLAINABLE, snapshot } from '../../../src/main/engine/metrics/index.ts';
import type { MetricSnapshot } from '../../../src/shared/contract/metrics.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { failureOf } from '../../support/store.ts';
import { at, company, coupon, discount, EUR, item, price, subscription, type Company } from './support/company.ts';

const to = plainDay('2026-03-31');
const from = plainDay('2026-03-01');
let c: Company;
let shot: MetricSnapshot;

beforeAll(() => {
  c = company('2026-03-31');
  c.db.transaction(() => {
    for (const day of ['2026-01-05', '2026-02-01', '2026-02-28', '2026-03-05', '2026-03-12', '2026-03-31'])
      c.rate(day, 'USD', { '2026-03-31': '1.0733', '2026-02-28': '1.1011' }[day] ?? '1.0911');
    c.product('prod_main', 'Kite');
    for (let n = 0; n < 40; n++) {
      const euro = n % 3 === 0;
      const currency = euro ? { currency: EUR } : {};
      const plan = price({ unitAmount: String(1_901 + n * 7), interval: n % 4 === 0 ? 'year' : 'month', ...currency });
      const discounts = n % 5 === 0 ? [discount(coupon({ percentOff: '33', name: 'Early' }), at('2026-01-05'))] : [];
      const body = subscription(at('2026-01-05'), {
        customerId: `cus_${n}`,
        items: [item(plan)],
        discounts,
        ...currency,
      });
      c.see(body, at('2026-01-05'));
      if (n < 6)
        c.see(
          { ...body, status: 'canceled', canceledAt: at('2026-03-05'), endedAt: at('2026-03-05') },
          at('2026-03-05'),
        );
      else if (n < 16) c.see({ ...body, items: [{ ...body.items[0]!, quantity: '3' }] }, at('2026-03-12'));
      else if (n < 19) c.see({ ...body, status: 'past_due' }, at('2026-03-12'));
      else if (n < 21) c.see({ ...body, cancelAt: at('2026-05-05'), canceledAt: at('2026-03-12') }, at('2026-03-12'));
      else if (n < 23) c.see({ ...body, pause: { behavior: 'void', since: null, resumesAt: null } }, at('2026-03-12'));
    }
    const trial = { status: 'trialing', trialStart: at('2026-03-12'), trialEnd: at('2026-04-12') } as const;
    c.see(subscription(at('2026-03-12'), { customerId: 'trial', items: [item(price())], ...trial }), at('2026-03-12'));
    c.see(subscription(at('2026-03-12'), { customerId: 'fresh', items: [item(price())] }), at('2026-03-12'));
    c.charge('cus_1', 4_321, at('2026-03-05'));
    c.charge('cus_3', 1_111, at('2026-03-12'), EUR);
    c.charge('cus_6', 1_112, at('2026-03-12'), EUR);
    c.refund(321, at('2026-03-31'));
    c.invoice({ customerId: 'cus_1', createdAt: at('2026-03-05'), totalMinor: 5_000, taxMinor: 800, lines: [] });
  });
  c.recompute();
  shot = snapshot(c.db, { asOf: to }, c.context);
});
afterAll(() => c.close());

/** Every page of the rows behind a figure. */
function everything(metric: string, kind?: 'churn' | 'expansion' | 'fx') {
  const pages = [explain(c.db, { metric, kind, from, to, limit: 7 }, c.context)];
  for (let cursor = pages[0]!.cursor; cursor !== null; cursor = pages.at(-1)!.cursor)
    pages.push(explain(c.db, { metric, kind, from, to, limit: 7, cursor }, c.context));
  const rows = pages.flatMap((page) => page.rows);
  expect(rows).toHaveLength(pages[0]!.rowCount);
  return { ...pages[0]!, rows };
}

describe('the rows behind a figure', () => {
  test.each(EXPLAINABLE)('%s: add up to what is said', (metric) => {
    const { rows, total } = everything(metric);
    expect(rows.reduce((sum, row) => sum + row.amount, 0)).toBe(total);
  });

  test.each([
    'mrr',
    'arr',
    'cmrr',
    'pastDueMrr',
    'trialMrr',
    'committedTrialMrr',
    'customers',
    'newCustomers',
    'churnedCustomers',
    'trials',
    'netRevenue',
    'cashCollected',
    'refunds',
  ] as const)('%s: is the snapshot’s figure, and not 0', (metric) => {
    const { total, rows } = everything(metric);
    expect(total).toBe(shot[metric]);
    expect(rows.length).toBeGreaterThan(0);
  });

  test.each(['churn', 'expansion', 'fx'] as const)('movements of kind %s: are the bridge’s', (kind) => {
    expect(everything('movements', kind).total).toBe(shot.movements[kind]);
    expect(shot.movements[kind]).not.toBe(0);
  });

  test('all movements together are the change of MRR', () => {
    expect(everything('movements').total).toBe(shot.movements.closing - shot.movements.opening);
  });

  test('a row names customer, plan, price, discount, evidence and the vendor’s page', () => {
    const row = everything('mrr').rows.find(({ customerName }) => customerName === 'cus_25');
    expect(row).toMatchObject({
      plan: 'Kite',
      quantity: '1',
      evidence: 'event',
      nativeCurrency: 'USD',
      note: '33% off (Early, forever)',
      sourceUrl: expect.stringMatching(/^https:\/\/dashboard\.stripe\.com\/subscriptions\/sub_/),
    });
    expect(everything('movements', 'churn').rows[0]).toMatchObject({
      kind: 'churn',
      on: '2026-03-05',
      note: 'canceled',
    });
  });

  test('notes write amounts and days as the founder reads them', () => {
    const before = everything('nrr').rows.map(({ note }) => note);
    for (const note of before) expect(note).toMatch(/^\$[\d,.]+ of MRR twelve months before$/);
    const c = company('2026-06-30');
    try {
      const off = { ...coupon({ name: 'Ten off' }), percentOff: null, amountOff: 1_050, currency: EUR };
      const body = { customerId: 'cus', currency: EUR, discounts: [discount(off, at('2026-03-01'))] };
      c.rate('2026-03-31', 'USD', '1.1');
      c.see(subscription(at('2026-03-01'), { ...body, items: [item(price({ currency: EUR }))] }), at('2026-03-01'));
      c.recompute();
      const { rows } = explain(c.db, { metric: 'mrr', to, limit: 5 }, c.context);
      expect(rows.map(({ note }) => note)).toEqual(['€10.50 off (Ten off, forever)']);
    } finally {
      c.close();
    }
  });

  test('a metric without rows, and a made-up cursor, are refused', () => {
    expect(failureOf(() => explain(c.db, { metric: 'luck', to, limit: 5 }, c.context)).code).toBe('invalid_input');
    expect(failureOf(() => explain(c.db, { metric: 'mrr', to, limit: 5, cursor: 'x' }, c.context)).code).toBe(
      'invalid_input',
    );
  });
});

test('a subscription with usage beside it is named by what is licensed', () => {
  const c = company('2026-06-30');
  try {
    const tiers = [{ upTo: null, unitAmount: '500', flatAmount: '1000' }];
    const licensed = price({ id: 'licensed', unitAmount: null, tiers, scheme: 'graduated' });
    const items = [item(price({ id: 'usage', metered: true, unitAmount: '3' })), item(licensed)];
    c.see(subscription(at('2026-03-01'), { customerId: 'cus', items }), at('2026-03-01'));
    c.recompute();
    expect(explain(c.db, { metric: 'mrr', to, limit: 5 }, c.context).rows).toMatchObject([{ priceId: 'licensed' }]);
  } finally {
    c.close();
  }
});

describe('a subscription of a plan and its seats', () => {
  const seats = price({ unitAmount: '1000' });
  const plan = price({ unitAmount: '10000' });
  const body = subscription(at('2026-03-01'), {
    customerId: 'team',
    items: [item(plan), { ...item(seats), quantity: '5' }],
  });

  test.each([
    ['seats are added', { items: [body.items[0]!, { ...body.items[1]!, quantity: '8' }] }, 'expansion', seats.id, '8'],
    ['it ends', { status: 'canceled', canceledAt: at('2026-03-20'), endedAt: at('2026-03-20') }, 'churn', plan.id, '1'],
  ] as const)(
    '%s: the row names the price that changed most, with its own quantity',
    (_, over, kind, plan, quantity) => {
      const team = company('2026-06-30');
      try {
        team.see(body, at('2026-03-01'));
        team.see({ ...body, ...over }, at('2026-03-20'));
        team.recompute();
        const { rows } = explain(team.db, { metric: 'movements', kind, from, to, limit: 5 }, team.context);
        expect(rows).toMatchObject([{ kind, priceId: plan, plan, quantity }]);
      } finally {
        team.close();
      }
    },
  );
});
