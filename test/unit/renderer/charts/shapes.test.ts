/** What the fan, the funnel and the scatter plot work out before anything is drawn. */
import { describe, expect, it } from 'vitest';
import { fanBounds, fanSentence, fanSeries, fanTable } from '../../../../src/renderer/charts/fan.ts';
import { funnelRows, funnelSentence, funnelTable } from '../../../../src/renderer/charts/funnel-model.ts';
import { drawnPoints, nearestPoint, pointByKey } from '../../../../src/renderer/charts/scatter-model.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { moneyUnit } from '../../../../src/renderer/lib/unit.ts';
import { USD } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, UTC } from '../../../../src/shared/kernel/day.ts';

const format = createFormatter('en-US', UTC);
const DOLLARS = moneyUnit(USD);

describe('a forecast', () => {
  const facts = {
    id: 'mrr',
    label: 'MRR',
    points: [
      { day: plainDay('2026-10-31'), value: 90_000 },
      { day: plainDay('2026-11-30'), value: 100_000 },
      { day: plainDay('2026-12-31'), value: null },
    ],
  };
  const fan = {
    label: 'Forecast',
    levels: [0.8, 0.5],
    points: [
      {
        day: plainDay('2026-12-31'),
        value: 110_000,
        bounds: [
          [90_000, 130_000],
          [100_000, 120_000],
        ] as const,
      },
    ],
  };

  it('opens from the last fact, where the bounds meet', () => {
    expect(fanSeries([facts], fan).points[0]).toEqual({ day: '2026-11-30', value: 100_000 });
    expect(fanBounds([facts], fan).get(plainDay('2026-11-30'))).toEqual([
      [100_000, 100_000],
      [100_000, 100_000],
    ]);
  });

  it('never stands in the column of the facts', () => {
    const table = fanTable([facts], fan, { unit: DOLLARS, grain: 'month', format });
    expect(table.columns.map(({ header }) => header)).toEqual([
      'Month',
      'MRR',
      'Forecast',
      'Low 80%',
      'High 80%',
      'Low 50%',
      'High 50%',
    ]);
    expect(table.rows).toEqual([
      ['2026-10', 90_000, null, null, null, null, null],
      ['2026-11', 100_000, null, null, null, null, null],
      ['2026-12', null, 110_000, 90_000, 130_000, 100_000, 120_000],
    ]);
  });

  it('is told with its uncertainty', () => {
    expect(fanSentence(fan, DOLLARS, format)).toBe(
      'Forecast $1.1K on Dec 31, 2026; 80% likely between $900 and $1.3K, 50% likely between $1K and $1.2K.',
    );
  });
});

describe('a funnel', () => {
  const rows = funnelRows([
    { id: 'visited', label: 'Visited', value: 1_000 },
    { id: 'signedUp', label: 'Signed up', value: 100 },
    { id: 'activated', label: 'Activated', value: null },
    { id: 'paid', label: 'Paid', value: 25, of: 'signedUp' },
  ]);

  it('shares each step out of the one it is taken from', () => {
    expect(rows.map(({ share, ofLabel, follows }) => [share, ofLabel, follows])).toEqual([
      [null, null, false],
      [0.1, 'Visited', true],
      [null, 'Signed up', true],
      [0.25, 'Signed up', false],
    ]);
    expect(
      funnelRows([
        { id: 'a', label: 'A', value: 0 },
        { id: 'b', label: 'B', value: 0 },
      ])[1]?.share,
    ).toBeNull();
  });

  it('is told in a sentence and a table; what nobody counts is not zero', () => {
    expect(funnelSentence(rows, format)).toBe(
      '1,000 visited; signed up 100 (10.0% of visited); activated not counted; paid 25 (25.0% of signed up).',
    );
    expect(funnelTable(rows).rows).toEqual([
      ['Visited', 1_000, null, null],
      ['Signed up', 100, 0.1, 'Visited'],
      ['Activated', null, null, null],
      ['Paid', 25, 0.25, 'Signed up'],
    ]);
  });
});

describe('a scatter plot', () => {
  const at = (id: string, left: number, top: number) => ({ id, label: id, x: left, y: -top, left, top });
  const points = [at('a', 0, 100), at('b', 50, 20), at('c', 60, 90), at('d', 200, 10)];

  it('takes the nearest point within reach of the pointer', () => {
    expect(nearestPoint(points, { left: 55, top: 80 }, 40)).toBe(2);
    expect(nearestPoint(points, { left: 120, top: 50 }, 40)).toBeNull();
  });

  it('is walked through by keys: across in the order of x, up and down to the nearest that way', () => {
    expect(pointByKey(points, null, 'ArrowRight')).toBe(0);
    expect(pointByKey(points, 0, 'ArrowRight')).toBe(1);
    expect(pointByKey(points, 0, 'ArrowLeft')).toBe(0);
    expect(pointByKey(points, 2, 'ArrowUp')).toBe(1);
    expect(pointByKey(points, 1, 'ArrowDown')).toBe(2);
    expect(pointByKey(points, 3, 'ArrowUp')).toBeNull();
    expect(pointByKey(points, 1, 'End')).toBe(3);
    expect(pointByKey(points, 1, 'x')).toBeNull();
    expect(pointByKey([], null, 'ArrowRight')).toBeNull();
  });

  it('draws points once that fall on each other', () => {
    expect(drawnPoints([at('a', 10, 10), at('b', 10.4, 10.4), at('c', 14, 10)]).map(({ id }) => id)).toEqual([
      'a',
      'c',
    ]);
  });
});
