/** Targets in a company whose figures can be checked in the head. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { evaluateAlerts, listAlerts } from '../../../src/main/engine/alerts/index.ts';
import { targetTrajectories } from '../../../src/main/engine/digest/index.ts';
import type { MetricsContext } from '../../../src/main/engine/metrics/index.ts';
import {
  growthAimedAt,
  listTargetEdits,
  listTargets,
  removeTarget,
  saveTarget,
  undoTargetEdit,
} from '../../../src/main/engine/targets/index.ts';
import type { TargetChange } from '../../../src/shared/contract/targets.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';
import { failureOf } from '../../support/store.ts';
import { at, company, item, price, subscription, USD } from '../metrics/support/company.ts';

const day = plainDay;
const NOW = at('2026-06-30T12:00:00Z');

/** Pays 100 a month since January; a second one pays 20 a month since 9 June. */
function world(today = '2026-06-30', over: Partial<MetricsContext> = {}) {
  const made = company(today, over);
  onTestFinished(made.close);
  const begin = (id: string, start: string, amount: number) =>
    made.see(
      subscription(at(start), { customerId: id, items: [item(price({ unitAmount: String(amount * 100) }))] }),
      at(start),
    );
  begin('First', '2026-01-10', 100);
  begin('Second', '2026-06-09', 20);
  made.recompute();
  return made;
}

/** From $100 of MRR at the end of January to $200 at the end of September: 242 days. */
const MRR: TargetChange = {
  metric: 'mrr',
  startsOn: day('2026-01-31'),
  startValue: null,
  dueOn: day('2026-09-30'),
  value: 20_000,
  currency: USD,
  shape: 'linear',
};

describe('a trajectory', () => {
  test('says where the figure stands against the path, in money and in days, and what is needed', () => {
    const { db, context } = world();
    saveTarget(db, MRR, NOW);
    const [mrr] = targetTrajectories(db, day('2026-06-30'), context);
    // 150 of 242 days: 100 + 100 × 150 ÷ 242.
    expect(mrr).toMatchObject({ actual: 12_000, planned: 16_198, variance: -4_198 });
    // The path asked for 120 on day 48: 150 − 48 days ago.
    expect(mrr?.daysBehind).toBe(102);
    // 80 more in 92 days; 20 in the last 28.
    expect(mrr?.pace).toEqual({ needed: 609, actual: 500, planned: 290 });
    // 80 at 20 in 28 days: 112 days.
    expect(mrr?.expectedOn).toBe('2026-10-20');
    expect(mrr?.sentences).toEqual([
      'MRR is $120, $41.98 (25.9%) behind the path to $200 by Sep 30: 102 days behind.',
      'From here $6.09 a week are needed, 18.4% a month; the last four weeks brought $5 a week, the path asks for $2.90 now.',
      'At the pace of the last four weeks it is reached on Oct 20, 20 days late.',
    ]);
  });

  test('is drawn from the path’s beginning to its end, with what was up to the day asked for', () => {
    const { db, context } = world();
    saveTarget(db, MRR, NOW);
    const points = targetTrajectories(db, day('2026-06-30'), context)[0]?.points ?? [];
    expect(points[0]).toEqual({ on: '2026-01-31', planned: 10_000, actual: 10_000 });
    expect(points.at(-1)).toEqual({ on: '2026-09-30', planned: 20_000, actual: null });
    expect(points.find(({ on }) => on === '2026-06-30')).toEqual({ on: '2026-06-30', planned: 16_198, actual: 12_000 });
  });

  test('counts customers as customers', () => {
    const { db, context } = world();
    saveTarget(db, { ...MRR, metric: 'customers', currency: null, value: 2 }, NOW);
    const [customers] = targetTrajectories(db, day('2026-06-30'), context);
    expect(customers).toMatchObject({ actual: 2, currency: null });
    expect(customers?.sentences[0]).toMatch(/^There are 2 paying customers, exactly on|^There are 2 paying customers/);
    expect(customers?.sentences).toContain('The target is reached already.');
  });

  test('of a currency without decimals counts whole units', () => {
    const JPY = currencyCode('JPY');
    const { db, context, rate } = world();
    // 1 EUR = 1 USD = 150 JPY over the whole time.
    for (const on of ['2026-01-25', '2026-01-31', '2026-05-30', '2026-06-02', '2026-06-24', '2026-06-30']) {
      rate(on, 'USD', '1');
      rate(on, 'JPY', '150');
    }
    saveTarget(db, { ...MRR, currency: JPY, value: 30_000 }, NOW);
    const [mrr] = targetTrajectories(db, day('2026-06-30'), context);
    expect(mrr).toMatchObject({ currency: 'JPY', actual: 18_000, planned: 24_298 });
    expect(mrr?.sentences[0]).toContain('MRR is ¥18,000, ¥6,298 (25.9%) behind');
  });

  test('without a rate has no value, and says why', () => {
    const { db, context } = world();
    saveTarget(db, { ...MRR, currency: currencyCode('GBP') }, NOW);
    const [mrr] = targetTrajectories(db, day('2026-06-30'), context);
    expect(mrr).toMatchObject({ actual: null, planned: null, variance: null });
    expect(mrr?.sentences[0]).toContain('No rate from USD to GBP on 2026-06-30');
  });

  test('of a target that is over says by how much it was missed', () => {
    const { db, context } = world();
    saveTarget(db, { ...MRR, dueOn: day('2026-05-31') }, NOW);
    const [mrr] = targetTrajectories(db, day('2026-06-30'), context);
    expect(mrr?.isOver).toBe(true);
    expect(mrr?.sentences).toEqual(['MRR is $120; the target of $200 by May 31 is over, missed by $80.']);
  });
});

