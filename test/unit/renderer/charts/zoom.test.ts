import { describe, expect, it } from 'vitest';
import { rowsWithin } from '../../../../src/renderer/charts/zoom.ts';
import { dayNumber, plainDay } from '../../../../src/shared/kernel/day.ts';

const rows = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'].map((day, index) => ({
  day: plainDay(day),
  values: [index],
}));

describe('the part of a chart that is looked at', () => {
  it('holds the days of the span, both ends included', () => {
    const span = { from: dayNumber(plainDay('2026-02-28')), to: dayNumber(plainDay('2026-03-31')) };
    expect(rowsWithin(rows, span).map(({ day }) => day)).toEqual(['2026-02-28', '2026-03-31']);
  });

  it('is everything without a span', () => {
    expect(rowsWithin(rows, null)).toBe(rows);
  });
});
