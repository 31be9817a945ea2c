/** The table of all points of a chart, in the chart's place. */
import type { ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { tableColumns, type ChartTable } from './chart-table.ts';

export function TableView({ title, table, height }: { title: string; table: ChartTable; height: number }): ReactNode {
  const format = useFormat();
  return (
    <DataTable
      label={title}
      columns={tableColumns(table, format)}
      rows={table.rows}
      rowKey={(row) => `${row[0]}`}
      maxHeight={height}
    />
  );
}
