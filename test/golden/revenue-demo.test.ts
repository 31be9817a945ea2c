/**
 * Revenue of the demo company through the real path: every month adds up and opens as the one before it closed, what
 * is billed ties to the invoices and payments of the store, and all of it has been earned or taken back in the end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoServers } from '../../src/main/demo/index.ts';
import { convert, rateBook } from '../../src/main/engine/fx/index.ts';
import { recompute, VARIO, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { CORRECTIONS, deferredRevenue } from '../../src/main/engine/revops/index.ts';
import { systemClock, systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import type { DeferredRevenue } from '../../src/shared/contract/revops.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { dayAt, plainDay, plainMonth, timeZone, UTC } from '../../src/shared/kernel/day.ts';
import { instant, instantOfIso } from '../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../support/engine-ports.ts';
import { KESTREL_REVENUE } from './demo-kestrel.ts';

const now = instantOfIso('2026-11-20T12:00:00Z');
const USD = currencyCode('USD');
const context: MetricsContext = {
  now,
  today: plainDay('2026-11-20'),
  zone: UTC,
  currency: USD,
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};
/** Begins before the company does, and ends after the last period that was billed. */
const RANGE = { from: plainMonth('2023-10'), to: plainMonth('2031-12') };
const ZONES = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'] as const;

let db: WriteDb;
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
    for (const connection of [
      { vendor: 'stripe', config: { apiBase: stripe.apiBase }, secrets: { apiKey: stripe.apiKey } },
      { vendor: 'frankfurter', config: { apiBase: frankfurter.apiBase }, secrets: {} },
    ]) {
      const { sourceId } = await connectSource(deps, connection);
      await syncSource(deps, sourceId);
    }
  } finally {
    await servers.close();
  }
  // The days of rates and of the company are those of the ledger's basis.
  recompute(db, context);
}, 300_000);
afterAll(() => cleanUp());

const revenue = (zone: (typeof ZONES)[number] = 'UTC', range = RANGE) =>
  deferredRevenue(db, range, { zone: timeZone(zone), currency: USD });

const taken = (month: DeferredRevenue['months'][number]) =>
  CORRECTIONS.reduce<number>((sum, each) => sum + month[`${each}Deferred`], month.recoverablesDeferred);

describe.each(ZONES)('months of %s', (zone) => {
  test('add up, and each opens as the one before it closed', () => {
    let closing = 0;
    for (const month of revenue(zone).months) {
      expect(month.opening).toBe(closing);
      expect(month.opening + month.billed - month.recognised - taken(month)).toBe(month.closing);
      ({ closing } = month);
    }
    expect(closing).toBe(0);
  });

  test('bill what the invoices and the payments without one say, each at the rate of its day', () => {
    const rates = rateBook(db);
    const billings = db
      .prepare<[], { at: number; currency: string; amount: number }>(
        `SELECT coalesce(finalized_at, created_at) AS at, currency, total_minor - tax_minor AS amount FROM invoice WHERE status <> 'draft'
         UNION ALL
         SELECT created_at, currency, amount_minor FROM charge c WHERE status = 'succeeded' AND invoice_id IS NULL AND NOT EXISTS
           (SELECT 1 FROM invoice_payment p WHERE p.source_id = c.source_id
              AND (p.charge_id = c.id OR p.payment_intent_id = c.payment_intent_id))`,
      )
      .all();
    const byMonth = new Map<string, number>();
    for (const { at, currency, amount } of billings) {
      const day = dayAt(instant(at), timeZone(zone));
      const rate = rates.rate(currency, USD, day);
      if (!rate) throw new Error(`no rate from ${currency} on ${day}`);
      byMonth.set(day.slice(0, 7), (byMonth.get(day.slice(0, 7)) ?? 0) + convert(amount, rate));
    }
    const { months, unvalued } = revenue(zone);
    expect(unvalued).toEqual([]);
    for (const { month, billed } of months)
      // Lines are converted one by one, the sum above invoice by invoice.
      expect(Math.abs(billed - (byMonth.get(month) ?? 0)), month).toBeLessThanOrEqual(billings.length / 10);
    expect(months.reduce((sum, { billed }) => sum + billed, 0)).toBeGreaterThan(1_000_000_00);
  });
});

