/**
 * The demo company through the real path (vendor's server → source → sync →
 * facts → ledger), held against figures that the demo works out from the lives
 * alone, without the engine.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCompany, demoTruth, startDemoServers, type DemoTruth } from '../../src/main/demo/index.ts';
import {
  bridge,
  rebuild,
  recompute,
  snapshot,
  VARIO,
  verify,
  type MetricsContext,
} from '../../src/main/engine/metrics/index.ts';
import { systemClock, systemHttp, systemRandom } from '../../src/main/engine/runtime/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { connectSource, syncSource } from '../../src/main/engine/sync/index.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { firstDayOf, plainDay, UTC } from '../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../src/shared/kernel/instant.ts';
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
const KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed'] as const;
/** Both sides round each kind's or currency's sum once, the demo over currencies, the ledger per currency or row. */
const ROUNDING = 1;

let db: WriteDb;
let truth: DemoTruth;
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
  truth = demoTruth(demoCompany({ now }));
}, 300_000);

afterAll(() => cleanUp());

describe('the demo company, 37 months', () => {
  test('has every true movement, of the same customer-day, kind and amount, and no other', () => {
    const ours = db
      .prepare<[string], { moved_on: string; kind: string; currency: string; annual: number }>(
        `SELECT m.moved_on, m.kind, m.currency, sum(m.annual_minor) AS annual FROM movement m
         WHERE m.moved_on <= ? AND m.kind <> 'transfer' GROUP BY m.customer_id, m.moved_on, m.kind, m.currency HAVING annual <> 0`,
      )
      .all(context.today)
      .map((row) => `${row.moved_on} ${row.kind} ${row.currency} ${row.annual}`);
    const theirs = truth.movements.map((row) => `${row.day} ${row.kind} ${row.currency} ${row.annual}`);
    expect(theirs.length).toBeGreaterThan(1_000);
    expect(ours.toSorted()).toEqual(theirs.toSorted());
  });

  test('stands right at every month’s end', () => {
    for (const month of truth.months) {
      const ours = snapshot(db, { month: month.month }, context);
      const close = (value: number | null, right: number) => {
        expect(value).not.toBeNull();
        expect(Math.abs((value ?? 0) - right), `${month.month}: ${value} for ${right}`).toBeLessThanOrEqual(ROUNDING);
      };
      close(ours.mrr, month.mrr.usd.mrr);
      close(ours.cmrr, month.cmrr.usd.mrr);
      close(ours.pastDueMrr, month.pastDueMrr.usd.mrr);
      close(ours.trialMrr, month.trialMrr.usd.mrr);
      close(ours.committedTrialMrr, month.committedTrialMrr.usd.mrr);
      for (const kind of KINDS) close(ours.movements[kind], month.usd.movements[kind].mrr);
      close(ours.movements.fx, month.usd.fx.mrr);
      expect([ours.customers, ours.newCustomers, ours.churnedCustomers]).toEqual([
        month.customers,
        month.newCustomers,
        month.churnedCustomers,
      ]);
      for (const ratio of ['logoChurn', 'nrr', 'grr'] as const) {
        if (month[ratio] === null) expect(ours[ratio]).toBeNull();
        else expect(ours[ratio]).toBeCloseTo(month[ratio], 6);
      }
    }
  });

  test('adds up: opening and movements are closing in every month, monthly and annually', () => {
    for (const { month, asOf } of truth.months) {
      const { mrr, arr } = bridge(db, { from: firstDayOf(month), to: asOf }, context);
      for (const figures of [mrr, arr]) {
        const { opening, closing, ...moved } = figures;
        expect(opening + Object.values(moved).reduce((a, b) => a + (b ?? 0), 0)).toBe(closing);
      }
    }
  });

  test('is what its facts say, and a rebuild changes nothing', () => {
    expect(verify(db, context).differences).toEqual([]);
    expect(rebuild(db, context)).toMatchObject({ added: 0, reversed: 0 });
  });
});
