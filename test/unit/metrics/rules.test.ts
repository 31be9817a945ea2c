/** The rules R1–R14 as built, one by one: facts in, figures out. */
import { afterEach, describe, expect, test } from 'vitest';
import { freshness, movements, POLICIES, snapshot, verify } from '../../../src/main/engine/metrics/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay, timeZone } from '../../../src/shared/kernel/day.ts';
import { at, company, coupon, discount, EUR, item, price, subscription, USD, type Company } from './support/company.ts';
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

function sell(c: Company, customerId: string, start: string, items: ReturnType<typeof item>[], over = {}) {
  const body = subscription(at(start), { customerId, items, ...over });
  c.see(body, at(start));
  return body;
}

const mrrOf = (items: ReturnType<typeof item>[], over = {}) => {
  const c = open();
  sell(c, 'cus', '2026-01-01', items, over);
  return on(c, '2026-06-30').mrr;
};

describe('R2: intervals', () => {
  test.each([
    ['year', 1, 1_000],
    ['year', 2, 500],
    ['month', 1, 12_000],
    ['month', 3, 4_000],
    ['month', 7, 1_714],
    ['week', 1, 52_000],
    ['week', 2, 26_000],
    ['day', 1, 365_000],
  ] as const)('every %s × %i at $120 is %i a month', (interval, count, cents) => {
    expect(mrrOf([item(price({ unitAmount: '12000', interval, count }))])).toBe(cents);
  });
});

describe('R3: price models', () => {
  const tiers = [
    { upTo: 5, unitAmount: '1000', flatAmount: '500' },
    { upTo: 10, unitAmount: '800', flatAmount: '0' },
    { upTo: null, unitAmount: '600', flatAmount: '2000' },
  ];
  test.each([
    ['graduated', '3', 3_500],
    ['graduated', '5', 5_500],
    ['graduated', '7', 7_100],
    ['graduated', '12', 12_700],
    ['volume', '3', 3_500],
    ['volume', '7', 5_600],
    ['volume', '12', 9_200],
  ] as const)('%s tiers at %s units bill %i', (scheme, quantity, cents) => {
    expect(mrrOf([item(price({ scheme, tiers, unitAmount: null }), { quantity })])).toBe(cents);
  });

  test.each([
    ['up', '11', 3_000],
    ['down', '11', 2_000],
    ['up', '10', 2_000],
  ] as const)('packages of five rounded %s at %s units bill %i', (round, quantity, cents) => {
    const packaged = price({ unitAmount: '1000', transformQuantity: { divideBy: 5, round } });
    expect(mrrOf([item(packaged, { quantity })])).toBe(cents);
  });

  test('prices below a cent, fractions of a unit and yen', () => {
    expect(mrrOf([item(price({ unitAmount: '0.05' }), { quantity: '1234' })])).toBe(62);
    expect(mrrOf([item(price({ unitAmount: '1000' }), { quantity: '1.5' })])).toBe(1_500);
  });

  test('a quantity beyond the last tier is not valued, and said so', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [
      item(price({ scheme: 'volume', unitAmount: null, tiers: [{ upTo: 10, unitAmount: '100', flatAmount: '0' }] }), {
        quantity: '11',
      }),
      item(price()),
    ]);
    const shot = on(c, '2026-06-30');
    expect(shot.mrr).toBe(10_000);
    expect(shot.unvalued).toMatchObject([{ what: 'price', reason: expect.stringContaining('11') }]);
    expect(freshness(c.db, c.context).unvaluedItems).toBe(1);
  });
});

