/**
 * The table behind a chart: the same numbers, all of them, for reading, copying,
 * saving and listening. Values keep their unit, so they are shown as on the chart
 * and exported as plain decimals.
 */
import type { PlainDay, PlainMonth } from '../../shared/kernel/day.ts';
import { decimalText, minor } from '../../shared/kernel/money.ts';
import type { ExportCell } from '../lib/delimited.ts';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import type { Column } from '../ui/table-model.ts';

export type ChartTableColumn =
  | { readonly header: string; readonly holds: 'text' }
  | { readonly header: string; readonly holds: 'day' }
  | { readonly header: string; readonly holds: 'month' }
  | { readonly header: string; readonly holds: 'value'; readonly unit: Unit };

/** One cell per column; null where a value is not known. */
export type ChartTableRow = readonly (string | number | null)[];

export interface ChartTable {
  readonly columns: readonly ChartTableColumn[];
  readonly rows: readonly ChartTableRow[];
}

/** The columns for DataTable. Money is exported as decimal text in the currency named in the header. */
export function tableColumns(table: ChartTable, format: Formatter): Column<ChartTableRow>[] {
  return table.columns.map((column, index) => {
    const value = (row: ChartTableRow): string | number | null => row[index] ?? null;
    const base = { id: `${index}`, header: headerText(column), value } as const;
    return column.holds === 'value'
      ? {
          ...base,
          align: 'end',
          text: (row) => shownText(column, value(row), format),
          exported: (row) => exportedCell(column.unit, value(row)),
        }
      : { ...base, text: (row) => shownText(column, value(row), format) };
  });
}

function headerText(column: ChartTableColumn): string {
  return column.holds === 'value' && column.unit.kind === 'money'
    ? `${column.header} (${column.unit.currency})`
    : column.header;
}

function shownText(column: ChartTableColumn, value: string | number | null, format: Formatter): string {
  if (column.holds === 'value') return format.value(typeof value === 'number' ? value : null, column.unit);
  if (value === null) return '—';
  if (column.holds === 'day') return format.day(value as PlainDay);
  if (column.holds === 'month') return format.month(value as PlainMonth);
  return String(value);
}

function exportedCell(unit: Unit, value: string | number | null): ExportCell {
  if (typeof value !== 'number' || unit.kind !== 'money') return value;
  return decimalText(minor(Math.round(value)), unit.currency);
}
