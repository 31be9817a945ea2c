/** Where marks stand on a drawing and in a table: those too close to be told apart stand together. */
import { dayNumber, firstDayOf, lastDayOf, monthOf, type PlainDay, type PlainMonth } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import type { ChartTable, ChartTableRow } from './chart-table.ts';
import type { ChartMark } from './marks.tsx';

export interface MarkGroup {
  /** Pixels from the left of the drawing. */
  readonly x: number;
  readonly marks: readonly ChartMark[];
}

/** Room above the plot for the flags. */
export const FLAG_ROOM = 26;
/** A flag can be hit with a finger: https://www.w3.org/TR/WCAG22/#target-size-minimum */
export const FLAG_PIXELS = 24;

/** Marks of the days that are drawn, each at its place; a flag never covers another. */
export function markGroups(
  marks: readonly ChartMark[],
  span: { readonly from: number; readonly to: number },
  place: (day: number) => number,
): MarkGroup[] {
  const groups: { x: number; marks: ChartMark[] }[] = [];
  for (const mark of marks) {
    const day = dayNumber(mark.day);
    if (day < span.from || day > span.to) continue;
    const x = place(day);
    const last = groups.at(-1);
    if (last && x - last.x < FLAG_PIXELS) last.marks.push(mark);
    else groups.push({ x, marks: [mark] });
  }
  return groups;
}

/** Marks over bars that stand for months, each month's together in the middle of its bar. */
export function monthGroups(
  marks: readonly ChartMark[],
  months: readonly (PlainMonth | undefined)[],
  place: (index: number) => number,
): MarkGroup[] {
  const byMonth = Map.groupBy(marks, ({ day }) => monthOf(day));
  const groups: { x: number; marks: ChartMark[] }[] = [];
  for (const [index, month] of months.entries()) {
    const own = month === undefined ? undefined : byMonth.get(month);
    if (own === undefined) continue;
    const x = place(index);
    const last = groups.at(-1);
    if (last && x - last.x < FLAG_PIXELS) last.marks.push(...own);
    else groups.push({ x, marks: [...own] });
  }
  return groups;
}

/** A flag's accessible name: «Note on Aug 15, 2025: Price change», «3 notes and releases, Aug 1 – 20, 2025». */
export function markName(marks: readonly ChartMark[], format: Formatter): string {
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return '';
  if (marks.length === 1)
    return `${first.kind === 'note' ? 'Note' : 'Release'} on ${format.day(first.day)}: ${first.text}`;
  const days =
    first.day === last.day ? `on ${format.day(first.day)}` : `${format.day(first.day)} to ${format.day(last.day)}`;
  return `${marks.length} notes and releases, ${days}`;
}

/**
 * The table of a chart over time with a last column for its marks. A mark stands in the first row whose day or month
 * is not before it, with its own day where that is another. Without marks in the span, and for tables that are not over
 * time, the table stays as it is.
 */
export function tableWithMarks(table: ChartTable, marks: readonly ChartMark[], format: Formatter): ChartTable {
  const time = table.columns[0]?.holds;
  if (marks.length === 0 || (time !== 'day' && time !== 'month')) return table;
  const ends = table.rows.map(([cell]) => (typeof cell === 'string' ? endOf(cell, time) : null));
  const [firstCell] = table.rows[0] ?? [];
  if (typeof firstCell !== 'string') return table;
  const from = time === 'month' ? firstDayOf(firstCell as PlainMonth) : (firstCell as PlainDay);
  const texts = new Map<number, string[]>();
  for (const mark of marks) {
    if (mark.day < from) continue;
    const row = ends.findIndex((end) => end !== null && end >= mark.day);
    if (row < 0) continue;
    const isExact = time === 'day' && ends[row] === mark.day;
    const text = isExact ? mark.text : `${mark.text} (${format.day(mark.day)})`;
    texts.set(row, [...(texts.get(row) ?? []), text]);
  }
  if (texts.size === 0) return table;
  return {
    columns: [...table.columns, { header: 'Notes and releases', holds: 'text' }],
    rows: table.rows.map((row, index): ChartTableRow => [...row, texts.get(index)?.join('; ') ?? null]),
  };
}

function endOf(cell: string, time: 'day' | 'month'): PlainDay {
  return time === 'month' ? lastDayOf(cell as PlainMonth) : (cell as PlainDay);
}
