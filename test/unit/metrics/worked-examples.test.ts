/** The public worked examples of metrics.md: facts in through the store, figures out through the front door. */
import { afterEach, describe, expect, test } from 'vitest';
import { DEFINITIONS, POLICIES } from '../../../src/main/engine/metrics/index.ts';

import { at, company, coupon, discount, item, price, subscription, type Company } from './support/company.ts';
import { bridged, ledger, month, on } from './support/figures.ts';

let opened: Company[] = [];
const open: typeof company = (...options) => {
  const c = company(...options);
  opened.push(c);
  return c;
};
afterEach(() => {
  for (const c of opened) c.close();
  opened = [];
});

/** One customer with one subscription from a day on. */
function sell(c: Company, customerId: string, start: string, items: ReturnType<typeof item>[], over = {}) {
  const body = subscription(at(start), { customerId, items, ...over });
  c.see(body, at(start));
  return body;
}

function end(c: Company, body: ReturnType<typeof subscription>, day: string) {
  c.see({ ...body, status: 'canceled', canceledAt: at(day), endedAt: at(day) }, at(day));
}

describe('the worked examples', () => {
  test('ST-03: 50,000 of 100 customers is an ARPA of 500', () => {
    const c = open();
    for (let n = 0; n < 100; n++) sell(c, `cus_${n}`, '2026-01-01', [item(price({ unitAmount: '50000' }))]);
    expect(on(c, '2026-01-31')).toMatchObject({ mrr: 5_000_000, customers: 100, arpa: 50_000 });
  });

  test('ST-05: 100 trials ended, 15 converted: 15 %', () => {
    const c = open();
    for (let n = 0; n < 100; n++) {
      const trial = { status: 'trialing', trialStart: at('2026-03-01'), trialEnd: at('2026-03-15') } as const;
      const body = sell(c, `cus_${n}`, '2026-03-01', [item(price())], trial);
      if (n < 15) c.see({ ...body, status: 'active' }, at('2026-03-15'));
      else end(c, body, '2026-03-15');
    }
    expect(month(c, '2026-03')).toMatchObject({ trialConversion: 0.15, newCustomers: 15 });
  });

  test('ST-09: 100 at $10, 10 leave, 5 move to $25: net retention 97.5 %', () => {
    const c = open('2027-01-31');
    for (let n = 0; n < 100; n++) {
      const body = sell(c, `cus_${n}`, '2026-01-01', [item(price({ unitAmount: '1000' }))]);
      if (n < 10) end(c, body, '2026-06-01');
      else if (n < 15) c.see({ ...body, items: [item(price({ unitAmount: '2500' }))] }, at('2026-06-01'));
    }
    expect(on(c, '2027-01-31')).toMatchObject({ nrr: 0.975, grr: 0.9 });
  });

  test('ST-12, PO-04: a 50 % forever coupon halves the MRR', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price())], {
      discounts: [discount(coupon({ percentOff: '50' }), at('2026-01-01'))],
    });
    expect(on(c, '2026-06-30').mrr).toBe(5_000);
  });

  test('ST-14, BM-02: $1,200 a year is 100 a month, $120 is 10', () => {
    const c = open();
    sell(c, 'a', '2026-01-01', [item(price({ unitAmount: '120000', interval: 'year' }))]);
    expect(on(c, '2026-01-31').mrr).toBe(10_000);
    sell(c, 'b', '2026-02-01', [item(price({ unitAmount: '12000', interval: 'year' }))]);
    expect(on(c, '2026-02-28').mrr).toBe(11_000);
  });

  test('CM-01: 5 × $5, then 2 × $30 more: 25, then 85', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '500' }), { quantity: '5' })]);
    expect(on(c, '2026-01-31').mrr).toBe(2_500);
    sell(c, 'cus', '2026-02-01', [item(price({ unitAmount: '3000' }), { quantity: '2' })]);
    expect(on(c, '2026-02-28').mrr).toBe(8_500);
  });

  test('CM-06: a churned customer subscribes again, 3 × $50: a reactivation of 150', () => {
    const c = open();
    end(c, sell(c, 'cus', '2026-01-01', [item(price())]), '2026-02-10');
    sell(c, 'cus', '2026-04-05', [item(price({ unitAmount: '5000' }), { quantity: '3' })]);
    expect(month(c, '2026-04').movements).toMatchObject({ reactivation: 15_000, new: 0 });
  });

  test('CM-07, CM-08: start 100, churn 10, contraction 10, expansion 10: gross churn 20 %, net 10 %', () => {
    const c = open();
    const tens = Array.from({ length: 10 }, (_, n) =>
      sell(c, `cus_${n}`, '2026-01-01', [item(price({ unitAmount: '1000' }))]),
    );
    end(c, tens[0]!, '2026-03-05');
    for (const n of [1, 2]) c.see({ ...tens[n]!, items: [item(price({ unitAmount: '500' }))] }, at('2026-03-06'));
    c.see({ ...tens[3]!, items: [item(price({ unitAmount: '2000' }))] }, at('2026-03-07'));
    expect(month(c, '2026-03')).toMatchObject({ grossChurn: 0.2, netChurn: 0.1, quickRatio: 0.5 });
  });

  test('CM-09: 100 at the start; 11 cancel, one of whom joined in the month: 10 %', () => {
    const c = open();
    const bodies = Array.from({ length: 100 }, (_, n) => sell(c, `cus_${n}`, '2026-01-01', [item(price())]));
    for (const body of bodies.slice(0, 10)) end(c, body, '2026-03-20');
    end(c, sell(c, 'late', '2026-03-05', [item(price())]), '2026-03-25');
    expect(month(c, '2026-03')).toMatchObject({ logoChurn: 0.1, churnedCustomers: 10, newCustomers: 1 });
  });

  test('CM-12: ARPA 100 and a churn of 5 % make a lifetime revenue of 2,000', () => {
    const c = open('2026-04-30');
    const bodies = Array.from({ length: 8_000 / 20 }, (_, n) => sell(c, `cus_${n}`, '2026-01-01', [item(price())]));
    let left = bodies;
    for (const monthText of ['2026-02', '2026-03', '2026-04']) {
      const leavers = left.length / 20;
      for (const body of left.slice(0, leavers)) end(c, body, `${monthText}-10`);
      left = left.slice(leavers);
      for (let n = 0; n < leavers; n++) left.push(sell(c, `${monthText}-${n}`, `${monthText}-11`, [item(price())]));
    }
    expect(month(c, '2026-04')).toMatchObject({ arpa: 10_000, logoChurn: 0.05, ltvBeforeMargin: 200_000, ltv: null });
  });

  test('PW-01: $120 a year with 10 % off is 9', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '12000', interval: 'year' }))], {
      discounts: [discount(coupon({ percentOff: '10' }), at('2026-01-01'))],
    });
    expect(on(c, '2026-06-30').mrr).toBe(900);
  });

  test('PW-02: $10 a month with 10 % off for three months: 9 while it lasts, then 10', () => {
    const c = open();
    const limited = discount(
      coupon({ percentOff: '10', duration: 'repeating', durationInMonths: 3 }),
      at('2026-01-01'),
      at('2026-04-01'),
    );
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '1000' }))], { discounts: [limited] });
    expect(on(c, '2026-03-31').mrr).toBe(900);
    expect(on(c, '2026-04-01').mrr).toBe(1_000);
    expect(ledger(c)).toEqual(['2026-01-01 new 10800', '2026-04-01 expansion 1200']);
  });

  test('BM-03: $10 a month with 50 % for life is 5', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '1000' }))], {
      discounts: [discount(coupon({ percentOff: '50' }), at('2026-01-01'))],
    });
    expect(on(c, '2026-06-30').mrr).toBe(500);
  });

  test('BM-04: a 100 % coupon given to a payer is churn of customer and revenue', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, discounts: [discount(coupon({ percentOff: '100' }), at('2026-03-10'))] }, at('2026-03-10'));
    expect(month(c, '2026-03')).toMatchObject({ mrr: 0, customers: 0, churnedCustomers: 1, logoChurn: 1 });
    expect(month(c, '2026-03').movements.churn).toBe(-10_000);
  });

  test('BM-06: $10 a week is 43.33, and 43.30 under the 4.33 policy', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price({ unitAmount: '1000', interval: 'week' }))]);
    expect(on(c, '2026-06-30').mrr).toBe(4_333);
    const baremetrics = { ...c.context, policy: POLICIES['baremetrics']! };
    expect(on(c, '2026-06-30', baremetrics).mrr).toBe(4_330);
  });

  test('CB-02: 1,000, of which 100 leaves and 200 is upgraded: 110 % after twelve months', () => {
    const c = open('2027-01-31');
    const bodies = Array.from({ length: 10 }, (_, n) => sell(c, `cus_${n}`, '2026-01-01', [item(price())]));
    end(c, bodies[0]!, '2026-05-01');
    c.see({ ...bodies[1]!, items: [item(price({ unitAmount: '30000' }))] }, at('2026-06-01'));
    expect(on(c, '2027-01-31').nrr).toBeCloseTo(1.1, 12);
  });

  test('CB-03: plan 100 + add-on 100 − discount 50 is 150', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price()), item(price())], {
      discounts: [discount(coupon({ amountOff: 5_000 }), at('2026-01-01'))],
    });
    expect(on(c, '2026-06-30').mrr).toBe(15_000);
  });

  test('ZU-02: $100 less 10 % is 90', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price())], {
      discounts: [discount(coupon({ percentOff: '10' }), at('2026-01-01'))],
    });
    expect(on(c, '2026-06-30').mrr).toBe(9_000);
  });

  test('PO-01: $100 a month + $1,000 a year: 183.33; $100 more: 283.33; two customers: ARPA 91.67', () => {
    const c = open();
    sell(c, 'a', '2026-01-01', [item(price())]);
    sell(c, 'b', '2026-01-01', [item(price({ unitAmount: '100000', interval: 'year' }))]);
    expect(on(c, '2026-01-31')).toMatchObject({ mrr: 18_333, arpa: 9_167 });
    sell(c, 'a', '2026-02-01', [item(price())]);
    expect(on(c, '2026-02-28').mrr).toBe(28_333);
  });

  test('PO-08: $15 a month with $14 off the first month, 77 buyers: 1,155', () => {
    const c = open();
    for (let n = 0; n < 77; n++)
      sell(c, `cus_${n}`, '2026-01-01', [item(price({ unitAmount: '1500' }))], {
        discounts: [discount(coupon({ amountOff: 1_400, duration: 'once' }), at('2026-01-01'))],
      });
    expect(on(c, '2026-01-31').mrr).toBe(115_500);
  });

  test('JZ-01: 3,000 + 1,980 new + 245 expansion − 98 lost is 5,127', () => {
    const c = open();
    const base = sell(c, 'base', '2026-01-01', [item(price({ unitAmount: '290200' }))]);
    const leaver = sell(c, 'leaver', '2026-01-01', [item(price({ unitAmount: '9800' }))]);
    sell(c, 'fresh', '2026-02-03', [item(price({ unitAmount: '198000' }))]);
    c.see({ ...base, items: [item(price({ unitAmount: '314700' }))] }, at('2026-02-10'));
    end(c, leaver, '2026-02-20');
    const { mrr } = bridged(c, '2026-02-01', '2026-02-28');
    expect(mrr).toMatchObject({ opening: 300_000, new: 198_000, expansion: 24_500, churn: -9_800, closing: 512_700 });
  });

  test('ST-08: losing 10 % of the customers left each month keeps 90, 81, 72.9 % …', () => {
    const c = open();
    let left = Array.from({ length: 1_000 }, (_, n) => sell(c, `cus_${n}`, '2026-01-01', [item(price())]));
    const kept: number[] = [];
    for (const text of ['2026-02', '2026-03', '2026-04']) {
      for (const body of left.slice(0, left.length / 10)) end(c, body, `${text}-15`);
      left = left.slice(left.length / 10);
      expect(month(c, text).logoChurn).toBe(0.1);
      kept.push(month(c, text).customers / 1_000);
    }
    expect(kept).toEqual([0.9, 0.81, 0.729]);
  });

  test('R2: a thousand plans of $100 a year are 100,000 ARR and 8,333.33 MRR', () => {
    const c = open();
    for (let n = 0; n < 1_000; n++) sell(c, `cus_${n}`, '2026-01-01', [item(price({ interval: 'year' }))]);
    expect(on(c, '2026-06-30')).toMatchObject({ arr: 10_000_000, mrr: 833_333 });
  });
});

test('every definition names its rule, its formula and a source over https', () => {
  for (const { id, definition, formula, rule, source } of DEFINITIONS) {
    expect(definition.length, id).toBeGreaterThan(5);
    expect(formula.length, id).toBeGreaterThan(5);
    expect(rule, id).toMatch(/^R\d+/);
    expect(new URL(source.url).protocol, id).toBe('https:');
  }
  expect(new Set(DEFINITIONS.map(({ id }) => id)).size).toBe(DEFINITIONS.length);
});
