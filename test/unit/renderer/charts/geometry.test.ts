import { cellAfterKey } from '../../../../src/renderer/charts/heat-keys.ts';
import { freeFrom } from '../../../../src/renderer/charts/variometer-tape.tsx';
import { describe, expect, it } from 'vitest';
import { plainDay, UTC } from '../../../../src/shared/kernel/day.ts';
import { keptIndices, keptRows } from '../../../../src/renderer/charts/downsample.ts';
import { heatStep } from '../../../../src/renderer/charts/heat.ts';
import { sparkPaths } from '../../../../src/renderer/charts/spark-path.ts';
import { timeTicks } from '../../../../src/renderer/charts/time-ticks.ts';
import { valueScale } from '../../../../src/renderer/charts/value-scale.ts';
import {
  angleOf,
  dialArc,
  dialMarks,
  dialPoint,
  dialScale,
  isOffScale,
  SWEEP_DEGREES,
} from '../../../../src/renderer/charts/variometer-geometry.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';

describe('the dial of the variometer', () => {
  it('has zero at nine o’clock, climb above it and sink below', () => {
    expect(dialPoint(100, angleOf(0, { max: 10, step: 5 }))).toEqual({ x: -100, y: 0 });
    expect(dialPoint(100, 90)).toEqual({ x: 0, y: -100 });
    expect(dialPoint(100, -90)).toEqual({ x: 0, y: 100 });
    expect(dialPoint(100, angleOf(5, { max: 10, step: 5 })).y).toBeLessThan(0);
  });

  it('is symmetric: a fall stands where the same climb would be mirrored', () => {
    const scale = { max: 10, step: 5 };
    expect(angleOf(-7, scale)).toBe(-angleOf(7, scale));
    expect(angleOf(10, scale)).toBe(SWEEP_DEGREES);
  });

  it('stops the needle just beyond the end and says so', () => {
    const scale = { max: 10, step: 5 };
    expect(angleOf(50, scale)).toBe(angleOf(1000, scale));
    expect(angleOf(50, scale)).toBeGreaterThan(SWEEP_DEGREES);
    expect(angleOf(50, scale)).toBeLessThan(180);
    expect([isOffScale(10, scale), isOffScale(-10.5, scale)]).toEqual([false, true]);
  });

  it.each([
    [[400_000, 900_000], 980_000, { max: 1_000_000, step: 250_000 }],
    [[400_000], 1_100_000, { max: 1_500_000, step: 500_000 }],
    [[-7_900_000], null, { max: 8_000_000, step: 2_000_000 }],
    [[], null, { max: 100, step: 25 }],
    [[0, 0], 0, { max: 100, step: 25 }],
  ])('ranges %j with %j needed to %j', (weeks, needed, scale) => {
    expect(dialScale(weeks, needed, 100)).toEqual(scale);
  });

  it('does not let one exceptional week in a year flatten the others', () => {
    const weeks = [...Array.from({ length: 51 }, () => 500_000), 90_000_000];
    expect(dialScale(weeks, null, 100).max).toBe(600_000);
  });

  it('marks both ends, zero and fifths between the labels', () => {
    const marks = dialMarks({ max: 4, step: 1 });
    expect(marks.filter((mark) => mark.labelled).map((mark) => mark.value)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    expect(marks).toHaveLength(41);
  });

  it('draws climb clockwise, sink anticlockwise, and nothing at zero', () => {
    expect(dialArc(10, 0, 90)).toBe('M -10 0 A 10 10 0 0 1 0 -10');
    expect(dialArc(10, 0, -90)).toBe('M -10 0 A 10 10 0 0 0 0 10');
    expect(dialArc(10, -145, 145)).toContain('A 10 10 0 1 1');
    expect(dialArc(10, 0, 0)).toBe('');
  });
});

describe('the tape of the variometer', () => {
  it('names the line where no bar crosses it', () => {
    expect(freeFrom([9, 1, 9, 1, 1], 5, 2)).toBe(3);
    expect(freeFrom([1, 1, 9], 5, 2)).toBe(0);
    expect(freeFrom([9, 1, 9], 5, 2), 'where there is no such place, at the beginning').toBe(0);
  });
});

describe('keys in a heat map', () => {
  // Cohorts become shorter, and one row opens nothing.
  const lengths = [6, 0, 4, 2];

  it.each([
    ['ArrowRight', { row: 0, column: 5 }, { row: 0, column: 5 }],
    ['ArrowLeft', { row: 0, column: 5 }, { row: 0, column: 4 }],
    ['ArrowDown', { row: 0, column: 5 }, { row: 2, column: 3 }],
    ['ArrowUp', { row: 2, column: 1 }, { row: 0, column: 1 }],
    ['ArrowUp', { row: 0, column: 1 }, { row: 0, column: 1 }],
    ['Home', { row: 2, column: 3 }, { row: 2, column: 0 }],
    ['End', { row: 2, column: 0 }, { row: 2, column: 3 }],
    ['PageDown', { row: 0, column: 4 }, { row: 3, column: 1 }],
    ['PageUp', { row: 3, column: 1 }, { row: 0, column: 1 }],
  ])('%s from %o leads to %o', (key, from, to) => {
    expect(cellAfterKey(key, from, lengths)).toEqual(to);
  });

  it('lead to the corners with Ctrl, and nowhere for a letter', () => {
    expect(cellAfterKey('Home', { row: 3, column: 1 }, lengths, true)).toEqual({ row: 0, column: 0 });
    expect(cellAfterKey('End', { row: 0, column: 0 }, lengths, true)).toEqual({ row: 3, column: 1 });
    expect(cellAfterKey('x', { row: 0, column: 0 }, lengths)).toBeNull();
  });

  it('begin at the first row that opens something, also when rows went away', () => {
    expect(cellAfterKey('', { row: 1, column: 9 }, lengths)).toEqual({ row: 2, column: 3 });
  });
});

describe('downsampling', () => {
  const wave = Array.from({ length: 3650 }, (_, index) => Math.sin(index / 40) * 100);

  it('draws ten years of days with about as many points as asked for', () => {
    const kept = keptIndices(wave, 600);
    expect(kept.length).toBe(600);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(3649);
    expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
  });

  it('keeps a spike of a single day', () => {
    const spiked = wave.with(1777, 10_000);
    expect(keptIndices(spiked, 300)).toContain(1777);
  });

  it('keeps both edges of a gap, so that the line stays broken there', () => {
    const gapped = wave.map((value, index) => (index >= 1000 && index < 1100 ? null : value));
    const kept = keptIndices(gapped, 200);
    expect(kept).toEqual(expect.arrayContaining([999, 1000, 1099, 1100]));
  });

  it('leaves short series whole', () => {
    expect(keptIndices([3, 1, 2], 100)).toEqual([0, 1, 2]);
    expect(keptIndices([], 100)).toEqual([]);
  });

  it('takes for several lines what each of them needs', () => {
    const flat = wave.map(() => 5);
    const kept = keptRows([flat.with(500, 99), flat.with(2500, -99)], 100);
    expect(kept).toEqual(expect.arrayContaining([500, 2500]));
  });
});

describe('the value axis', () => {
  it.each([
    [[0, 87], 4, [0, 25, 50, 75, 100]],
    [[-40, 100], 4, [-50, 0, 50, 100]],
    [[5, 5], 4, [0, 2, 4, 6]],
    [[0], 2, [0, 0.5, 1]],
  ])('for %j in %i steps has marks at %j', (values, count, ticks) => {
    expect(valueScale(values, count).ticks).toEqual(ticks);
  });

  it('may begin above zero where that is asked for and the values lie close together', () => {
    expect(valueScale([0.9, 0.95], 4, false).min).toBeGreaterThan(0.8);
    expect(valueScale([0.9, 0.95], 4).min).toBe(0);
  });

  it('has whole steps for whole things', () => {
    expect(valueScale([0, 2], 8, true, true).ticks).toEqual([0, 1, 2]);
  });

  it('stands without values', () => {
    expect(valueScale([], 4)).toEqual({ min: 0, max: 1, ticks: [0, 1] });
  });
});

describe('the time axis', () => {
  const format = createFormatter('en-US', UTC);
  const labels = (from: string, to: string, most: number): string[] =>
    timeTicks(plainDay(from), plainDay(to), most, format).map((tick) => tick.label);

  it('labels years, with months between them where they fit', () => {
    expect(labels('2023-12-01', '2026-11-01', 7)).toEqual(['2024', 'Jul', '2025', 'Jul', '2026', 'Jul']);
    expect(labels('2016-11-21', '2026-11-21', 6)).toEqual(['2018', '2020', '2022', '2024', '2026']);
  });

  it('labels days within two months', () => {
    expect(labels('2026-11-01', '2026-11-08', 10)).toHaveLength(8);
    expect(labels('2026-11-01', '2026-11-30', 6)).toEqual(['Nov 2', 'Nov 9', 'Nov 16', 'Nov 23', 'Nov 30']);
  });
});

describe('a sparkline', () => {
  const points = (...values: (number | null)[]) => values.map((value, index) => ({ index, value }));

  it('breaks at an unknown value and ends in a dot at the last known one', () => {
    const { line, last } = sparkPaths(points(1, 2, null, 3, 4), 5, 200, 32, null);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(last).toEqual({ x: 200, y: 3 });
  });

  it('runs level through the middle when nothing changes', () => {
    expect(sparkPaths(points(7, 7), 2, 200, 32, null).line).toBe('M 0 16 L 200 16');
  });

  it('makes room for the target', () => {
    const { targetY, last } = sparkPaths(points(1, 2), 2, 200, 32, 4);
    expect(targetY).toBe(3);
    expect(last!.y).toBeGreaterThan(targetY!);
  });

  it('is empty without values', () => {
    expect(sparkPaths(points(null, null), 2, 200, 32, null)).toEqual({ line: '', area: '', last: null, targetY: null });
  });
});

describe('the shades of a heat map', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [0.5, 3],
    [0.999, 6],
    [1, 6],
    [1.4, 6],
  ])('%d falls on step %i', (value, step) => {
    expect(heatStep(value, [0, 1])).toBe(step);
  });
});
