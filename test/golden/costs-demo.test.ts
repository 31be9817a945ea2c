/**
 * The demo company's costs by the real path (file → import → ledger and
 * invoices), held against figures that the demo works out from its lives, its
 * costs and the vendor's objects, without the engine.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  demoCompany,
  demoTruth,
  economicsTruth,
  startDemoServers,
  type EconomicsTruth,
} from '../../src/main/demo/index.ts';
import { costSheet, importCosts } from '../../src/main/engine/costs/index.ts';
import {
  explain,
  recompute,
  series,
  snapshot,
  VARIO,
  type MetricsContext,
} from '../../src/main/engine/metrics/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { systemClock, systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { firstDayOf, lastDayOf, monthOf, plainDay, plainMonth, UTC } from '../../src/shared/kernel/day.ts';
import type { MetricSnapshot } from '../../src/shared/contract/metrics.ts';
import { UNIT_ECONOMICS_SERIES } from '../../src/shared/contract/unit-economics.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
import { recordingLogger } from '../support/engine-ports.ts';

const NOW = instantOfIso('2026-11-20T12:00:00Z');
const SCALE = 0.25;

const context: MetricsContext = {
  now: NOW,
  today: plainDay('2026-11-20'),
  zone: UTC,
  currency: currencyCode('USD'),
  policy: VARIO,
  weekStartsOn: 1,
  fiscalYearStartMonth: 1,
  growthTarget: null,
  milestoneMinor: null,
};
/** ARR is rounded per currency by the ledger and once by the demo: a cent or two. Flows: half a cent for each day, kind and currency of invoices and payments, which the engine rounds one by one. */
const ROUNDED_FLOWS = 400;

let db: WriteDb;
let truth: readonly EconomicsTruth[];
let ours: ReadonlyMap<string, MetricSnapshot>;
let cleanUp: () => void;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vario-golden-'));
  const opened = openWriter(join(folder, 'vario.db'), new Uint8Array(32).fill(1));
  cleanUp = () => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  };
  db = opened.db;
  const servers = await startDemoServers({ now: NOW, scale: SCALE });
  try {
    expect(importCosts(db, { ...servers.costs, dryRun: false }, NOW)).toMatchObject({
      quarantined: [],
      replaced: 0,
      combined: 1,
    });
    const clock = { now: () => NOW, sleep: systemClock.sleep };
    const deps = { db, clock, random: systemRandom, http: systemHttp, logger: recordingLogger() };
    const { apiBase, apiKey } = servers.stripe;
    const stripe = await connectSource(deps, { vendor: 'stripe', config: { apiBase }, secrets: { apiKey } });
    const rates = { vendor: 'frankfurter', config: { apiBase: servers.frankfurter.apiBase }, secrets: {} };
    const frankfurter = await connectSource(deps, rates);
    for (const { sourceId } of [stripe, frankfurter]) await syncSource(deps, sourceId);
  } finally {
    await servers.close();
  }
  recompute(db, context);
  const told = demoCompany({ now: NOW, scale: SCALE });
  truth = economicsTruth(told, demoTruth(told));
  ours = new Map(truth.map(({ month }) => [month, snapshot(db, { month }, context)]));
}, 300_000);
afterAll(() => cleanUp());

