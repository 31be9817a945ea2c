import { describe, expect, it } from 'vitest';
import { markGroups, markName, monthGroups, tableWithMarks } from '../../../../src/renderer/charts/mark-groups.ts';
import type { ChartMark } from '../../../../src/renderer/charts/marks.tsx';
import { seriesTable } from '../../../../src/renderer/charts/series.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { countUnit } from '../../../../src/renderer/lib/unit.ts';
import { dayNumber, plainDay, plainMonth, UTC } from '../../../../src/shared/kernel/day.ts';

const format = createFormatter('en-US', UTC);
const mark = (day: string, text = 'Price change', kind: ChartMark['kind'] = 'note'): ChartMark => ({
  key: `${day} ${text}`,
  day: plainDay(day),
  kind,
  text,
  link: null,
});
const table = (days: readonly string[], grain: 'day' | 'week' | 'month' = 'day') =>
  seriesTable(
    [{ id: 'a', label: 'A', points: days.map((day) => ({ day: plainDay(day), value: 1 })) }],
    countUnit(),
    grain,
  );

describe('marks on a drawing', () => {
  const span = { from: dayNumber(plainDay('2026-01-01')), to: dayNumber(plainDay('2026-12-31')) };
  const place = (day: number): number => (day - span.from) * 2;

  it('stand at their day, and together where their flags would cover each other', () => {
    const groups = markGroups(
      [mark('2026-01-02'), mark('2026-01-05'), mark('2026-01-14'), mark('2026-06-01')],
      span,
      place,
    );
    expect(groups.map(({ x, marks }) => [x, marks.length])).toEqual([
      [2, 2],
      [26, 1],
      [302, 1],
    ]);
  });

  it('leave days out that are not drawn', () => {
    expect(markGroups([mark('2025-12-31'), mark('2027-01-01')], span, place)).toEqual([]);
  });

  it('say what they are and how many', () => {
    expect(markName([mark('2026-08-15')], format)).toBe('Note on Aug 15, 2026: Price change');
    expect(markName([mark('2026-08-15', '2.0', 'release')], format)).toBe('Release on Aug 15, 2026: 2.0');
    expect(markName([mark('2026-08-01'), mark('2026-08-20')], format)).toBe(
      '2 notes and releases, Aug 1, 2026 to Aug 20, 2026',
    );
  });
});

describe('marks in the table of a chart', () => {
  it('stand in a column of their own, on their day', () => {
    const marked = tableWithMarks(table(['2026-01-01', '2026-01-02']), [mark('2026-01-02')], format);
    expect(marked.columns.at(-1)).toEqual({ header: 'Notes and releases', holds: 'text' });
    expect(marked.rows.map((row) => row.at(-1))).toEqual([null, 'Price change']);
  });

  it('say their day where the row stands for more of them', () => {
    const weeks = tableWithMarks(table(['2026-01-04', '2026-01-11'], 'week'), [mark('2026-01-08')], format);
    expect(weeks.rows.map((row) => row.at(-1))).toEqual([null, 'Price change (Jan 8, 2026)']);
    const months = tableWithMarks(
      table(['2026-01-31', '2026-02-28'], 'month'),
      [mark('2026-01-08'), mark('2026-01-09', '2.0', 'release')],
      format,
    );
    expect(months.rows.map((row) => row.at(-1))).toEqual(['Price change (Jan 8, 2026); 2.0 (Jan 9, 2026)', null]);
  });

  it('leave tables alone that are not over time, or have none in their span', () => {
    const days = table(['2026-01-01', '2026-01-02']);
    expect(tableWithMarks(days, [mark('2025-12-31'), mark('2026-01-03')], format)).toBe(days);
    const names = { columns: [{ header: 'Plan', holds: 'text' }], rows: [['Team']] } as const;
    expect(tableWithMarks(names, [mark('2026-01-01')], format)).toBe(names);
  });
});

describe('marks over bars', () => {
  it('stand over the bar of their month, together where bars are narrow', () => {
    const months = [plainMonth('2026-01'), plainMonth('2026-02'), plainMonth('2026-03'), undefined];
    const marks = [mark('2026-01-08'), mark('2026-01-20'), mark('2026-03-02'), mark('2026-07-01')];
    expect(monthGroups(marks, months, (index) => index * 40).map((group) => [group.x, group.marks.length])).toEqual([
      [0, 2],
      [80, 1],
    ]);
    expect(monthGroups(marks, months, (index) => index * 10).map((group) => group.marks.length)).toEqual([3]);
  });
});