test('a month is the same in whichever range it is asked', () => {
  const whole = revenue().months;
  const part = revenue('UTC', { from: plainMonth('2026-03'), to: plainMonth('2026-08') }).months;
  expect(part).toEqual(whole.filter(({ month }) => month >= '2026-03' && month <= '2026-08'));
});

test('what is earned and not taken back is what was billed, less what was taken from deferred revenue', () => {
  const { months } = revenue();
  const total = (of: (month: DeferredRevenue['months'][number]) => number) =>
    months.reduce((sum, month) => sum + of(month), 0);
  expect(total(({ billed }) => billed)).toBe(total(({ recognised }) => recognised) + total(taken));
});

interface LineRow {
  readonly billed_at: number;
  readonly billing_reason: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly starts: number;
  readonly ends: number;
  readonly proration: number;
}

test('every line earned evenly over its period, read naively: more than the waterfall by what was taken from it', () => {
  const rates = rateBook(db);
  const { months } = revenue();
  const starts = months.map(({ month }) => Date.parse(`${month}-01T00:00:00Z`));
  const naive = months.map(() => 0);
  const lines = db
    .prepare<[], LineRow>(
      `SELECT coalesce(i.finalized_at, i.created_at) AS billed_at, i.billing_reason, i.currency, l.proration,
              l.amount_minor
                - coalesce((SELECT sum(json_extract(d.value, '$.amountMinor')) FROM json_each(l.discounts) d), 0)
                - coalesce((SELECT sum(json_extract(t.value, '$.amountMinor')) FROM json_each(l.taxes) t
                            WHERE json_extract(t.value, '$.inclusive')), 0) * CASE WHEN l.amount_minor < 0 THEN -1 ELSE 1 END AS amount,
              l.period_start_at AS starts, l.period_end_at AS ends
       FROM invoice i JOIN invoice_line l ON l.source_id = i.source_id AND l.invoice_id = i.id WHERE i.status <> 'draft'`,
    )
    .all();
  for (const line of lines) {
    const rate = rates.rate(line.currency, USD, dayAt(instant(line.billed_at), UTC));
    if (!rate) throw new Error(`no rate from ${line.currency}`);
    const worth = convert(line.amount, rate);
    const waits = line.proration === 1 && line.billing_reason === 'subscription_cycle';
    const earned = (at: number) => {
      if (at <= line.billed_at && !(waits && line.ends > line.starts)) return 0;
      if (line.ends <= line.starts) return worth;
      return worth * Math.min(1, Math.max(0, (at - line.starts) / (line.ends - line.starts)));
    };
    for (const [index, start] of starts.entries())
      naive[index] = (naive[index] ?? 0) + earned(starts[index + 1] ?? Number.POSITIVE_INFINITY) - earned(start);
  }
  let more = 0;
  let takenSoFar = 0;
  for (const [index, month] of months.entries()) {
    more += (naive[index] ?? 0) - month.recognised;
    takenSoFar += taken(month);
    // Each line of each month is rounded once; what was taken would have been earned by and by.
    const rounding = lines.length / 20;
    expect(more, month.month).toBeGreaterThan(-rounding);
    expect(more, month.month).toBeLessThan(takenSoFar + rounding);
  }
  expect(Math.abs(more - takenSoFar)).toBeLessThan(lines.length / 20);
});

test('the figures written down', () => {
  const { months } = revenue();
  const found = KESTREL_REVENUE.map(([month]) => {
    const of = months.find((each) => each.month === month);
    const taken = CORRECTIONS.map((each) => of?.[each]);
    return [month, of?.billed, of?.recognised, ...taken, of?.recoverables, of?.closing];
  });
  expect(found).toEqual(KESTREL_REVENUE);
});