describe('R4: usage', () => {
  test('metered prices are no MRR; the run rate is the mean of the last three closed periods', () => {
    const c = open();
    const metered = price({ metered: true, unitAmount: '1' });
    const body = sell(c, 'cus', '2026-01-01', [item(price()), item(metered, { id: 'si_usage' })]);
    const bill = (from: string, to: string, amountMinor: number) =>
      c.invoice({
        customerId: 'cus',
        subscriptionId: body.id,
        createdAt: at(to),
        lines: [
          { price: metered, subscriptionItemId: 'si_usage', amountMinor, periodStart: at(from), periodEnd: at(to) },
        ],
      });
    bill('2026-01-01', '2026-02-01', 9_000);
    bill('2026-02-01', '2026-03-01', 3_000);
    bill('2026-03-01', '2026-04-01', 3_000);
    bill('2026-04-01', '2026-05-01', 6_000);
    expect(on(c, '2026-01-31')).toMatchObject({ mrr: 10_000, usageRunRate: 0 });
    expect(on(c, '2026-02-28').usageRunRate).toBe(9_000);
    expect(on(c, '2026-04-30').usageRunRate).toBe(5_000);
    expect(on(c, '2026-06-30').usageRunRate).toBe(4_000);
  });
});

describe('R5: discounts', () => {
  const yearly = () =>
    item(price({ unitAmount: '120000', interval: 'year' }), { currentPeriodStart: at('2026-01-01') });

  test('once on a yearly term holds for the term, and no longer', () => {
    const c = open('2027-06-30');
    const once = discount(coupon({ percentOff: '50', duration: 'once' }), at('2026-01-01'));
    const body = sell(c, 'cus', '2026-01-01', [yearly()], { discounts: [once] });
    // Stripe takes a used «once» off the subscription right away.
    c.see({ ...body, discounts: [] }, at('2026-01-02'));
    expect(on(c, '2026-12-31').mrr).toBe(5_000);
    expect(on(c, '2027-01-01').mrr).toBe(10_000);
  });

  test('a coupon of three months holds for the whole yearly term whose invoice it reduced', () => {
    const c = open('2027-06-30');
    const limited = coupon({ percentOff: '20', duration: 'repeating', durationInMonths: 3 });
    sell(c, 'cus', '2026-01-01', [yearly()], { discounts: [discount(limited, at('2026-01-01'), at('2026-04-01'))] });
    expect(on(c, '2026-12-31').mrr).toBe(8_000);
    expect(on(c, '2027-01-01').mrr).toBe(10_000);
  });

  test('a limited coupon given in mid-term does not reach back to an invoice that it did not reduce', () => {
    const c = open();
    const limited = coupon({ percentOff: '20', duration: 'repeating', durationInMonths: 3 });
    const body = sell(c, 'cus', '2026-01-01', [yearly()]);
    c.see({ ...body, discounts: [discount(limited, at('2026-03-01'), at('2026-06-01'))] }, at('2026-03-01'));
    expect(on(c, '2026-04-30').mrr).toBe(10_000);
  });

  test('percent and amount stack in the order given; an amount off is never more than what is billed', () => {
    const tenPercent = discount(coupon({ percentOff: '10' }), at('2026-01-01'));
    const twenty = discount(coupon({ amountOff: 2_000 }), at('2026-01-01'));
    expect(mrrOf([item(price())], { discounts: [tenPercent, twenty] })).toBe(7_000);
    expect(mrrOf([item(price())], { discounts: [twenty, tenPercent] })).toBe(7_200);
    const huge = discount(coupon({ amountOff: 99_999 }), at('2026-01-01'));
    expect(mrrOf([item(price())], { discounts: [huge] })).toBe(0);
  });

  test('an amount off is split by what the items bill per period, each share in its own interval', () => {
    // $50 off $100 a month and $400 a year: $10 a month and $40 a year.
    const items = [item(price()), item(price({ unitAmount: '40000', interval: 'year' }))];
    expect(mrrOf(items, { discounts: [discount(coupon({ amountOff: 5_000 }), at('2026-01-01'))] })).toBe(9_000 + 3_000);
  });

  test('limited to products; on one item; in another currency', () => {
    const items = () => [item(price({ productId: 'a' })), item(price({ productId: 'b' }))];
    const onA = discount(coupon({ percentOff: '50', appliesToProducts: ['a'] }), at('2026-01-01'));
    expect(mrrOf(items(), { discounts: [onA] })).toBe(15_000);
    const half = discount(coupon({ percentOff: '50' }), at('2026-01-01'));
    expect(mrrOf([item(price(), { discounts: [half] }), item(price())])).toBe(15_000);
    const euros = discount(coupon({ amountOff: 5_000, currency: EUR }), at('2026-01-01'));
    expect(mrrOf([item(price())], { discounts: [euros] })).toBe(10_000);
  });

  test('a subscription’s discounts replace the customer’s', () => {
    const c = open();
    c.customer('cus', { discounts: [discount(coupon({ percentOff: '50' }), at('2026-01-01'))] });
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    expect(on(c, '2026-01-31').mrr).toBe(5_000);
    c.see({ ...body, discounts: [discount(coupon({ percentOff: '10' }), at('2026-02-01'))] }, at('2026-02-01'));
    expect(on(c, '2026-02-28').mrr).toBe(9_000);
  });
});

