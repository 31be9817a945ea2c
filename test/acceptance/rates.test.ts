/** Rates, averages, cohorts and lifetimes of small companies, each figure worked out by hand. */
import { describe, expect, test } from 'vitest';
import type { Slice } from '../../src/shared/contract/slice.ts';
import { climb, cohorts, concentration, survival, trialCohorts } from '../../src/main/engine/metrics/index.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import type { CohortKind, CohortUnit } from '../../src/shared/contract/retention.ts';
import { account, selling, type Account } from './account.ts';
import {
  canceled,
  coupon,
  customer,
  discount,
  event,
  item,
  price,
  sec,
  subscription,
  yearly,
} from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';
import type { StripeObject } from './stub-stripe.ts';

const sold = (who: string, cents: number, start = '2026-01-01', over: Record<string, unknown> = {}) =>
  subscription({ customer: who, items: [item(price(cents), { id: `si_${who}` })], start, ...over });
const told = (type: string, on: string, of: StripeObject) => event(`customer.subscription.${type}`, on, of);
const repriced = (body: StripeObject, cents: number) => ({
  ...body,
  items: { object: 'list', has_more: false, data: [item(price(cents), { id: `si_${String(body['customer'])}` })] },
});
const many = (count: number, of: (n: number) => StripeObject) => Array.from({ length: count }, (_, n) => of(n));

/** Subscriptions that change their price on a day, told by events. */
async function changing(
  changes: readonly (readonly [StripeObject, string, StripeObject])[],
  ...others: StripeObject[]
): Promise<Account> {
  return await account({
    subscriptions: [...changes.map(([, , after]) => after), ...others],
    events: changes.flatMap(([before, on, after]) => [
      told('created', new Date(Number(before['start_date']) * 1_000).toISOString(), before),
      told('updated', on, after),
    ]),
  });
}

describe('quick ratio', () => {
  test('(300 + 100 + 50) ÷ (40 + 60) is 4.5', async () => {
    const up = sold('cus_up', 20_000);
    const down = sold('cus_down', 9_000);
    const made = await changing(
      [
        [up, '2026-04-04', repriced(up, 30_000)],
        [down, '2026-04-05', repriced(down, 5_000)],
      ],
      sold('cus_new', 30_000, '2026-04-10'),
      canceled(sold('cus_gone', 6_000), '2026-04-12'),
      canceled(sold('cus_back', 1_000), '2026-02-12'),
      sold('cus_back', 5_000, '2026-04-20'),
    );
    expect(made.month('2026-04').quickRatio).toBe(4.5);
  });

  test('without losses it is not defined, and neither without anything', async () => {
    const { month } = await selling(sold('cus_a', 1_000, '2026-04-10'));
    expect(month('2026-04')).toMatchObject({ quickRatio: null, reasons: { quickRatio: 'no losses' } });
    expect(month('2026-06')).toMatchObject({ quickRatio: null, grossChurn: 0, netChurn: 0, logoChurn: 0 });
  });

  test('losses alone are 0', async () => {
    const { month } = await selling(canceled(sold('cus_a', 1_000), '2026-04-10'), sold('cus_b', 500));
    expect(month('2026-04').quickRatio).toBe(0);
  });
});

describe('net and gross revenue retention', () => {
  test('of the customers of a year ago alone: grown, left, back for less; new ones and old returns are not in it', async () => {
    const grown = sold('cus_grown', 10_000, '2025-01-01');
    const made = await changing(
      [[grown, '2025-09-01', repriced(grown, 15_000)]],
      canceled(sold('cus_left', 20_000, '2025-01-01'), '2025-10-01'),
      canceled(sold('cus_back', 10_000, '2025-01-01'), '2025-08-01'),
      sold('cus_back', 5_000, '2026-02-01'),
      sold('cus_new', 50_000, '2026-01-01'),
      // Paid once, not a year ago, and again now.
      canceled(sold('cus_old', 7_000, '2024-06-01'), '2025-02-01'),
      sold('cus_old', 7_000, '2026-01-01'),
    );
    // then: 100 + 200 + 100; now: 150 + 0 + 50
    expect(made.on('2026-04-30')).toMatchObject({ nrr: 0.5, grr: 150 / 400 });
  });

  test('above one where expansion outweighs; gross never', async () => {
    const a = sold('cus_a', 10_000, '2025-01-01');
    const made = await changing([[a, '2025-06-01', repriced(a, 40_000)]], sold('cus_b', 10_000, '2025-01-01'));
    expect(made.on('2026-01-31')).toMatchObject({ nrr: 2.5, grr: 1 });
  });

  test('nobody paid a year ago: not defined', async () => {
    const { on } = await selling(sold('cus_a', 1_000, '2026-01-01'));
    const shot = on('2026-04-30');
    expect([shot.nrr, shot.grr]).toEqual([null, null]);
    expect(shot.reasons['nrr']).toBeTruthy();
  });

  test('at month ends of different lengths', async () => {
    const { on } = await selling(
      canceled(sold('cus_a', 10_000, '2024-02-29'), '2025-02-28'),
      sold('cus_b', 10_000, '2024-01-01'),
    );
    expect(on('2025-02-28').nrr).toBe(0.5);
  });
});

