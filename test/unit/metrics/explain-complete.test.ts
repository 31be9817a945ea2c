/**
 * From every figure to its rows: of each metric of the registry, the rows add up to the figure (of a ratio to its
 * numerator, and what it is divided by has rows of its own), and each leads to an object at the vendor.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFINITIONS, explain, EXPLAINABLE, snapshot } from '../../../src/main/engine/metrics/index.ts';
import type { ExplainRow } from '../../../src/shared/contract/metrics.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, EUR, item, price, subscription, type Company } from './support/company.ts';

const from = plainDay('2026-03-01');
const to = plainDay('2026-03-31');

/** Contracts are not recorded. */
const WITHOUT_ROWS = new Set(['contractedArr']);
/** Costs are entered in the app or come from a file; exchange rates are nobody's object. */
const OWN_ENTRIES = new Set([
  'salesAndMarketing',
  'costOfRevenue',
  'grossProfit',
  'grossMargin',
  'cac',
  'cacPaybackMonths',
  'cacPaybackMonthsBeforeMargin',
  'ltvToCac',
  'operatingMargin',
  'ruleOf40',
  'netBurn',
  'burnMultiple',
  'magicNumber',
]);
/** Read off their rows: a mean, a median. */
const READ_OFF = new Set(['trialConversion', 'timeToFirstPayment', 'nps', 'firstResponseMedian', 'firstResponseP90']);

let c: Company;

beforeAll(() => {
  c = company('2026-06-30');
  c.db.transaction(() => {
    for (const day of ['2025-03-31', '2026-02-28', '2026-03-05', '2026-03-12', '2026-03-31'])
      c.rate(day, 'USD', day < '2026-03-10' ? '1.1' : '1.17');
    for (let n = 0; n < 30; n++) {
      const currency = n % 4 === 3 ? { currency: EUR } : {};
      const body = subscription(at('2025-01-05'), {
        id: `sub_${n}`,
        customerId: `cus_${n}`,
        ...currency,
        items: [
          item(price({ unitAmount: String(1_000 + 137 * n), interval: n % 5 === 0 ? 'year' : 'month', ...currency })),
        ],
        ...(n % 7 === 0 && { discounts: [discount(coupon({ percentOff: '12.5' }), at('2025-01-05'))] }),
      });
      c.see(body, at('2025-01-05'));
      const ended = { status: 'canceled', canceledAt: at('2026-03-05'), endedAt: at('2026-03-05') } as const;
      if (n < 4) c.see({ ...body, ...ended }, at('2026-03-05'));
      else if (n < 9) c.see({ ...body, items: [{ ...body.items[0]!, quantity: '3' }] }, at('2026-03-12'));
      else if (n < 11) c.see({ ...body, status: 'past_due' }, at('2026-03-12'));
      else if (n < 13) c.see({ ...body, cancelAt: at('2026-05-05'), canceledAt: at('2026-03-12') }, at('2026-03-12'));
      else if (n < 15) c.see({ ...body, pause: { behavior: 'void', since: null, resumesAt: null } }, at('2026-03-12'));
    }
    for (const n of [1, 2, 3])
      c.see(
        subscription(at('2026-03-12'), { id: `sub_new_${n}`, customerId: `cus_new_${n}`, items: [item(price())] }),
        at('2026-03-12'),
      );
    for (const n of [1, 2, 3, 4]) {
      const trial = { trialStart: at('2026-03-01'), trialEnd: at('2026-03-15') };
      const body = subscription(at('2026-03-01'), {
        id: `sub_trial_${n}`,
        customerId: `cus_trial_${n}`,
        items: [item(price())],
        ...trial,
      });
      c.see({ ...body, status: 'trialing' }, at('2026-03-01'));
      if (n === 4) c.see({ ...body, status: 'canceled', endedAt: at('2026-03-15') }, at('2026-03-15'));
      else c.see(body, at('2026-03-15'));
    }
    const still = { trialStart: at('2026-03-25'), trialEnd: at('2026-04-25'), status: 'trialing' } as const;
    c.see(
      subscription(at('2026-03-25'), { id: 'sub_trying', customerId: 'cus_trying', items: [item(price())], ...still }),
      at('2026-03-25'),
    );
    c.charge('cus_1', 4_321, at('2026-03-05'));
    tries('pi_recovered', 'cus_2', ['2026-03-06', 'failed'], ['2026-03-09', 'succeeded']);
    tries('pi_of_february', 'cus_3', ['2026-02-20', 'failed'], ['2026-03-03', 'succeeded']);
    tries('pi_at_once', 'cus_5', ['2026-03-07', 'succeeded']);
    tries('pi_lost', 'cus_6', ['2026-03-08', 'failed'], ['2026-03-11', 'failed']);
    // Discounted to nothing: in no MRR, but at list prices.
    c.see(
      subscription(at('2025-02-05'), {
        id: 'sub_free',
        customerId: 'cus_free',
        items: [item(price({ unitAmount: '9999' }))],
        discounts: [discount(coupon({ percentOff: '100' }), at('2025-02-05'))],
      }),
      at('2025-02-05'),
    );
    c.refund(321, at('2026-03-31'));
    c.invoice({ customerId: 'cus_1', createdAt: at('2026-03-05'), totalMinor: 5_000, taxMinor: 800, lines: [] });
  });
  c.recompute();
});
afterAll(() => c.close());