describe('R6, R7, R8: what counts', () => {
  test('a move to a free plan is churn', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, items: [item(price({ unitAmount: '0' }))] }, at('2026-03-01'));
    expect(ledger(c)).toEqual(['2026-01-01 new 120000', '2026-03-01 churn -120000']);
  });

  test('a trial is no MRR; it becomes new on the day it ends, without another sync', () => {
    const c = open('2026-02-10');
    sell(c, 'cus', '2026-02-01', [item(price())], {
      status: 'trialing',
      trialStart: at('2026-02-01'),
      trialEnd: at('2026-02-15'),
    });
    expect(on(c, '2026-02-10')).toMatchObject({
      mrr: 0,
      trialMrr: 10_000,
      committedTrialMrr: 10_000,
      trials: 1,
      customers: 0,
    });
    expect(on(c, '2026-02-15', c.on('2026-02-20'))).toMatchObject({
      mrr: 10_000,
      trialMrr: 0,
      trials: 0,
      customers: 1,
    });
  });

  test('a trial that is called off is not committed, and never becomes MRR', () => {
    const c = open('2026-02-20');
    const body = sell(c, 'cus', '2026-02-01', [item(price())], {
      status: 'trialing',
      trialStart: at('2026-02-01'),
      trialEnd: at('2026-02-15'),
    });
    c.see({ ...body, cancelAt: at('2026-02-15'), canceledAt: at('2026-02-05') }, at('2026-02-05'));
    expect(on(c, '2026-02-10')).toMatchObject({ trialMrr: 10_000, committedTrialMrr: 0 });
    expect(on(c, '2026-02-20')).toMatchObject({ mrr: 0, trialMrr: 0 });
  });

  test('an item on a trial of its own adds from its trial’s end', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price()), item(price({ unitAmount: '5000' }), { trialEnd: at('2026-03-01') })]);
    expect(on(c, '2026-02-28')).toMatchObject({ mrr: 10_000, trialMrr: 5_000 });
    expect(on(c, '2026-03-01')).toMatchObject({ mrr: 15_000, trialMrr: 0 });
  });

  test.each([
    ['active', 10_000, 0],
    ['past_due', 10_000, 10_000],
    ['unpaid', 0, 0],
    ['incomplete', 0, 0],
    ['incomplete_expired', 0, 0],
    ['paused', 0, 0],
  ] as const)('%s counts %i, of which past due %i', (status, mrr, pastDueMrr) => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price())], { status });
    expect(on(c, '2026-06-30')).toMatchObject({ mrr, pastDueMrr });
  });
});