describe('averages', () => {
  test('ASP: 100 and 200 a month and 1,200 a year are 133.33 each', async () => {
    const { month } = await selling(
      sold('cus_a', 10_000, '2026-04-02'),
      sold('cus_b', 20_000, '2026-04-12'),
      subscription({ customer: 'cus_c', items: [item(yearly(120_000))], start: '2026-04-22' }),
      sold('cus_old', 99_900),
    );
    expect(month('2026-04')).toMatchObject({ asp: 13_333, newCustomers: 3, arpa: 34_975 });
  });

  test('without new customers there is none; without customers no ARPA', async () => {
    const { month } = await selling(canceled(sold('cus_a', 1_000), '2026-03-10'));
    expect(month('2026-04')).toMatchObject({ asp: null, arpa: null, reasons: { arpa: 'No paying customers' } });
  });

  test('lifetime revenue: ARPA 50 over 2, 4 and 6 % churn', async () => {
    const leaves = (n: number) => (n < 2 ? '2026-02-10' : n < 6 ? '2026-03-10' : n < 12 ? '2026-04-10' : null);
    const made = await selling(
      ...many(100, (n) => {
        const on = leaves(n);
        return on === null ? sold(`cus_${n}`, 5_000) : canceled(sold(`cus_${n}`, 5_000), on);
      }),
      ...many(2, (n) => sold(`cus_f${n}`, 5_000, '2026-02-20')),
      ...many(4, (n) => sold(`cus_m${n}`, 5_000, '2026-03-20')),
    );
    const april = made.month('2026-04');
    expect([made.month('2026-02').logoChurn, made.month('2026-03').logoChurn, april.logoChurn]).toEqual([
      0.02, 0.04, 0.06,
    ]);
    expect(april.ltvBeforeMargin).toBe(125_000);
    expect(made.month('2026-01').ltvBeforeMargin).toBeNull();
  });

  test('trial conversion by the month in which trials end: 3 of 4, 1 of 2, none', async () => {
    const trial = (who: string, from: string, to: string) =>
      sold(who, 1_000, from, { trial_start: sec(from), trial_end: sec(to) });
    const { month } = await selling(
      ...many(3, (n) => trial(`cus_${n}`, '2026-03-01', '2026-03-15')),
      canceled(trial('cus_x', '2026-03-01', '2026-03-15'), '2026-03-15'),
      trial('cus_y', '2026-03-25', '2026-04-08'),
      canceled(trial('cus_z', '2026-03-25', '2026-04-08'), '2026-04-02'),
    );
    expect([month('2026-03').trialConversion, month('2026-04').trialConversion]).toEqual([0.75, 0.5]);
    expect(month('2026-05')).toMatchObject({ trialConversion: null });
    expect(month('2026-03').reasons['trialConversion']).toBeUndefined();
  });
});