/** Charges of one payment, in order. */
function tries(payment: string, customerId: string, ...charges: [day: string, status: 'failed' | 'succeeded'][]): void {
  for (const [day, status] of charges)
    c.db
      .prepareWrite<(string | number)[]>(
        `INSERT INTO charge (source_id, id, billing_customer_id, payment_intent_id, status, currency, amount_minor, amount_refunded_minor, created_at)
         VALUES (1, ?, ?, ?, ?, 'USD', 1000, 0, ?)`,
      )
      .run(`ch_${payment}_${day}`, customerId, payment, status, at(day));
}

function everything(metric: string, days: { from: typeof from; to: typeof to } = { from, to }) {
  const rows: ExplainRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = explain(c.db, { metric, ...days, limit: 500, ...(cursor !== undefined && { cursor }) }, c.context);
    rows.push(...page.rows);
    if (page.cursor === null) return { ...page, rows };
    cursor = page.cursor;
  }
  throw new Error('a page without a next one ends the loop');
}

test('every metric of the registry can be taken apart, and nothing else', () => {
  const ids = DEFINITIONS.map(({ id }) => id).filter((id) => !WITHOUT_ROWS.has(id));
  expect(EXPLAINABLE.toSorted()).toEqual(ids.toSorted());
});

describe.each(EXPLAINABLE)('%s', (metric) => {
  test('its rows add up to what is said, and each leads somewhere', () => {
    const { rows, total } = everything(metric);
    expect(rows.reduce((sum, row) => sum + row.amount, 0)).toBe(total);
    if (OWN_ENTRIES.has(metric)) return;
    for (const row of rows.filter(({ kind }) => kind !== 'fx')) {
      expect(row.sourceObjectId, JSON.stringify(row)).not.toBeNull();
      expect(row.sourceUrl, JSON.stringify(row)).toMatch(/^https:\/\/dashboard\.stripe\.com\//);
    }
  });
});

describe('ratios', () => {
  const RATIOS = DEFINITIONS.filter(({ kind, id }) => kind === 'ratio' && EXPLAINABLE.includes(id)).map(({ id }) => id);

  test.each(RATIOS.filter((id) => !READ_OFF.has(id)))('%s: what it is divided by has rows that add up', (metric) => {
    const { dividedBy } = everything(metric);
    if (!dividedBy) throw new Error(`${metric} is divided by nothing`);
    const below = everything(dividedBy.metric, { from: dividedBy.from, to: dividedBy.to });
    expect([below.total, below.unit]).toEqual([dividedBy.total, dividedBy.unit]);
  });

  test.each([
    ['grossChurn', -1],
    ['netChurn', -1],
    ['logoChurn', 1],
    ['nrr', 1],
    ['grr', 1],
    ['quickRatio', -1],
    ['arpa', 1],
    ['asp', 1],
    ['failedPaymentRate', 1],
    ['discountShare', 1],
  ] as const)('%s: the one over the other is the figure', (metric, sign) => {
    const { total, dividedBy } = everything(metric);
    const figure = snapshot(c.db, { asOf: to }, c.context)[metric];
    const quotient = (sign * total) / (dividedBy?.total ?? Number.NaN);
    // Numerator and denominator are shown in whole minor units, the ratio is of exact amounts.
    const tolerance = metric === 'arpa' || metric === 'asp' ? 1 : 0.001;
    expect(Math.abs(quotient - (figure ?? Number.NaN))).toBeLessThan(tolerance);
  });

  test.each([...READ_OFF])('%s: read off its rows as it says', (metric) => {
    const { reading, rows, dividedBy } = everything(metric);
    if (!reading) throw new Error(`${metric} says nothing of how its rows are read`);
    expect([dividedBy, reading.value === null]).toEqual([null, rows.length === 0]);
  });

  test('the failed-payment rate is of the payments first tried: no later try is among them', () => {
    const { rows, total } = everything('paymentsTried');
    const objects = rows.map(({ sourceObjectId, note }) => [sourceObjectId, note]);
    expect(total).toBe(4);
    expect(objects).toContainEqual(['ch_pi_at_once_2026-03-07', 'Succeeded at first']);
    expect(objects).toContainEqual(['ch_pi_recovered_2026-03-06', 'Failed once, recovered later']);
    expect(objects.flat()).not.toContain('ch_pi_recovered_2026-03-09');
    expect(objects.flat()).not.toContain('ch_pi_of_february_2026-03-03');
    expect(snapshot(c.db, { asOf: to }, c.context).failedPaymentRate).toBe(0.5);
  });

  test('the discount share is of MRR at list prices, with what is discounted to nothing', () => {
    const { rows, total } = everything('listMrr');
    const { mrr, discountGiven } = snapshot(c.db, { asOf: to }, c.context);
    expect(Math.abs(total - (mrr ?? Number.NaN) - (discountGiven ?? Number.NaN))).toBeLessThanOrEqual(1);
    expect(rows.find(({ subscriptionId }) => subscriptionId === 'sub_free')).toMatchObject({ amount: 9_999 });
    expect(new Set(rows.map(({ subscriptionId }) => subscriptionId)).size).toBe(rows.length);
  });

  test('trial conversion lists every trial that ended, and which of them pay', () => {
    const { rows, total, reading } = everything('trialConversion');
    expect([total, rows.length]).toEqual([3, 4]);
    expect(reading).toEqual({ as: 'mean', value: 0.75 });
    expect(snapshot(c.db, { asOf: to }, c.context).trialConversion).toBe(0.75);
    expect(rows.at(-1)).toMatchObject({ amount: 0, note: 'On trial since Mar 1, 2026, does not pay' });
  });
});