describe('R9, R10: pauses and ends', () => {
  test('paused and resumed are kinds of their own, also when the resumption is only scheduled', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, pause: { behavior: 'void', since: null, resumesAt: at('2026-05-01') } }, at('2026-03-01'));
    expect(ledger(c)).toEqual(['2026-01-01 new 120000', '2026-03-01 paused -120000', '2026-05-01 resumed 120000']);
    expect(month(c, '2026-03')).toMatchObject({ grossChurn: 1, logoChurn: 1, cmrr: 0 });
  });

  test('a cancellation at the period’s end lowers committed MRR at once and MRR when it comes', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see(
      { ...body, cancelAt: at('2026-04-01'), cancelAtPeriodEnd: true, canceledAt: at('2026-03-10') },
      at('2026-03-10'),
    );
    expect(on(c, '2026-03-09')).toMatchObject({ mrr: 10_000, cmrr: 10_000 });
    expect(on(c, '2026-03-10')).toMatchObject({ mrr: 10_000, cmrr: 0 });
    expect(on(c, '2026-04-01')).toMatchObject({ mrr: 0, cmrr: 0 });
  });

  test('a cancellation that is withdrawn is none', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, cancelAt: at('2026-04-01'), canceledAt: at('2026-03-10') }, at('2026-03-10'));
    c.see(body, at('2026-03-20'));
    expect(on(c, '2026-03-15').cmrr).toBe(0);
    expect(on(c, '2026-06-30')).toMatchObject({ mrr: 10_000, cmrr: 10_000 });
  });
});

describe('R11: movements', () => {
  test('cancel and recreate on one day, in the company’s zone, is no churn', () => {
    const zone = timeZone('America/Los_Angeles');
    const c = open('2026-06-30', { zone });
    const body = sell(c, 'cus', '2026-01-05', [item(price())]);
    const over = at('2026-03-02T02:00:00Z'); // still 1 March in Los Angeles
    c.see({ ...body, status: 'canceled', canceledAt: over, endedAt: over }, over);
    const again = subscription(at('2026-03-01T20:00:00Z'), {
      customerId: 'cus',
      items: [item(price({ unitAmount: '12000' }))],
    });
    c.see(again, at('2026-03-01T20:00:00Z'));
    expect(ledger(c)).toEqual(['2026-01-04 new 120000', '2026-03-01 expansion 24000']);
    const range = { from: plainDay('2026-03-01'), to: plainDay('2026-03-01'), limit: 10 };
    const [row] = movements(c.db, range, c.context).rows;
    // The row is named after what made it grow; its parts tell the rest.
    expect(row).toMatchObject({ subscriptionId: again.id, nativeAnnualMinor: 24_000 });
    expect(row?.parts.map(({ annualMinor }) => annualMinor).toSorted((a, b) => a - b)).toEqual([-120_000, 144_000]);
    expect(bridged(c, '2026-03-01', '2026-03-31').counts.expansion).toBe(1);
  });

  test('up and down on one day leaves nothing', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, items: [item(price({ unitAmount: '20000' }))] }, at('2026-03-01T08:00:00Z'));
    c.see(body, at('2026-03-01T18:00:00Z'));
    expect(ledger(c)).toEqual(['2026-01-01 new 120000']);
  });

  test('a customer who leaves and is back by the month’s end is no churned logo; both movements stay', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, status: 'canceled', canceledAt: at('2026-03-05'), endedAt: at('2026-03-05') }, at('2026-03-05'));
    sell(c, 'cus', '2026-03-20', [item(price())]);
    expect(month(c, '2026-03')).toMatchObject({ logoChurn: 0, churnedCustomers: 0, grossChurn: 1, netChurn: 0 });
    expect(month(c, '2026-03').movements).toMatchObject({ churn: -10_000, reactivation: 10_000 });
  });
});

