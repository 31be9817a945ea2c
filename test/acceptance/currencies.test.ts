/** R12: currencies, from Stripe's objects and a server of rates to the figures. Amounts are worked out by hand from the rule. */
import { describe, expect, test } from 'vitest';
import { writeWorkspace } from '../../src/main/engine/api/workspace-settings.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, selling, type Account } from './account.ts';
import { canceled, item, price, subscription, yearly } from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

type Quotes = Record<string, Record<string, number>>;

const rated = async (made: Account, quotes: Quotes) => {
  await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(quotes) }));
  return made;
};
/** A company that reports in a currency. */
const reporting = async (currency: string, quotes: Quotes, ...subscriptions: StripeObject[]) => {
  const made = await account({ subscriptions });
  made.tell((db) => writeWorkspace(db, { reportingCurrency: currencyCode(currency) }));
  return await rated(made, quotes);
};
const sold = (currency: string, amount: number, over: Record<string, unknown> = {}) =>
  subscription({
    customer: `cus_${currency}`,
    currency,
    items: [item(price(amount, { currency }))],
    start: '2026-01-05',
    ...over,
  });

describe('the reporting currency has no decimals, or three', () => {
  const QUOTES = { '2026-01-05': { USD: 1.2, JPY: 180, KWD: 0.36 }, '2026-01-30': { USD: 1.2, JPY: 180, KWD: 0.36 } };

  test('yen: $100, €50 and ¥990 a month are ¥15,000, ¥9,000 and ¥990; no hundredths anywhere', async () => {
    const made = await reporting('JPY', QUOTES, sold('usd', 10_000), sold('eur', 5_000), sold('jpy', 990));
    expect(made.month('2026-01')).toMatchObject({
      currency: 'JPY',
      mrr: 24_990,
      arr: 299_880,
      arpa: 8_330,
      customers: 3,
      movements: { new: 24_990, fx: 0, closing: 24_990 },
    });
  });

  test('yen: $0.99 a month is ¥148.50, rounded from the year: 1,782 ÷ 12 = 148.5 → 149', async () => {
    const made = await reporting('JPY', QUOTES, sold('usd', 99));
    expect(made.on('2026-01-30')).toMatchObject({ arr: 1_782, mrr: 149 });
  });

  test('dinars: $100 and ¥18,000 are 30.000 and 36.000 dinars', async () => {
    const made = await reporting('KWD', QUOTES, sold('usd', 10_000), sold('jpy', 18_000));
    expect(made.on('2026-01-30')).toMatchObject({ mrr: 66_000, arpa: 33_000 });
  });

  test('dinars of a thousand fils, a third of a year’s price: 10.000 a year is 0.833 a month', async () => {
    const made = await reporting(
      'KWD',
      QUOTES,
      subscription({ currency: 'kwd', items: [item(yearly(10_000, { currency: 'kwd' }))], start: '2026-01-05' }),
    );
    expect(made.on('2026-01-30')).toMatchObject({ mrr: 833, arr: 10_000 });
  });
});

describe('days without a quote', () => {
  // The ECB quotes nothing on Good Friday (3 April 2026), on the weekend, and on Easter Monday.
  const EASTER = {
    '2026-04-01': { USD: 1.1 },
    '2026-04-02': { USD: 1.2 },
    '2026-04-07': { USD: 1.3 },
  };

  test('over Easter the last quote before it holds', async () => {
    const made = await rated(await selling(sold('eur', 10_000)), EASTER);
    const days = ['01', '02', '03', '05', '06', '07', '14'].map((day) => made.on(`2026-04-${day}`).mrr);
    expect(days).toEqual([11_000, 12_000, 12_000, 12_000, 12_000, 13_000, 13_000]);
  });

  test('eight days after the last quote there is no rate: a gap, not the old rate and not 0', async () => {
    const made = await rated(await selling(sold('eur', 10_000)), EASTER);
    const late = made.on('2026-04-15');
    expect(late).toMatchObject({ mrr: null, arr: null, arpa: null, customers: 1 });
    expect(late.reasons['mrr']).toBe('No rate from EUR to USD on 2026-04-15 or the seven days before');
    expect(late.unvalued).toMatchObject([{ what: 'rate', currency: 'EUR', annualMinor: 120_000 }]);
  });

  test('a movement on a weekend is valued at Friday’s rate, the stock of Monday at Monday’s', async () => {
    const made = await rated(await selling(sold('eur', 10_000, { start: '2026-06-06' })), {
      '2026-06-05': { USD: 1.1 },
      '2026-06-08': { USD: 1.2 },
    });
    expect(made.on('2026-06-08')).toMatchObject({ mrr: 12_000, movements: { new: 11_000, fx: 1_000, expansion: 0 } });
  });
});