describe('trials by the month in which they started', () => {
  const trial = (who: string, from: string, to: string, over: Record<string, unknown> = {}) =>
    sold(who, 1_000, from, { trial_start: sec(from), trial_end: sec(to), ...over });
  const rows = (made: Account, asOf: string) =>
    made.ask((db, context) =>
      trialCohorts(db, { unit: 'month', asOf: plainDay(asOf) }, context).rows.map(
        ({ cohort, started, converted, lost, open, rate }) => [cohort, started, converted, lost, open, rate.value],
      ),
    );
  const made = async () =>
    await selling(
      ...many(3, (n) => trial(`cus_${n}`, '2026-03-01', '2026-03-15')),
      canceled(trial('cus_x', '2026-03-10', '2026-03-24'), '2026-03-24'),
      trial('cus_y', '2026-03-25', '2026-04-08'),
      canceled(trial('cus_z', '2026-04-20', '2026-05-04'), '2026-05-04'),
    );

  test('of a part of the company its own; the parts are the company', async () => {
    const of = await made();
    const started = (where: Slice['where']) =>
      of
        .ask((db, context) => trialCohorts(db, { unit: 'month', slice: { where } }, context))
        .rows.map(({ cohort, started: n, converted }) => [cohort, n, converted]);
    const whole = started([]);
    expect(started([{ dimension: 'currency', values: ['USD'] }])).toEqual(whole);
    expect(started([{ dimension: 'interval', values: ['month'] }])).toEqual(whole);
    expect(started([{ dimension: 'interval', values: ['month'], not: true }])).toEqual([]);
  });

  test('an open row says until when it may change: the grace of the trial that ends last', async () => {
    const of = await made();
    const until = (asOf: string) =>
      of.ask((db, context) =>
        trialCohorts(db, { unit: 'month', asOf: plainDay(asOf) }, context).rows.map(({ openUntil }) => openUntil),
      );
    expect(until('2026-03-20')).toEqual(['2026-03-31']);
    expect(until('2026-03-31')).toEqual(['2026-04-15']);
    expect(until('2026-04-08')).toEqual([null]);
  });

  test('the rate stands once all of them are over, and a week of grace with them', async () => {
    const of = await made();
    expect(rows(of, '2026-03-20')).toEqual([['2026-03', 4, 3, 0, 1, null]]);
    expect(rows(of, '2026-03-31')).toEqual([['2026-03', 5, 3, 0, 2, null]]);
    expect(rows(of, '2026-04-01')[0]).toEqual(['2026-03', 5, 3, 1, 1, null]);
    expect(rows(of, '2026-04-08')[0]).toEqual(['2026-03', 5, 4, 1, 0, 0.8]);
    expect(rows(of, '2026-06-30')).toEqual([
      ['2026-03', 5, 4, 1, 0, 0.8],
      ['2026-04', 1, 0, 1, 0, 0],
    ]);
  });

  test('a payment within the week counts, one after it does not', async () => {
    const waits = (who: string, paid: string) => {
      const body = trial(who, '2026-03-01', '2026-03-15', { status: 'trialing' });
      const pays = { ...body, status: 'active' };
      const events = [
        told('created', '2026-03-01', body),
        told('updated', '2026-03-15', { ...body, status: 'paused' }),
        told('updated', paid, pays),
      ];
      return { pays, events };
    };
    const both = [waits('cus_a', '2026-03-20'), waits('cus_b', '2026-03-25')];
    const subscriptions = both.map(({ pays }) => pays);
    const events = both.flatMap((each) => each.events);
    const of = await account({ subscriptions, events });
    expect(rows(of, '2026-06-30')).toEqual([['2026-03', 2, 1, 1, 0, 0.5]]);
  });

  test('none at all', async () => {
    expect(rows(await selling(sold('cus_a', 1_000)), '2026-06-30')).toEqual([]);
  });
});

describe('concentration', () => {
  test('50, 30, 20: shares of the first, of all; HHI 0.38', async () => {
    const made = await selling(sold('cus_a', 50_000), sold('cus_b', 30_000), sold('cus_c', 20_000));
    const found = made.ask((db, context) => concentration(db, { asOf: plainDay('2026-06-30') }, context));
    expect(found.shares.map(({ top, share }) => [top, share.value])).toEqual([
      [1, 0.5],
      [5, 1],
      [10, 1],
      [20, 1],
    ]);
    expect(found.hhi.value).toBeCloseTo(0.38, 12);
  });

  test('forty equal ones: 2.5, 12.5, 25, 50 %; HHI 1/40', async () => {
    const made = await selling(...many(40, (n) => sold(`cus_${n}`, 1_000)));
    const found = made.ask((db, context) => concentration(db, { asOf: plainDay('2026-06-30') }, context));
    expect(found.shares.map(({ share }) => share.value)).toEqual([0.025, 0.125, 0.25, 0.5]);
    expect(found.hhi.value).toBeCloseTo(1 / 40, 12);
  });

  test('nobody: not defined', async () => {
    const made = await selling(canceled(sold('cus_a', 50_000), '2026-02-01'));
    const found = made.ask((db, context) => concentration(db, { asOf: plainDay('2026-06-30') }, context));
    expect([found.hhi.value, found.shares[0]?.share.value]).toEqual([null, null]);
  });
});