describe('R12: currencies', () => {
  const euros = (c: Company) => {
    const body = subscription(at('2026-01-10'), {
      customerId: 'cus',
      currency: EUR,
      items: [item(price({ currency: EUR }))],
    });
    c.see(body, at('2026-01-10'));
    return body;
  };

  test('a stock at its day’s rate, a movement at its own, the rest is FX', () => {
    const c = open();
    euros(c);
    for (const [day, rate] of [
      ['2026-01-08', '1.10'],
      ['2026-01-31', '1.20'],
      ['2026-02-28', '1.15'],
    ] as const)
      c.rate(day, 'USD', rate);
    expect(month(c, '2026-01').movements).toMatchObject({ opening: 0, new: 11_000, fx: 1_000, closing: 12_000 });
    expect(month(c, '2026-02').movements).toMatchObject({
      opening: 12_000,
      expansion: 0,
      contraction: 0,
      fx: -500,
      closing: 11_500,
    });
  });

  test('a rate is good for seven days; without one the amount is shown and not counted', () => {
    const c = open();
    euros(c);
    c.rate('2026-01-10', 'USD', '1.10');
    expect(on(c, '2026-01-17').mrr).toBe(11_000);
    const later = on(c, '2026-01-18');
    expect(later.mrr).toBeNull();
    expect(later.reasons['mrr']).toContain('EUR');
    expect(later.unvalued).toMatchObject([{ what: 'rate', annualMinor: 120_000, currency: 'EUR' }]);
  });

  test('a currency that nobody pays in says so, instead of naming a day without a rate', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price())]);
    c.recompute();
    const francs = snapshot(c.db, { asOf: plainDay('2026-02-15'), currency: currencyCode('CHF') }, c.context);
    expect(francs.mrr).toBeNull();
    expect(francs.reasons['mrr']).toBe(
      'No exchange rate of CHF is known: nobody pays in it. Make it the reporting currency and sync, and its rates are fetched',
    );
  });

  test('retention over a year of which one end has no rate is not defined: the amount is unknown, not 0', () => {
    const c = open();
    euros(c);
    c.see(subscription(at('2026-01-10'), { id: 'sub_usd', customerId: 'cus_usd' }), at('2026-01-10'));
    c.rate('2026-01-31', 'USD', '1.10');
    const { nrr, grr, logoChurn, reasons } = on(c, '2027-01-31');
    expect([nrr, grr, logoChurn]).toEqual([null, null, 0]);
    expect(reasons['nrr']).toContain('exchange rate');
    c.rate('2027-01-31', 'USD', '1.10');
    expect(on(c, '2027-01-31')).toMatchObject({ nrr: 1, grr: 1 });
  });

  test('a rate that arrives later values the movement, by a reversal and a new entry', () => {
    const c = open();
    euros(c);
    c.recompute();
    expect(month(c, '2026-01').movements.new).toBe(0);
    c.rate('2026-01-10', 'USD', '1.10');
    c.rate('2026-01-31', 'USD', '1.10');
    expect(c.recompute()).toMatchObject({ added: 1, reversed: 1 });
    expect(month(c, '2026-01').movements.new).toBe(11_000);
    expect(verify(c.db, c.context).differences).toEqual([]);
  });

  test('the trusted provider’s rate replaces another’s of the same day', () => {
    const c = open();
    euros(c);
    c.rate('2026-01-10', 'USD', '1.30', 'seed');
    expect(month(c, '2026-01').movements.new).toBe(13_000);
    c.rate('2026-01-10', 'USD', '1.20', 'ecb');
    expect(month(c, '2026-01').movements.new).toBe(12_000);
    c.rate('2026-01-10', 'USD', '1.10', 'frankfurter');
    expect(month(c, '2026-01').movements.new).toBe(11_000);
  });

  test('a customer in two currencies nets in the reporting one', () => {
    const c = open();
    c.rate('2026-01-10', 'USD', '1.10');
    c.rate('2026-03-01', 'USD', '1.10');
    const old = euros(c);
    const over = at('2026-03-01T10:00:00Z');
    c.see({ ...old, status: 'canceled', canceledAt: over, endedAt: over }, over);
    sell(c, 'cus', '2026-03-01', [item(price({ unitAmount: '15000' }))]);
    expect(month(c, '2026-03').movements).toMatchObject({ churn: 0, new: 0, expansion: 4_000, closing: 15_000 });
  });

  test('yen have no minor unit', () => {
    const c = open();
    const yen = USD.replace('USD', 'JPY') as typeof USD;
    c.rate('2026-01-10', 'USD', '1.10');
    c.rate('2026-01-10', 'JPY', '165');
    c.see(
      subscription(at('2026-01-10'), { currency: yen, items: [item(price({ currency: yen, unitAmount: '15000' }))] }),
      at('2026-01-10'),
    );
    expect(on(c, '2026-01-10').mrr).toBe(10_000);
  });
});

