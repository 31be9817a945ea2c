/**
 * Cash, failed payments, kinds of churn and discounts of the demo company through
 * the real path, held against figures worked out from its lives and the vendor's
 * objects for them, without the engine.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  cliffsAhead,
  demoCompany,
  demoTruth,
  revenueTruth,
  startDemoServers,
  type RevenueTruth,
} from '../../src/main/demo/index.ts';
import {
  cliffs,
  explain,
  recompute,
  recovery,
  snapshot,
  VARIO,
  type MetricsContext,
} from '../../src/main/engine/metrics/index.ts';
import { systemClock, systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { firstDayOf, lastDayOf, plainDay, UTC } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { divideRounded } from '../../src/shared/kernel/rational.ts';
import { recordingLogger } from '../support/engine-ports.ts';

const now = instantOfIso('2026-11-20T12:00:00Z');
const context: MetricsContext = {
  now,
  today: plainDay('2026-11-20'),
  zone: UTC,
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};
const company = demoCompany({ now });

let db: WriteDb;
let truth: readonly RevenueTruth[];
let cleanUp: () => void;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vario-golden-'));
  const opened = openWriter(join(folder, 'vario.db'), new Uint8Array(32).fill(1));
  cleanUp = () => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  };
  db = opened.db;
  const servers = await startDemoServers({ now });
  try {
    const clock = { now: () => now, sleep: systemClock.sleep };
    const deps = { db, clock, random: systemRandom, http: systemHttp, logger: recordingLogger() };
    const { stripe, frankfurter } = servers;
    const connections = [
      await connectSource(deps, {
        vendor: 'stripe',
        config: { apiBase: stripe.apiBase },
        secrets: { apiKey: stripe.apiKey },
      }),
      await connectSource(deps, { vendor: 'frankfurter', config: { apiBase: frankfurter.apiBase }, secrets: {} }),
    ];
    for (const { sourceId } of connections) await syncSource(deps, sourceId);
  } finally {
    await servers.close();
  }
  recompute(db, context);
  truth = revenueTruth(company, demoTruth(company));
}, 120_000);

afterAll(() => cleanUp());

describe('the demo company, 37 months', () => {
  test('cash, refunds, fees, disputes and tax of every month, to the cent', () => {
    for (const month of truth) {
      const ours = snapshot(db, { month: month.month }, context);
      expect({ month: month.month, ...pick(ours) }).toEqual({
        month: month.month,
        grossCash: month.grossCash,
        refunds: month.refunds,
        fees: month.fees,
        disputesOpenedAmount: month.disputed,
        disputesWonAmount: month.wonBack,
        taxCollected: month.tax,
        disputesOpened: month.disputesOpened,
        netCash: month.grossCash - month.refunds - month.fees - month.disputed + month.wonBack,
      });
    }
    expect(truth.reduce((sum, { refunds }) => sum + refunds, 0)).toBeGreaterThan(0);
    expect(truth.reduce((sum, { disputesOpened }) => sum + disputesOpened, 0)).toBeGreaterThan(0);
  });

  test('every payment that failed at first, and which were recovered within the window', () => {
    const [first, last] = [truth[0]?.month, truth.at(-1)?.month];
    if (first === undefined || last === undefined) throw new Error('the company has months');
    const { months } = recovery(db, { from: first, to: last }, context);
    expect(months.map((month) => [month.month, month.attempted, month.failed.count, month.recovered.count])).toEqual(
      truth.map(({ month, attempted, failed, recovered }) => [month, attempted, failed, recovered]),
    );
    expect(truth.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(50);
  });

  test('who left because a payment failed, and who asked to leave', () => {
    for (const { month, churn } of truth) {
      const ours = snapshot(db, { month }, context);
      const close = (value: number | null, right: number) =>
        expect(Math.abs((value ?? Number.NaN) - right), `${month}: ${value} for ${right}`).toBeLessThanOrEqual(1);
      close(ours.involuntaryChurnMrr, churn.involuntary);
      close(ours.voluntaryChurnMrr, churn.voluntary);
      close(ours.freeChurnMrr, churn.free);
    }
    expect(truth.some(({ churn }) => churn.involuntary < 0)).toBe(true);
  });

  test('what discounts gave away at every month’s end', () => {
    for (const { month, discountGiven } of truth)
      expect([month, snapshot(db, { month }, context).discountGiven]).toEqual([month, discountGiven]);
  });

  test('the discounts that will end: day, customer, price before and after', () => {
    const ours = cliffs(db, { months: 12, pastMonths: 1 }, context).upcoming.rows;
    const theirs = cliffsAhead(company, 12).filter(({ currency }) => currency === context.currency);
    expect(theirs.length).toBeGreaterThan(5);
    for (const { on, company: name, before, after } of theirs)
      expect(ours).toContainEqual(
        expect.objectContaining({
          on,
          customerName: name,
          before: divideRounded(before, 12),
          after: divideRounded(after, 12),
        }),
      );
    expect(ours.map(({ on, customerName }) => `${on} ${customerName}`).toSorted()).toEqual(
      cliffsAhead(company, 12)
        .map(({ on, company: name }) => `${on} ${name}`)
        .toSorted(),
    );
  });

  test('each figure is taken apart into rows that add up to it', () => {
    for (const { month } of truth.slice(-6)) {
      const ours = snapshot(db, { month }, context);
      const from = firstDayOf(month);
      const to = lastDayOf(month) < context.today ? lastDayOf(month) : context.today;
      for (const metric of EXPLAINED)
        expect([month, metric, explain(db, { metric, from, to, limit: 1 }, context).total]).toEqual([
          month,
          metric,
          ours[metric],
        ]);
    }
  });
});

const FIGURES = [
  'grossCash',
  'refunds',
  'fees',
  'disputesOpenedAmount',
  'disputesWonAmount',
  'taxCollected',
  'disputesOpened',
  'netCash',
] as const;
const EXPLAINED = [
  ...FIGURES,
  'netRevenue',
  'cashCollected',
  'failedPayments',
  'failedPaymentsAmount',
  'involuntaryChurnMrr',
  'voluntaryChurnMrr',
  'freeChurnMrr',
  'discountGiven',
] as const;

function pick(figures: ReturnType<typeof snapshot>): Record<(typeof FIGURES)[number], number | null> {
  return Object.fromEntries(FIGURES.map((name) => [name, figures[name]])) as Record<
    (typeof FIGURES)[number],
    number | null
  >;
}
