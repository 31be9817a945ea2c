/** The demo company's parts: every slice is what the lives say, and the slices of each dimension are the company. */
import { expect, test } from 'vitest';
import { partsTruth, type PartsTruth } from '../../src/main/demo/index.ts';
import {
  breakdown,
  bridge,
  dimensionValues,
  explain,
  recompute,
  snapshot,
  VARIO,
  type MetricsContext,
} from '../../src/main/engine/metrics/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { addToMonth, dayAt, firstDayOf, lastDayOf, monthOf, UTC, type PlainDay } from '../../src/shared/kernel/day.ts';
import { testCompany, type TestCompany } from '../support/synced-company.ts';

async function demo(): Promise<{ made: TestCompany; context: MetricsContext }> {
  const made = await testCompany({ scale: 0.4 });
  await made.sync();
  const now = made.servers.control.now();
  const context: MetricsContext = {
    now,
    today: dayAt(now, UTC),
    zone: UTC,
    currency: currencyCode('USD'),
    policy: VARIO,
    weekStartsOn: 1,
    fiscalYearStartMonth: 1,
    growthTarget: null,
    milestoneMinor: null,
  };
  recompute(made.db, context);
  return { made, context };
}

const DIMENSIONS = ['plan', 'interval', 'country'] as const satisfies readonly (keyof PartsTruth)[];

/** The ends of some months, the last one today. */
function daysUntil(today: PlainDay) {
  const month = monthOf(today);
  return [today, ...[-1, -6, -14, -25].map((back) => lastDayOf(addToMonth(month, back)))];
}

test(
  'each part is worth what the lives say, in every currency, and has as many customers',
  { timeout: 300_000 },
  async () => {
    const { made, context } = await demo();
    for (const by of DIMENSIONS) {
      let compared = 0;
      for (const day of daysUntil(context.today)) {
        const truth = partsTruth(made.servers.control.company(), day)[by];
        const { rows } = breakdown(
          made.db,
          { from: firstDayOf(monthOf(day)), to: day, by, offset: 0, limit: 500 },
          context,
        );
        const paying = rows.filter(({ customers }) => customers > 0);
        expect(Object.fromEntries(paying.map(({ label, customers }) => [label, customers]))).toEqual(
          Object.fromEntries(Object.entries(truth).map(([value, { customers }]) => [value, customers])),
        );
        for (const [value, { byCurrency }] of Object.entries(truth))
          for (const [currency, annual] of Object.entries(byCurrency)) {
            const where = [
              { dimension: by, values: [value] },
              { dimension: 'currency' as const, values: [currency] },
            ];
            const input = { asOf: day, currency: currencyCode(currency), slice: { where } };
            expect([value, currency, snapshot(made.db, input, context).arr]).toEqual([value, currency, annual]);
            compared += 1;
          }
      }
      expect(compared).toBeGreaterThan(15);
    }
  },
);

test(
  'the parts of every dimension add up to the company, kind by kind, every month',
  { timeout: 300_000 },
  async () => {
    const { made, context } = await demo();
    for (let back = 0; back < 24; back++) {
      const month = addToMonth(monthOf(context.today), -back);
      const to = back === 0 ? context.today : lastDayOf(month);
      const period = { from: firstDayOf(month), to };
      const { arr } = bridge(made.db, period, context);
      for (const by of [...DIMENSIONS, 'channel', 'product', 'price', 'currency'] as const) {
        const { rows, total } = breakdown(made.db, { ...period, by, offset: 0, limit: 500 }, context);
        expect(total.annual).toMatchObject(arr);
        expect(total.annual.movedIn + total.annual.movedOut).toBe(0);
        for (const column of ['opening', 'new', 'churn', 'expansion', 'contraction', 'fx', 'closing'] as const)
          expect(rows.reduce((sum, { annual }) => sum + annual[column], 0)).toBe(arr[column]);
      }
    }
  },
);

test(
  'failed payments, departures and first payments of the countries add up to the company’s, and have its rows',
  { timeout: 300_000 },
  async () => {
    const { made, context } = await demo();
    const SUMMED = [
      'failedPayments',
      'failedPaymentsAmount',
      'involuntaryChurnCustomers',
      'voluntaryChurnCustomers',
    ] as const;
    let failed = 0;
    for (let back = 1; back <= 12; back++) {
      const month = addToMonth(monthOf(context.today), -back);
      const company = snapshot(made.db, { month }, context);
      const { rows } = breakdown(
        made.db,
        { from: firstDayOf(month), to: lastDayOf(month), by: 'country', offset: 0, limit: 500 },
        context,
      );
      const slices = rows.map(({ label }) => ({ where: [{ dimension: 'country' as const, values: [label] }] }));
      const parts = slices.map((slice) => snapshot(made.db, { month, slice }, context));
      for (const name of SUMMED)
        expect([name, month, parts.reduce((sum, part) => sum + (part[name] ?? 0), 0)]).toEqual([
          name,
          month,
          company[name],
        ]);
      for (const part of parts) {
        const kinds = [part.involuntaryChurnMrr, part.voluntaryChurnMrr, part.freeChurnMrr];
        expect(kinds.reduce((sum, kind) => (sum ?? 0) + (kind ?? 0), 0)).toBe(part.movements.churn);
      }
      for (const [index, slice] of slices.entries())
        for (const metric of ['failedPayments', 'involuntaryChurnMrr', 'voluntaryChurnMrr'] as const) {
          const behind = { metric, from: firstDayOf(month), to: lastDayOf(month), limit: 1, slice };
          expect(explain(made.db, behind, context).total).toBe(parts[index]?.[metric]);
        }
      failed += company.failedPayments ?? 0;
    }
    expect(failed).toBeGreaterThan(20);
  },
);

test('those of the plans add up as well, and so do invoices and cash', { timeout: 300_000 }, async () => {
  const { made, context } = await demo();
  for (let back = 1; back <= 12; back += 4) {
    const month = addToMonth(monthOf(context.today), -back);
    const company = snapshot(made.db, { month }, context);
    const plans = dimensionValues(made.db, { dimension: 'plan', limit: 500 }, context).values;
    const parts = [...plans.map(({ value }) => value), 'none'].map((value) =>
      snapshot(made.db, { month, slice: { where: [{ dimension: 'plan' as const, values: [value] }] } }, context),
    );
    const sum = (name: 'failedPayments' | 'disputesOpened' | 'netRevenue' | 'grossCash' | 'refunds' | 'taxCollected') =>
      parts.reduce((total, part) => total + (part[name] ?? 0), 0);
    for (const name of ['failedPayments', 'disputesOpened'] as const)
      expect([name, month, sum(name)]).toEqual([name, month, company[name]]);
    // A slice converts the sums of its own days: each day and currency may be half a cent off its share.
    for (const name of ['netRevenue', 'grossCash', 'refunds', 'taxCollected'] as const)
      expect([name, Math.abs(sum(name) - (company[name] ?? 0)) < 31 * 3 * parts.length]).toEqual([name, true]);
    for (const part of parts) {
      const kinds = [part.involuntaryChurnMrr, part.voluntaryChurnMrr, part.freeChurnMrr];
      expect(kinds.reduce((total, kind) => (total ?? 0) + (kind ?? 0), 0)).toBe(part.movements.churn);
    }
  }
});