describe('R13, R14: what cannot be valued, and tax', () => {
  test('contained tax is taken out, by the object’s rate or by what an invoice shows', () => {
    expect(mrrOf([item(price({ unitAmount: '11900', taxBehavior: 'inclusive' }), { inclusiveTaxPercent: '19' })])).toBe(
      10_000,
    );
    const c = open();
    const gross = price({ unitAmount: '11900', taxBehavior: 'inclusive' });
    const body = sell(c, 'cus', '2026-01-01', [item(gross, { id: 'si_x' })]);
    expect(on(c, '2026-01-31')).toMatchObject({ mrr: 0, unvalued: [{ what: 'tax', annualMinor: 142_800 }] });
    c.invoice({
      customerId: 'cus',
      subscriptionId: body.id,
      lines: [
        {
          price: gross,
          subscriptionItemId: 'si_x',
          amountMinor: 11_900,
          taxes: [{ amountMinor: 1_900, inclusive: true }],
          periodStart: at('2026-01-01'),
          periodEnd: at('2026-02-01'),
        },
      ],
    });
    expect(on(c, '2026-01-31')).toMatchObject({ mrr: 10_000, unvalued: [] });
  });

  test('an item in another currency than its subscription blocks itself only', () => {
    const c = open();
    sell(c, 'cus', '2026-01-01', [item(price()), item(price({ currency: EUR }))]);
    expect(on(c, '2026-06-30')).toMatchObject({ mrr: 10_000, unvalued: [{ what: 'currency', annualMinor: 120_000 }] });
  });
});

describe('policies', () => {
  test('other policies are computed from the same states', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())], {
      discounts: [discount(coupon({ percentOff: '50', duration: 'once' }), at('2026-01-01'))],
    });
    c.see({ ...body, discounts: [], pause: { behavior: 'void', since: null, resumesAt: null } }, at('2026-03-01'));
    c.recompute();
    const under = (policy: string, day: string) => snapshot(c.db, { policy, asOf: plainDay(day) }, c.context).mrr;
    expect(Object.keys(POLICIES).map((policy) => under(policy, '2026-01-15'))).toEqual([
      10_000, 10_000, 5_000, 5_000, 5_000,
    ]);
    expect(Object.keys(POLICIES).map((policy) => under(policy, '2026-03-15'))).toEqual([0, 10_000, 10_000, 0, 0]);
  });

  test('past due counts for thirty days under Baremetrics’ rules, for as long as it lasts under Vario’s', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, status: 'past_due' }, at('2026-02-01'));
    c.recompute();
    const under = (policy: string, day: string) => snapshot(c.db, { policy, asOf: plainDay(day) }, c.context).mrr;
    expect([
      under('baremetrics', '2026-03-02'),
      under('baremetrics', '2026-03-03'),
      under('vario', '2026-06-30'),
    ]).toEqual([10_000, 0, 10_000]);
  });

  test('a customer who comes to owe nothing contracts under ChartMogul’s rules and churns under Vario’s', () => {
    const c = open();
    const body = sell(c, 'cus', '2026-01-01', [item(price())]);
    c.see({ ...body, discounts: [discount(coupon({ percentOff: '100' }), at('2026-03-10'))] }, at('2026-03-10'));
    c.recompute();
    const moved = (policy: string) => snapshot(c.db, { policy, asOf: plainDay('2026-03-31') }, c.context).movements;
    expect(moved('chartmogul')).toMatchObject({ contraction: -10_000, churn: 0 });
    expect(moved('vario')).toMatchObject({ contraction: 0, churn: -10_000 });
  });
});