describe('the rate of climb', () => {
  test('ARR of 28 days, per day, week and month, in its parts', async () => {
    const up = sold('cus_up', 10_000);
    const made = await changing(
      [[up, '2026-06-10', repriced(up, 12_000)]],
      sold('cus_new', 5_000, '2026-06-05'),
      canceled(sold('cus_gone', 2_000), '2026-06-20'),
      sold('cus_before', 7_000, '2026-05-20'),
    );
    const found = made.ask((db, context) => climb(db, { asOf: plainDay('2026-06-30') }, context));
    // 60,000 + 24,000 − 24,000 in 28 days
    expect(found).toMatchObject({
      arr: (12_000 + 5_000 + 7_000) * 12,
      composition: { new: 60_000, expansion: 24_000, loss: -24_000, fx: 0 },
      perDay: 2_143,
      perWeek: 15_000,
      perMonth: 65_179,
    });
  });
});

describe('cohorts', () => {
  /** January: a grows, b shrinks, d leaves in March and is back in May. February: e leaves within the month, f stays. April: g. */
  const company = async () => {
    const a = sold('cus_a', 10_000, '2026-01-05');
    const b = sold('cus_b', 10_000, '2026-01-20');
    return await changing(
      [
        [a, '2026-03-10', repriced(a, 15_000)],
        [b, '2026-02-20', repriced(b, 4_000)],
      ],
      canceled(sold('cus_d', 20_000, '2026-01-31'), '2026-03-31'),
      sold('cus_d', 30_000, '2026-05-01'),
      canceled(sold('cus_e', 5_000, '2026-02-03'), '2026-02-25'),
      sold('cus_f', 5_000, '2026-02-10'),
      sold('cus_g', 1_000, '2026-04-10'),
    );
  };
  const matrix = (made: Account, kind: CohortKind, unit: CohortUnit) =>
    made.ask((db, context) =>
      cohorts(db, { kind, unit, asOf: plainDay('2026-06-30') }, context).rows.map(({ cohort, size, values }) => [
        cohort,
        size,
        ...values.map((value) => (value === null ? null : Math.round(value * 1_000) / 1_000)),
      ]),
    );

  test('by month: customers, gross and net revenue', async () => {
    const made = await company();
    expect(matrix(made, 'logo', 'month')).toEqual([
      ['2026-01', 3, 1, 1, 0.667, 0.667, 1, 1],
      ['2026-02', 2, 0.5, 0.5, 0.5, 0.5, 0.5, null],
      ['2026-04', 1, 1, 1, 1, null, null, null],
    ]);
    expect(matrix(made, 'net', 'month')[0]).toEqual(['2026-01', 3, 1, 0.85, 0.475, 0.475, 1.225, 1.225]);
    expect(matrix(made, 'gross', 'month')[0]).toEqual(['2026-01', 3, 1, 0.85, 0.35, 0.35, 0.85, 0.85]);
  });

  test('by quarter and by year', async () => {
    const made = await company();
    expect(matrix(made, 'logo', 'quarter')).toEqual([
      ['2026-Q1', 5, 0.6, 0.8],
      ['2026-Q2', 1, 1, null],
    ]);
    // At the end of March: 150 + 40 + 50; at the end of June 300 more.
    expect(matrix(made, 'net', 'quarter')[0]).toEqual(['2026-Q1', 5, 1, 2.25]);
    expect(matrix(made, 'logo', 'year')).toEqual([['2026', 6, 0.833]]);
  });
});

