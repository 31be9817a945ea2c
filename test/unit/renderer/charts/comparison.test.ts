import { describe, expect, it } from 'vitest';
import { aligned, comparedLegend, comparedSeries, comparedTable } from '../../../../src/renderer/charts/comparison.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit, PERCENT } from '../../../../src/renderer/lib/unit.ts';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, UTC } from '../../../../src/shared/kernel/day.ts';

const format = createFormatter('en-US', UTC);
const DOLLARS = moneyUnit(USD);
const points = (...list: readonly (readonly [string, number | null])[]) =>
  list.map(([day, value]) => ({ day: plainDay(day), value }));

describe('a stretch under another', () => {
  it('meets the same month of the year before, also where February is a day longer', () => {
    const now = points(['2025-01-31', 10], ['2025-02-28', 11]);
    const then = points(['2024-01-31', 5], ['2024-02-29', 6]);
    expect(aligned(now, then, 'month', 'year')).toEqual(points(['2025-01-31', 5], ['2025-02-28', 6]));
  });

  it('meets the same day of the year before, not the one in the same place', () => {
    const now = points(['2025-03-01', 10], ['2025-03-02', 11]);
    const then = points(['2024-02-29', 4], ['2024-03-01', 5], ['2024-03-02', 6]);
    expect(aligned(now, then, 'day', 'year')).toEqual(points(['2025-03-01', 5], ['2025-03-02', 6]));
  });

  it('goes step by step with the period before, and is unknown where that was shorter', () => {
    const now = points(['2026-03-01', 10], ['2026-03-02', 11]);
    expect(aligned(now, points(['2026-02-28', 9]), 'day', 'before')).toEqual(
      points(['2026-03-01', 9], ['2026-03-02', null]),
    );
  });
});

describe('the change to it', () => {
  const main = { id: 'mrr', label: 'MRR', points: points(['2026-01-31', 12_000], ['2026-02-28', 15_000]) };
  const earlier = comparedSeries('MRR', points(['2026-01-31', 10_000], ['2026-02-28', 0]), 'year');

  it('stands in the legend for the last day that both know', () => {
    expect(comparedLegend([main, earlier], DOLLARS, format)[1]).toMatchObject({
      label: 'MRR a year before',
      mark: 'dashed',
      value: 'now +$150',
    });
    const known = comparedSeries('MRR', points(['2026-01-31', 10_000], ['2026-02-28', null]), 'year');
    expect(comparedLegend([main, known], DOLLARS, format)[1]).toMatchObject({ value: 'now +20.0%' });
  });

  it('stands in the last column of the table, unknown from zero', () => {
    const table = comparedTable([main, earlier], DOLLARS, 'month');
    expect(table.columns.map(({ header }) => header)).toEqual(['Month', 'MRR', 'MRR a year before', 'Change']);
    expect(table.rows).toEqual([
      ['2026-01', 12_000, 10_000, 0.2],
      ['2026-02', 15_000, 0, null],
    ]);
  });

  it('is a difference of points for percentages', () => {
    const rate = { id: 'grr', label: 'GRR', points: points(['2026-01-31', 0.95]) };
    const before = comparedSeries('GRR', points(['2026-01-31', 0.9]), 'before');
    expect(comparedTable([rate, before], PERCENT, 'month').rows[0]?.[3]).toBeCloseTo(0.05);
  });
});