describe('rates move, customers do not', () => {
  const MONTHS = { '2026-01-05': 1.1, '2026-01-30': 1.2, '2026-02-27': 1.05, '2026-03-31': 1.25, '2026-04-30': 1.25 };
  const quotes = Object.fromEntries(Object.entries(MONTHS).map(([day, USD]) => [day, { USD }]));

  test('every month’s revaluation has a line of its own, and is nobody’s expansion, contraction or churn', async () => {
    const made = await rated(await selling(sold('eur', 10_000)), quotes);
    const of = (month: string) => made.month(month).movements;
    const quiet = { expansion: 0, contraction: 0, churn: 0, reactivation: 0 };
    expect(of('2026-01')).toMatchObject({ opening: 0, new: 11_000, fx: 1_000, closing: 12_000, ...quiet });
    expect(of('2026-02')).toMatchObject({ opening: 12_000, new: 0, fx: -1_500, closing: 10_500, ...quiet });
    expect(of('2026-03')).toMatchObject({ opening: 10_500, new: 0, fx: 2_000, closing: 12_500, ...quiet });
    expect(of('2026-04')).toMatchObject({ opening: 12_500, new: 0, fx: 0, closing: 12_500, ...quiet });
    expect(made.month('2026-02')).toMatchObject({ grossChurn: 0, netChurn: 0, quickRatio: null });
    expect(made.ledger()).toEqual(['2026-01-05 new 132000']);
  });

  test('in constant currency nothing moves at all', async () => {
    const made = await rated(await selling(sold('eur', 10_000)), quotes);
    for (const month of ['2026-02', '2026-03'] as const) {
      const at = plainDay('2026-01-30');
      expect(made.month(month, { constantCurrency: { at } })).toMatchObject({
        mrr: 12_000,
        ratesOn: '2026-01-30',
        movements: { opening: 12_000, fx: 0, expansion: 0, contraction: 0, closing: 12_000 },
      });
    }
  });

  test('by default at the rates of the day before the period', async () => {
    const made = await rated(await selling(sold('eur', 10_000)), quotes);
    expect(made.month('2026-02', { constantCurrency: {} })).toMatchObject({ mrr: 12_000, ratesOn: '2026-01-31' });
  });

  test('who goes from euros to dollars on a day is one customer: the difference alone has moved', async () => {
    const before = canceled(sold('eur', 10_000, { customer: 'cus_a' }), '2026-02-27');
    const after = sold('usd', 10_500, { customer: 'cus_a', start: '2026-02-27' });
    const same = await rated(await selling(before, after), quotes);
    // €100 at 1.05 are $105.
    expect(same.month('2026-02')).toMatchObject({
      customers: 1,
      churnedCustomers: 0,
      movements: { new: 0, churn: 0, reactivation: 0, expansion: 0, contraction: 0, fx: -1_500, closing: 10_500 },
    });
    const more = await rated(
      await selling(before, sold('usd', 12_000, { customer: 'cus_a', start: '2026-02-27' })),
      quotes,
    );
    expect(more.month('2026-02').movements).toMatchObject({ expansion: 1_500, fx: -1_500, closing: 12_000 });
  });
});