describe('targets of files', () => {
  /** Rows as an import of a table of targets leaves them. */
  function imported(db: ReturnType<typeof world>['db'], rows: readonly Record<string, string>[]) {
    db.prepareWrite(
      `INSERT INTO source (source_id, vendor, name, config, state, connected_at) VALUES (9, 'files', 'Own tables', '{"family":"own"}', 'paused', 0)`,
    ).run();
    db.prepareWrite(`INSERT INTO file_stream (file_stream_id, source_id, kind) VALUES (1, 9, 'targets')`).run();
    db.prepareWrite(
      `INSERT INTO file_import (file_import_id, file_stream_id, kind, file, bytes, fingerprint, mapping, state, started_at)
       VALUES (1, 1, 'targets', 'plan.csv', 1, 'x', '{}', 'done', 0)`,
    ).run();
    for (const [index, row] of rows.entries())
      db.prepareWrite<[string, number, string]>(
        `INSERT INTO file_record (file_stream_id, record_key, file_import_id, line, body) VALUES (1, ?, 1, ?, ?)`,
      ).run(String(index), index, JSON.stringify(row));
  }

  test('are targets for the end of their month, in the reporting currency; unknown figures are left alone', () => {
    const { db, context } = world();
    imported(db, [
      { metric: 'MRR', month: '2026-07', value: '150' },
      { metric: 'Annual recurring revenue', month: '2026-12', value: '2400.50' },
      { metric: 'NPS', month: '2026-12', value: '50' },
    ]);
    expect(listTargets(db, context.currency)).toMatchObject([
      { targetId: null, metric: 'mrr', dueOn: '2026-07-31', startsOn: '2026-06-30', value: 15_000, currency: 'USD' },
      { targetId: null, metric: 'arr', dueOn: '2026-12-31', value: 240_050 },
    ]);
    const [mrr] = targetTrajectories(db, day('2026-06-30'), context);
    expect(mrr).toMatchObject({ planned: 12_000, actual: 12_000, variance: 0 });
  });

  test('give way to one that is set by hand for the same day', () => {
    const { db, context } = world();
    imported(db, [{ metric: 'mrr', month: '2026-09', value: '150' }]);
    saveTarget(db, MRR, NOW);
    expect(listTargets(db, context.currency).map(({ value }) => value)).toEqual([20_000]);
  });
});

describe('a change of targets', () => {
  test('can be taken back: an addition, a change, a removal', () => {
    const { db, context } = world();
    const values = () => listTargets(db, context.currency).map(({ value }) => value);
    const added = saveTarget(db, MRR, NOW);
    const changed = saveTarget(db, { ...MRR, targetId: added.target.targetId, value: 30_000 }, NOW);
    const removed = removeTarget(db, added.target.targetId, NOW);
    expect(values()).toEqual([]);
    undoTargetEdit(db, removed.editId, NOW);
    expect(values()).toEqual([30_000]);
    undoTargetEdit(db, changed.editId, NOW);
    expect(values()).toEqual([20_000]);
    undoTargetEdit(db, added.editId, NOW);
    expect(values()).toEqual([]);
    expect(listTargetEdits(db).every(({ undoneAt }) => undoneAt === NOW)).toBe(true);
  });

  test('is not taken back twice, nor past a later one', () => {
    const { db } = world();
    const added = saveTarget(db, MRR, NOW);
    saveTarget(db, { ...MRR, targetId: added.target.targetId, value: 30_000 }, NOW);
    expect(failureOf(() => undoTargetEdit(db, added.editId, NOW))).toMatchObject({ code: 'conflict' });
  });

  test('does not put two targets of a figure on one day', () => {
    const { db } = world();
    saveTarget(db, MRR, NOW);
    expect(failureOf(() => saveTarget(db, MRR, NOW)).message).toContain('already');
    expect(failureOf(() => saveTarget(db, { ...MRR, targetId: 99 }, NOW))).toMatchObject({ code: 'not_found' });
  });
});

describe('the alert “Growth is under target”', () => {
  const settings = { currency: USD, growthTarget: 0.01 };

  test('reads the growth that the path asks for; without one the growth target of the settings', () => {
    const { db } = world();
    expect(growthAimedAt(db, day('2026-06-30'), 30, settings)).toBe(0.01);
    saveTarget(db, MRR, NOW);
    // From 100 + 100 × 120 ÷ 242 to 100 + 100 × 150 ÷ 242.
    expect(growthAimedAt(db, day('2026-06-30'), 30, settings)).toBeCloseTo(16_198 / 14_959 - 1, 9);
  });

  test('is raised where growth misses that', () => {
    const { db, context } = world('2026-07-20');
    saveTarget(db, { ...MRR, startsOn: day('2026-06-15'), value: 60_000 }, NOW);
    evaluateAlerts(db, {
      clock: { now: () => context.now },
      zone: context.zone,
      currency: USD,
      growthTarget: null,
      runningSince: instant(0),
      quietHours: null,
      notify: () => undefined,
    });
    const { rows } = listAlerts(db, { state: 'open', limit: 50 }, context.now);
    expect(rows.map(({ rule }) => rule)).toContain('growth_under_target');
  });
});