describe('lifetimes', () => {
  /**
   * Remission in acute myelogenous leukaemia, maintained group (Miller, Survival Analysis, 1981; `aml` of R's survival):
   * weeks, + for those still in remission. survfit(Surv(time, status) ~ 1, conf.type = "log-log").
   */
  const WEEKS = [9, 13, -13, 18, 23, -28, 31, 34, -45, 48, -161];
  const TODAY = '2026-11-20';

  test('the curve, its band and its median are the published ones', async () => {
    const day = (offset: number) =>
      new Date(Date.parse(`${TODAY}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10);
    const made = await selling(
      ...WEEKS.map((weeks, n) => {
        const days = Math.abs(weeks) * 7;
        // Those who stay have been seen for so many days today, the first one included.
        if (weeks < 0) return sold(`cus_${n}`, 1_000, day(1 - days));
        return canceled(sold(`cus_${n}`, 1_000, day(-1_200)), day(-1_200 + days));
      }),
    );
    const found = made.ask((db, context) => survival(db, {}, context));
    const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1_000) / 1_000);
    expect(
      found.steps.map(({ days, atRisk, survival: share, low, high }) => [
        days / 7,
        atRisk,
        rounded(share),
        rounded(low),
        rounded(high),
      ]),
    ).toEqual([
      [9, 11, 0.909, 0.508, 0.987],
      [13, 10, 0.818, 0.447, 0.951],
      [18, 8, 0.716, 0.35, 0.899],
      [23, 7, 0.614, 0.266, 0.835],
      [31, 5, 0.491, 0.167, 0.753],
      [34, 4, 0.368, 0.093, 0.657],
      [48, 2, 0.184, 0.012, 0.525],
    ]);
    expect(found.median.value).toBeCloseTo((31 * 7) / (365 / 12), 10);
    expect(found).toMatchObject({ lives: 11, ended: 7, longest: 161 * 7 });
  });
});

describe('exchange rates', () => {
  const QUOTES = {
    '2025-04-30': { USD: 1.1, GBP: 0.85, JPY: 160 },
    '2026-03-31': { USD: 1.2, GBP: 0.8, JPY: 150 },
    '2026-04-10': { USD: 1.2, GBP: 0.8, JPY: 150 },
    '2026-04-15': { USD: 1.25, GBP: 0.8, JPY: 160 },
    '2026-04-30': { USD: 1.1, GBP: 0.88, JPY: 165 },
  };
  const rated = async (made: Account) => {
    await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(QUOTES) }));
    return made;
  };
  const euros = (who: string, cents: number, start: string) =>
    subscription({ customer: who, currency: 'eur', items: [item(price(cents, { currency: 'eur' }))], start });

  test('a month with a movement in euros: at its day’s rate, the rest is FX', async () => {
    const made = await rated(
      await selling(euros('cus_a', 10_000, '2026-01-01'), euros('cus_b', 4_000, '2026-04-15'), sold('cus_c', 5_000)),
    );
    // 120 + 50; new 40 at 1.25; 140 at 1.10 + 50
    expect(made.month('2026-04').movements).toMatchObject({
      opening: 17_000,
      new: 5_000,
      fx: -1_600,
      expansion: 0,
      contraction: 0,
      closing: 20_400,
    });
  });

  test('retention values each side at its own day’s rate', async () => {
    const made = await rated(await selling(euros('cus_a', 10_000, '2025-01-01')));
    expect(made.on('2026-04-30')).toMatchObject({ mrr: 11_000, nrr: 1, grr: 1 });
  });

  test('seen in another currency that is in use: pounds from euros and dollars', async () => {
    const pounds = subscription({
      customer: 'cus_c',
      currency: 'gbp',
      items: [item(price(1_000, { currency: 'gbp' }))],
    });
    const made = await rated(await selling(euros('cus_a', 10_000, '2026-01-01'), sold('cus_b', 12_000), pounds));
    // €100 × 0.80 + $120 ÷ 1.20 × 0.80 + £10
    expect(made.on('2026-03-31', { currency: 'GBP' as never }).mrr).toBe(8_000 + 8_000 + 1_000);
    expect(made.on('2026-03-31').mrr).toBe(12_000 + 12_000 + 1_500);
  });

  test('a rate older than seven days is none', async () => {
    const made = await rated(await selling(euros('cus_a', 10_000, '2026-01-01'), sold('cus_b', 1_000)));
    expect(made.on('2026-05-07')).toMatchObject({ mrr: 12_000 });
    const later = made.on('2026-05-08');
    expect(later.mrr).toBe(1_000);
    expect(later.unvalued).toMatchObject([{ what: 'rate', currency: 'EUR', annualMinor: 120_000 }]);
  });

  test('a coupon in euros on a subscription in dollars does nothing', async () => {
    const foreign = discount(coupon({ amount_off: 500, currency: 'eur' }), '2026-01-01');
    const { on } = await account({
      customers: [customer('cus_a')],
      subscriptions: [sold('cus_a', 10_000, '2026-01-01', { discounts: [foreign] })],
    });
    expect(on('2026-03-31').mrr).toBe(10_000);
  });
});