describe('the demo company’s unit economics', () => {
  const of = (month: string) => {
    const shot = ours.get(month);
    if (!shot) throw new Error(`no snapshot of ${month}`);
    return shot;
  };

  test('are there for 36 whole months', () => {
    expect(truth).toHaveLength(36);
    expect(truth.at(-1)?.month).toBe('2026-10');
  });

  test('spend and costs of every month, to the cent', () => {
    for (const month of truth)
      expect([of(month.month).salesAndMarketing, of(month.month).costOfRevenue], month.month).toEqual([
        month.salesAndMarketing,
        month.costOfRevenue,
      ]);
    const [from, to] = [truth[0]!.month, truth.at(-1)!.month];
    expect(costSheet(db, { from, to }, context).months.map(({ total }) => total)).toEqual(
      truth.map(({ costs }) => costs),
    );
  });

  test('CAC, LTV, gross margin, payback and magic number of every month', () => {
    let defined = 0;
    for (const month of truth) {
      const shot = of(month.month);
      const close = (value: number | null, right: number | null, within: number) => {
        if (right === null) expect(value, month.month).toBeNull();
        else
          expect(Math.abs((value ?? Number.NaN) - right), `${month.month}: ${value} for ${right}`).toBeLessThan(within);
        if (right !== null) defined += 1;
      };
      close(shot.cac, month.cac, 0.51);
      close(shot.ltv, month.ltv, 1);
      close(shot.grossMargin, month.grossMargin, 1e-6);
      if (month.grossMargin > 0) close(shot.cacPaybackMonths, month.cacPaybackMonths, 1e-4);
      close(shot.magicNumber, month.magicNumber, 1e-6);
    }
    expect(defined).toBeGreaterThan(120);
  });

  test('CAC by channel: spend and customers of each', () => {
    for (const { month, cacByChannel } of truth)
      for (const [channel, right] of Object.entries(cacByChannel)) {
        const row = of(month).cacByChannel.find((each) => each.channel === channel);
        expect([row?.spend ?? 0, row?.newCustomers ?? 0], `${month} ${channel}`).toEqual([
          right.spend,
          right.newCustomers,
        ]);
      }
  });

  test('net revenue, cash, burn, operating margin, rule of 40 and burn multiple', () => {
    let defined = 0;
    for (const month of truth) {
      const shot = of(month.month);
      expect(Math.abs((shot.netRevenue ?? 0) - month.netRevenue), month.month).toBeLessThan(ROUNDED_FLOWS);
      expect(Math.abs((shot.netBurn ?? 0) - month.netBurn), month.month).toBeLessThan(ROUNDED_FLOWS);
      for (const [value, right] of [
        [shot.operatingMargin, month.operatingMargin],
        [shot.ruleOf40, month.ruleOf40],
        [shot.burnMultiple, month.burnMultiple],
      ] as const) {
        if (right === null) expect(value, month.month).toBeNull();
        else {
          expect(value, month.month).toBeCloseTo(right, 3);
          defined += 1;
        }
      }
    }
    expect(defined).toBeGreaterThan(50);
  });

  test('every line over time is the snapshot’s figure of its month', () => {
    const [from, to] = [firstDayOf(truth[0]!.month), lastDayOf(truth.at(-1)!.month)];
    for (const metrics of [UNIT_ECONOMICS_SERIES.slice(0, 7), UNIT_ECONOMICS_SERIES.slice(7)])
      for (const { metric, points } of series(db, { metrics, from, to, grain: 'month' }, context))
        for (const { on, value, reason } of points) {
          const shot = of(monthOf(on));
          expect(value, `${metric} ${on}`).toBe(shot[metric as (typeof UNIT_ECONOMICS_SERIES)[number]]);
          if (value === null) expect(reason).toBe(shot.reasons[metric]);
        }
  });

  test.each([
    ['cac'],
    ['grossMargin'],
    ['operatingMargin'],
    ['cacPaybackMonthsBeforeMargin'],
    ['magicNumber'],
    ['burnMultiple'],
  ] as const)('%s is what its rows add up to, over what they are set against', (metric) => {
    let compared = 0;
    for (const { month } of truth) {
      const value = of(month)[metric];
      if (value === null) continue;
      const { total, dividedBy } = explain(
        db,
        { metric, from: firstDayOf(month), to: lastDayOf(month), limit: 1 },
        context,
      );
      // Amounts of rows are whole cents, and CAC is one.
      const right = total / (dividedBy?.total ?? Number.NaN);
      expect(Math.abs(value / right - 1), `${metric} ${month}: ${value} for ${right}`).toBeLessThan(5e-4);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('a slice has its lifetime value after the company’s margin; what is spent is known by channel alone', () => {
    const month = plainMonth('2026-10');
    const company = snapshot(db, { month }, context);
    const of = (dimension: 'country' | 'channel', value: string) =>
      snapshot(db, { month, slice: { where: [{ dimension, values: [value] }] } }, context);
    const country = of('country', 'US');
    expect(country.ltv).toBe(Math.round(country.ltvBeforeMargin! * company.grossMargin!));
    expect(country.reasons['ltv']).toMatch(/company’s gross margin/);
    expect(country).toMatchObject({ cac: null, salesAndMarketing: null, grossMargin: null, netBurn: null });
    expect(country.reasons['cac']).toMatch(/by channel/);
    expect(country.reasons['netBurn']).toMatch(/whole company/);

    const spenders = company.cacByChannel.filter(({ channel, cac }) => channel !== null && cac !== null);
    expect(spenders.length).toBeGreaterThan(1);
    for (const { channel, spend, cac } of spenders) {
      const own = of('channel', channel!);
      expect(own).toMatchObject({ salesAndMarketing: spend, cac });
      expect(own.cacPaybackMonths).toBeGreaterThan(0);
      const slice = { where: [{ dimension: 'channel' as const, values: [channel!] }] };
      const behind = { metric: 'cac', from: firstDayOf(month), to: lastDayOf(month), limit: 100, slice };
      expect(explain(db, behind, context)).toMatchObject({ total: spend, dividedBy: { metric: 'newCustomers' } });
    }
  });

  test('the rows behind the CAC are the month’s spend', () => {
    const { month, salesAndMarketing } = truth.at(-1)!;
    const behind = { metric: 'cac', from: firstDayOf(month), to: lastDayOf(month), limit: 100 };
    const { total, dividedBy } = explain(db, behind, context);
    expect(total).toBe(salesAndMarketing);
    expect(dividedBy).toMatchObject({ metric: 'newCustomers', total: of(month).newCustomers });
  });
});

test('the figures of the whole company stand in its README as computed', () => {
  const told = demoCompany({ now: NOW });
  const october = economicsTruth(told, demoTruth(told)).at(-1)!;
  const readme = readFileSync(new URL('../../resources/demo/README.md', import.meta.url), 'utf8');
  const dollars = (cents: number) =>
    `$${(Math.round(cents) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
  const percent = (fraction: number | null) => `${((fraction ?? Number.NaN) * 100).toFixed(2)} %`;
  for (const line of [
    `| ${[october.salesAndMarketing, october.costOfRevenue, october.costs].map(dollars).join(', ')} |`,
    `| ${dollars(october.cac ?? Number.NaN)} |`,
    `| ${percent(october.grossMargin)} |`,
    `| ${dollars(october.ltv ?? Number.NaN)} |`,
    `| ${october.cacPaybackMonths?.toFixed(2)} months |`,
    `| ${october.magicNumber?.toFixed(2)} |`,
    `| ${dollars(october.netRevenue)}, ${dollars(october.cashCollected)} |`,
    `| ${percent(october.operatingMargin)}, ${percent(october.ruleOf40)} |`,
  ])
    expect(readme).toContain(line);
});
