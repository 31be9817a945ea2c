/** What a table is made of, apart from how it is drawn: columns, sorting, and export of all rows. */
import type { ReactNode } from 'react';
import type { ExportCell } from '../lib/delimited.ts';

export interface Column<Row> {
  /** Stable key, also the sort key. */
  readonly id: string;
  readonly header: string;
  /** What is sorted by and exported: plain numbers (minor units must be turned to decimal text first), text, or null. */
  readonly value: (row: Row) => ExportCell;
  /** What is shown; default is `text`. */
  readonly cell?: (row: Row) => ReactNode;
  /** Shown text; default is the value, «—» for null. */
  readonly text?: (row: Row) => string;
  /** What is exported where it differs from the sort value (money as decimal text). */
  readonly exported?: (row: Row) => ExportCell;
  /** Numbers stand at the end, words at the start (default). */
  readonly align?: 'start' | 'end';
  /** Pixels; columns without one share what is left. */
  readonly width?: number;
  /** Default true. */
  readonly sortable?: boolean;
  /** Text in the totals row. */
  readonly total?: string;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows above this number are drawn only where they are seen. */
export const VIRTUAL_ABOVE = 200;

/** The row that the keyboard moves to; null where the key does not move. */
export function rowAfterKey(key: string, current: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const clamp = (row: number): number => Math.min(count - 1, Math.max(0, row));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return clamp(current + 1);
    case 'ArrowUp':
    case 'k':
      return clamp(current - 1);
    case 'PageDown':
      return clamp(current + page);
    case 'PageUp':
      return clamp(current - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** Pixels below which a column without a width would not be readable. */
const LEAST_WIDTH = 140;

/** The width below which the table scrolls sideways instead of squeezing its columns. */
export function leastTableWidth<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, column) => sum + (column.width ?? LEAST_WIDTH), 0);
}

/** The next state of a header that is pressed: numbers start with the largest, words with A. */
export function nextSort(sort: Sort | null, column: string, numeric: boolean): Sort {
  if (sort?.column === column) return { column, descending: !sort.descending };
  return { column, descending: numeric };
}

/** All rows for a file or the clipboard, in the order given. */
export function exportRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): ExportCell[][] {
  return rows.map((row) => columns.map((column) => (column.exported ?? column.value)(row)));
}

/** Orders values: unknown ones stand last in either direction; words by the locale, with numbers inside them by size. */
export function compareValues(a: ExportCell, b: ExportCell, locale: string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), locale, { numeric: true, sensitivity: 'base' });
}
