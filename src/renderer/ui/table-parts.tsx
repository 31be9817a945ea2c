/** The drawn parts of DataTable: header cells that sort, rows that take focus, the totals row. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { NO_VALUE } from '../../shared/formats/number.ts';
import type { Column, Sort } from './table-model.ts';

/** The outer cells stand below the heading of the tile. */
const CELL = 'h-8 truncate border-b border-line px-3 first:pl-4 last:pr-4';

function alignment(column: { align?: 'start' | 'end' }): string {
  return column.align === 'end' ? 'text-right' : 'text-left';
}

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (column: string, numeric: boolean) => void;
  isNumeric: (column: Column<Row>) => boolean;
}

export function TableHead<Row>({ columns, sort, onSort, isNumeric }: TableHeadProps<Row>): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined;
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={sorted}
              className={classNames(
                CELL,
                alignment(column),
                'sticky top-0 z-10 bg-surface text-xs font-medium text-subtle',
              )}
            >
              {column.sortable === false ? (
                column.header
              ) : (
                <button
                  type="button"
                  onClick={() => onSort(column.id, isNumeric(column))}
                  className={classNames(
                    'inline-flex h-full max-w-full items-center gap-1 align-middle hover:text-ink',
                    column.align === 'end' && 'flex-row-reverse',
                    sorted !== undefined && 'text-ink',
                  )}
                >
                  <span className="truncate">{column.header}</span>
                  <SortMark sorted={sorted} />
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Takes its place also when it is not shown, so that the header does not jump. */
function SortMark({ sorted }: { sorted: 'ascending' | 'descending' | undefined }): ReactNode {
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return <Arrow size={12} aria-hidden className={sorted === undefined ? 'invisible shrink-0' : 'shrink-0'} />;
}

export interface TableRowProps<Row> {
  row: Row;
  index: number;
  columns: readonly Column<Row>[];
  active: boolean;
  onFocus: (index: number) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>, index: number) => void;
  onOpen?: (row: Row) => void;
}

function Drawn<Row>(props: TableRowProps<Row>): ReactNode {
  const { row, index, columns, active, onFocus, onKeyDown, onOpen } = props;
  const open = (event: MouseEvent): void => {
    // A control inside the row keeps its own click.
    if (event.target instanceof Element && event.target.closest('button, a, input, select') !== null) return;
    onOpen?.(row);
  };
  return (
    <tr
      data-row={index}
      aria-rowindex={index + 2}
      tabIndex={active ? 0 : -1}
      onFocus={() => onFocus(index)}
      onKeyDown={(event) => onKeyDown(event, index)}
      onClick={onOpen === undefined ? undefined : open}
      className={classNames('-outline-offset-2 focus-visible:bg-hover', onOpen !== undefined && 'hover:bg-hover')}
    >
      {columns.map((column) => (
        <td key={column.id} className={classNames(CELL, alignment(column), column.align === 'end' && 'tabular-nums')}>
          {cellContent(column, row)}
        </td>
      ))}
    </tr>
  );
}

/** Drawn again only when something of its own has changed. */
export const TableRow = memo(Drawn) as typeof Drawn;

function cellContent<Row>(column: Column<Row>, row: Row): ReactNode {
  if (column.cell !== undefined) return column.cell(row);
  if (column.text !== undefined) return column.text(row);
  const value = column.value(row);
  return value === null ? <span className="text-subtle">{NO_VALUE}</span> : value;
}

export function TotalsRow<Row>({ columns }: { columns: readonly Column<Row>[] }): ReactNode {
  if (columns.every((column) => column.total === undefined)) return null;
  return (
    <tfoot>
      <tr>
        {columns.map((column) => (
          <td
            key={column.id}
            className={classNames(
              'sticky bottom-0 h-8 truncate border-t border-line-strong bg-surface px-3 font-semibold first:pl-4 last:pr-4',
              alignment(column),
            )}
          >
            {column.total}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
