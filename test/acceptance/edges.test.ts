/**
 * Figures at the edges: nobody there, the first month, days before and after everything, no rate. A figure that cannot
 * be computed is null and says why; it is never 0, NaN or infinite.
 */
import { describe, expect, test } from 'vitest';
import { concentration, DEFINITIONS, series } from '../../src/main/engine/metrics/index.ts';
import { SERIES_METRICS, type SeriesMetric } from '../../src/shared/contract/metrics.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { account, selling, type Account } from './account.ts';
import { canceled, invoice, item, line, price, sec, subscription } from './stripe-objects.ts';
import { frankfurter } from './stub-frankfurter.ts';

type Snapshot = ReturnType<Account['on']>;

/** Null without a sentence, or not a number: by name. */
function faults({ movements, concentration: shares, ...figures }: Snapshot): string[] {
  const { reasons } = figures;
  const silent = Object.entries(figures)
    .filter(([name, value]) => value === null && name !== 'month' && name !== 'ratesOn' && !reasons[name])
    .map(([name]) => `${name} is null without a reason`);
  const broken = Object.entries({ ...figures, ...movements, ...shares })
    .filter(([, value]) => typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    .map(([name, value]) => `${name} is ${Object.is(value, -0) ? '-0' : String(value)}`);
  return [...silent, ...broken];
}

/** The last point of every line over the month of a day, by metric. */
function lastPoints(
  made: Account,
  from: string,
  to: string,
): Record<string, { value: number | null; reason: string | null }> {
  const pages = Array.from({ length: Math.ceil(SERIES_METRICS.length / 12) }, (_, page) =>
    SERIES_METRICS.slice(page * 12, page * 12 + 12),
  );
  const lines = pages.flatMap((metrics) =>
    made.ask((db, context) => series(db, { metrics, from: plainDay(from), to: plainDay(to), grain: 'month' }, context)),
  );
  return Object.fromEntries(
    lines.map(({ metric, points }) => {
      const { value = null, reason = null } = points.at(-1) ?? {};
      return [metric, { value, reason }];
    }),
  );
}

/** What the snapshot has under the name of a line. */
function ownOf(metric: SeriesMetric, snapshot: Snapshot): number | null | undefined {
  const { movements: m } = snapshot;
  const moved: Partial<Record<SeriesMetric, number>> = {
    newMrr: m.new,
    expansionMrr: m.expansion,
    contractionMrr: m.contraction,
    churnMrr: m.churn + m.paused,
    reactivationMrr: m.reactivation + m.resumed,
    netNewMrr: m.closing - m.opening,
  };
  if (metric in moved) return moved[metric];
  return Object.entries(snapshot).find(([name]) => name === metric)?.[1] as number | null | undefined;
}

const RATIOS_OF_NOBODY = [
  'arpa',
  'asp',
  'grossChurn',
  'netChurn',
  'logoChurn',
  'nrr',
  'grr',
  'quickRatio',
  'ltv',
  'ltvBeforeMargin',
  'cac',
  'cacPaybackMonths',
  'ltvToCac',
  'ruleOf40',
  'magicNumber',
  'burnMultiple',
  'grossMargin',
  'failedPaymentRate',
  'recoveryRate',
  'trialConversion',
  'timeToFirstPayment',
  'discountShare',
] as const;

describe('nobody there', () => {
  test('a company without a customer: amounts are 0, ratios are null and say why', async () => {
    const { on } = await account({ subscriptions: [] });
    const figures = on('2026-06-30');
    expect(faults(figures)).toEqual([]);
    expect(figures).toMatchObject({
      mrr: 0,
      arr: 0,
      cmrr: 0,
      customers: 0,
      newCustomers: 0,
      netRevenue: 0,
      grossCash: 0,
    });
    for (const name of RATIOS_OF_NOBODY) {
      expect(figures[name], name).toBeNull();
      expect(figures.reasons[name], name).toBeTruthy();
    }
  });

  test.each([
    ['the day before the first customer', '2026-03-04', { mrr: 0, customers: 0, arpa: null }],
    [
      'the day of the first customer',
      '2026-03-05',
      { mrr: 10_000, customers: 1, arpa: 10_000, asp: 10_000, logoChurn: null },
    ],
    ['the end of the first month', '2026-03-31', { mrr: 10_000, newCustomers: 1, grossChurn: null, netChurn: null }],
    [
      'the second month',
      '2026-04-30',
      { newCustomers: 0, asp: null, grossChurn: 0, netChurn: 0, logoChurn: 0, nrr: null },
    ],
    ['twelve months later', '2027-03-05', { nrr: 1, grr: 1, quickRatio: null }],
    ['long before', '2001-01-01', { mrr: 0, customers: 0 }],
    ['years ahead', '2099-12-31', { mrr: 10_000, customers: 1, grossChurn: 0 }],
  ] as const)('one customer from 5 March 2026, on %s', async (_, day, expected) => {
    const { on } = await selling(subscription({ items: [item(price(10_000))], start: '2026-03-05' }));
    const figures = on(day);
    expect(faults(figures)).toEqual([]);
    expect(figures).toMatchObject(expected);
  });

  test('a month in which everybody left, and the one after it', async () => {
    const { month } = await selling(canceled(subscription({ items: [item(price(10_000))] }), '2026-03-10'));
    expect(month('2026-03')).toMatchObject({
      logoChurn: 1,
      grossChurn: 1,
      netChurn: 1,
      quickRatio: 0,
      arpa: null,
      customers: 0,
    });
    expect(faults(month('2026-03'))).toEqual([]);
    expect(month('2026-04')).toMatchObject({ logoChurn: null, grossChurn: null, quickRatio: null });
    expect(faults(month('2026-04'))).toEqual([]);
    expect(month('2027-01')).toMatchObject({ nrr: 0, grr: 0 });
  });

  test('came and left within the month: neither lost nor kept, but new', async () => {
    const { month } = await selling(
      canceled(subscription({ items: [item(price(10_000))], start: '2026-03-05' }), '2026-03-25'),
    );
    expect(month('2026-03')).toMatchObject({
      newCustomers: 1,
      churnedCustomers: 0,
      customers: 0,
      logoChurn: null,
      quickRatio: 1,
      movements: { opening: 0, new: 10_000, churn: -10_000, closing: 0 },
    });
  });

  test('every definition has a figure, or stands in its room', async () => {
    const figures = (await account({ subscriptions: [] })).on('2026-06-30');
    const elsewhere = new Set([
      'listMrr',
      'paymentsTried',
      'arrVelocity',
      'fx',
      'netNewArr',
      'newMrr',
      'expansionMrr',
      'contractionMrr',
      'churnMrr',
      'reactivationMrr',
      'netNewMrr',
      'nps',
      'firstResponseMedian',
      'firstResponseP90',
      'openRequests',
    ]);
    expect(DEFINITIONS.map(({ id }) => id).filter((id) => !elsewhere.has(id) && !(id in figures))).toEqual([]);
    for (const { id, title, definition, formula, rule, source, needs } of DEFINITIONS) {
      expect(
        [title, definition, formula, rule, source.title].every((text) => text.length > 0),
        id,
      ).toBe(true);
      expect(needs.length, id).toBeGreaterThan(0);
      expect(source.url, id).toMatch(/^https:\/\//);
    }
  });
});

const UNKNOWN_WITHOUT_RATES = [
  'mrr',
  'arr',
  'cmrr',
  'arpa',
  'asp',
  'netRevenue',
  'cashCollected',
  'grossCash',
  'refunds',
  'taxCollected',
  'failedPaymentsAmount',
  'grossChurn',
  'netChurn',
  'quickRatio',
] as const;

describe('a currency without a rate is a gap that is seen, never a 0', () => {
  const dirhams = (start: string, who = 'cus_b', cents = 5_000) =>
    subscription({ customer: who, currency: 'aed', items: [item(price(cents, { currency: 'aed' }))], start });
  const charge = (over: Record<string, unknown>) => ({
    id: 'ch_1',
    object: 'charge',
    amount: 5_000,
    amount_captured: 5_000,
    amount_refunded: 0,
    captured: true,
    created: sec('2026-03-05'),
    currency: 'aed',
    customer: 'cus_b',
    status: 'succeeded',
    ...over,
  });
  const billed = () =>
    invoice({
      on: '2026-03-05',
      customer: 'cus_b',
      currency: 'aed',
      lines: [line({ amount: 5_000, from: '2026-03-05', to: '2026-04-05', currency: 'aed' })],
    });
  const alone = async () =>
    await account({
      subscriptions: [dirhams('2026-03-05')],
      invoices: [billed()],
      charges: [
        charge({}),
        charge({ id: 'ch_2', status: 'failed', amount_captured: 0, captured: false, failure_code: 'card_declined' }),
      ],
      refunds: [
        {
          id: 're_1',
          object: 'refund',
          amount: 1_000,
          charge: 'ch_1',
          created: sec('2026-03-06'),
          currency: 'aed',
          status: 'succeeded',
        },
      ],
    });

  test('where all is in it, every amount and every average is null with that reason; counts are known', async () => {
    const { month } = await alone();
    const figures = month('2026-03');
    expect(faults(figures)).toEqual([]);
    expect(figures).toMatchObject({ customers: 1, newCustomers: 1 });
    for (const name of UNKNOWN_WITHOUT_RATES) {
      expect(figures[name], name).toBeNull();
      expect(figures.reasons[name], name).toContain('AED');
    }
    expect(figures.reasons['movements']).toContain('AED');
    expect(figures.concentration.top1).toBeNull();
    expect(figures.reasons['concentration']).toContain('AED');
  });

  test('its lines over time say the same as the snapshot', async () => {
    const made = await alone();
    const snapshot = made.month('2026-03');
    for (const [metric, point] of Object.entries(lastPoints(made, '2026-03-01', '2026-03-31'))) {
      const own = ownOf(metric as SeriesMetric, snapshot);
      // Movements are never null in the snapshot; what is not in them stands in `reasons`.
      if (own === undefined || (own === 0 && metric.endsWith('Mrr'))) continue;
      expect(point.value, metric).toBe(own);
      expect(point.value === null && !point.reason, metric).toBe(false);
    }
  });

  test('beside others: what is known is summed, what is not is named, and nobody is averaged as 0', async () => {
    const { month, ask } = await account({
      subscriptions: [subscription({ items: [item(price(10_000))], start: '2026-03-05' }), dirhams('2026-03-05')],
    });
    const figures = month('2026-03');
    expect(figures).toMatchObject({ mrr: 10_000, customers: 2, arpa: null, asp: null, ltvBeforeMargin: null });
    expect(figures.reasons['mrr']).toContain('AED');
    expect(figures.reasons['arpa']).toContain('AED');
    expect(figures.unvalued).toMatchObject([{ what: 'rate', currency: 'AED', annualMinor: 60_000 }]);
    expect(month('2026-04')).toMatchObject({ grossChurn: null, netChurn: null });
    const shares = ask((db, context) => concentration(db, { asOf: plainDay('2026-03-31') }, context));
    expect(shares.shares[0]?.share.value).toBe(1);
  });

  test('with rates again everything is there', async () => {
    const made = await alone();
    const quotes = Object.fromEntries(
      Array.from({ length: 31 }, (_, day) => [`2026-03-${String(day + 1).padStart(2, '0')}`, { USD: 1, AED: 4 }]),
    );
    await made.syncRates(await made.connect('frankfurter', { apiBase: await frankfurter(quotes) }));
    const figures = made.month('2026-03');
    expect(figures).toMatchObject({
      mrr: 1_250,
      arpa: 1_250,
      asp: 1_250,
      netRevenue: 1_250,
      cashCollected: 1_000,
      refunds: 250,
    });
    expect(figures.reasons['movements']).toBeUndefined();
  });
});