describe('currencies that end, and that are pegged', () => {
  test('kuna are quoted until 2022 and are 7.53450 to the euro for ever after', async () => {
    const kuna = subscription({
      currency: 'hrk',
      items: [item(price(75_345, { currency: 'hrk' }))],
      start: '2022-06-01',
    });
    const made = await rated(await selling(kuna), {
      '2022-06-01': { USD: 1, HRK: 7.5 },
      '2022-12-30': { USD: 1, HRK: 7.5 },
      '2023-01-02': { USD: 1 },
      '2026-11-20': { USD: 1.1 },
    });
    expect(made.on('2022-12-31').mrr).toBe(10_046);
    expect(made.on('2023-01-02').mrr).toBe(10_000);
    expect(made.on('2026-11-20')).toMatchObject({ mrr: 11_000, unvalued: [] });
  });

  test('no source is asked for kuna of days on which their rate is fixed: its rates are whole without them', async () => {
    const kuna = (start: string) =>
      subscription({ currency: 'hrk', items: [item(price(75_345, { currency: 'hrk' }))], start });
    const wholeSince = async (start: string) => {
      const made = await selling(kuna(start));
      const source = await made.connect('frankfurter', { apiBase: await frankfurter({ '2026-11-20': { USD: 1.1 } }) });
      return (await made.syncRates(source)).streams.map(({ complete }) => complete);
    };
    expect(await wholeSince('2024-06-01')).toEqual([true]);
    expect(await wholeSince('2022-06-01')).toEqual([false]);
  });

  test('a pegged currency moves with what it is pegged to, and shows no FX against it', async () => {
    const made = await rated(await selling(sold('aed', 36_725)), {
      '2026-01-05': { USD: 1, AED: 3.6725 },
      '2026-01-30': { USD: 1.2, AED: 4.407 },
      '2026-02-27': { USD: 0.8, AED: 2.938 },
    });
    expect(made.month('2026-01').movements).toMatchObject({ new: 10_000, fx: 0 });
    expect(made.month('2026-02').movements).toMatchObject({ opening: 10_000, fx: 0, closing: 10_000 });
  });

  test('without any source of rates, those that the program brings along value what central banks quoted', async () => {
    const made = await selling(sold('eur', 10_000, { start: '2024-01-10' }));
    // The ECB's reference rate of 15 January 2024: 1.0945.
    expect(made.on('2024-01-15').mrr).toBe(10_945);
  });

  test('sixty currencies at once, of 0, 2 and 3 decimals, are all valued and add up', async () => {
    const codes =
      'AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BRL CAD CHF CLP CNY COP CRC CZK DKK DOP EGP EUR GBP GEL GTQ HKD HUF IDR ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD SAR SEK SGD THB TND TRY TWD UAH UYU VND ZAR'.split(
        ' ',
      );
    const made = await rated(await selling(...codes.map((code) => sold(code.toLowerCase(), 6_000))), {
      '2026-01-30': {
        USD: 1.2,
        ...Object.fromEntries(codes.filter((code) => code !== 'EUR').map((code) => [code, 2])),
      },
    });
    const decimals = (code: string) =>
      'CLP JPY KRW PYG VND'.split(' ').includes(code) ? 0 : 'BHD JOD KWD OMR TND'.split(' ').includes(code) ? 3 : 2;
    // Stripe writes krónur in hundredths; the lev is fixed to the euro since 2026.
    const worth = (code: string) => {
      if (code === 'EUR') return 6_000 * 1.2;
      if (code === 'BGN') return (6_000 / 1.95583) * 1.2;
      return (6_000 / 10 ** decimals(code) / 2) * 1.2 * 100;
    };
    const snapshot = made.on('2026-01-30');
    expect(snapshot.unvalued).toEqual([]);
    expect(snapshot.customers).toBe(codes.length);
    expect(Math.abs((snapshot.mrr ?? 0) - codes.reduce((sum, code) => sum + worth(code), 0))).toBeLessThan(
      codes.length / 2,
    );
  });
});

describe('a rate that is corrected', () => {
  test('the stock, and the movement of its day, follow it at the next sync', async () => {
    const quotes: Quotes = { '2026-11-16': { USD: 1.1 }, '2026-11-18': { USD: 1.2 } };
    const made = await selling(sold('eur', 10_000, { start: '2026-11-16' }));
    const source = await made.connect('frankfurter', { apiBase: await frankfurter(quotes) });
    await made.syncRates(source);
    expect(made.on('2026-11-18').movements).toMatchObject({ new: 11_000, fx: 1_000, closing: 12_000 });
    quotes['2026-11-16'] = { USD: 1.15 };
    await made.syncRates(source);
    expect(made.on('2026-11-18').movements).toMatchObject({ new: 11_500, fx: 500, closing: 12_000 });
  });
});
