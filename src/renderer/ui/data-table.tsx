/**
 * The table of the product: sortable, keyboard-driven, virtual above 200 rows,
 * with a sticky header, totals, export, and the four designed states.
 */
import {
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type RowData,
} from '@tanstack/react-table';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { READY, type DataState } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { ExportButtons } from './export-buttons.tsx';
import { StateGate } from './states.tsx';
import { TableHead, TableRow, TotalsRow } from './table-parts.tsx';
import {
  compareValues,
  exportRows,
  leastTableWidth,
  nextSort,
  rowAfterKey,
  VIRTUAL_ABOVE,
  type Column,
  type Sort,
} from './table-model.ts';
import { ROW_HEIGHT, useVirtualRows } from './use-virtual-rows.ts';

export interface DataTableProps<Row> {
  /** Accessible name. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Enter or click on a row. */
  onOpen?: (row: Row) => void;
  /** Further keys of a row that has the focus: `x` and what it does. */
  rowKeys?: Readonly<Record<string, (row: Row) => void>>;
  state?: DataState;
  initialSort?: Sort;
  /** With `onSort` the rows come sorted already (by the engine) and `sort` says how. */
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** Called when the last rows come into view, to load more. */
  onEnd?: () => void;
  /** Height in pixels at which the body scrolls; default 480 above 200 rows, else none. */
  maxHeight?: number;
  /** Shows copy and CSV; the file's name without extension. */
  exportName?: string;
  /** Left of the export buttons: count, filters. */
  toolbar?: ReactNode;
}

const NO_ROWS: readonly never[] = [];

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

export function DataTable<Row extends RowData>(props: DataTableProps<Row>): ReactNode {
  const { state = READY, columns, rows, exportName, toolbar } = props;
  const showsRows = state.kind === 'ready' || state.kind === 'stale';
  return (
    <div className="flex min-w-0 flex-col">
      {(toolbar !== undefined || exportName !== undefined) && (
        <div className="no-print flex min-h-9 items-center gap-1 px-4 py-1">
          <div className="min-w-0 flex-1 text-xs text-muted">{toolbar}</div>
          {exportName !== undefined && showsRows && (
            <ExportButtons
              name={exportName}
              header={columns.map((column) => column.header)}
              rows={() => exportRows(columns, rows)}
            />
          )}
        </div>
      )}
      <StateGate state={state}>
        <Grid {...props} />
      </StateGate>
    </div>
  );
}

function Grid<Row extends RowData>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rows, rowKey, onOpen, rowKeys, initialSort, onSort, onEnd } = props;
  const { locale } = useFormat();
  const [ownSort, setOwnSort] = useState<Sort | null>(initialSort ?? null);
  const sort = onSort === undefined ? ownSort : (props.sort ?? null);
  // Rows that come sorted need no model of the table, which is made for all of them whenever there are more.
  const isSorted = onSort !== undefined;
  const table = useTable({
    features,
    data: isSorted ? NO_ROWS : rows,
    columns: useMemo(() => columnDefs(columns, locale), [columns, locale]),
    getRowId: rowKey,
    manualSorting: isSorted,
    state: { sorting: sort === null ? [] : [{ id: sort.column, desc: sort.descending }] },
  });
  const models = table.getRowModel().rows;
  const shown = useMemo(() => (isSorted ? rows : models.map(({ original }) => original)), [isSorted, rows, models]);
  const virtual = shown.length > VIRTUAL_ABOVE;
  const maxHeight = props.maxHeight ?? (virtual ? 480 : undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const activeRow = Math.min(active, Math.max(0, shown.length - 1));

  const { first, end, above, below, scrollTo } = useVirtualRows(shown.length, scroller, onEnd);

  // The row that had the focus may be gone, because of what was decided about it: the next one takes its place.
  const hadFocus = useRef(false);
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body)
      scroller.current?.querySelector<HTMLElement>(`tr[data-row="${activeRow}"]`)?.focus();
  });

  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number): void => {
    // A control inside the row keeps its own keys.
    if (event.target !== event.currentTarget) return;
    const row = shown[index];
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : rowKeys?.[event.key];
    if (act !== undefined && row !== undefined) {
      event.preventDefault();
      return act(row);
    }
    if (event.key === 'Enter' && row !== undefined) return onOpen?.(row);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / ROW_HEIGHT) - 2);
    const next = rowAfterKey(event.key, index, shown.length, page);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    scrollTo(next);
    // The row may be drawn only after the scroll; focus follows in the next frame.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`tr[data-row="${next}"]`)?.focus());
  };

  // Rows that stay are not drawn again while others are scrolled in, so what they call stays the same.
  const latest = useRef({ onKeyDown, onOpen });
  useLayoutEffect(() => {
    latest.current = { onKeyDown, onOpen };
  });
  const pressed = useCallback(
    (event: KeyboardEvent<HTMLTableRowElement>, index: number) => latest.current.onKeyDown(event, index),
    [],
  );
  const opened = useCallback((row: Row) => latest.current.onOpen?.(row), []);

  return (
    <div
      ref={scroller}
      onFocus={() => (hadFocus.current = true)}
      onBlur={(event) => {
        // A row that is taken away tells of no other that gets the focus.
        if (event.relatedTarget !== null || event.target.isConnected) hadFocus.current = false;
      }}
      className="relative min-w-0 overflow-auto print:max-h-none!"
      style={maxHeight === undefined ? {} : { maxHeight }}
    >
      <table
        aria-label={label}
        aria-rowcount={shown.length + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: leastTableWidth(columns) }}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width === undefined ? {} : { width: column.width }} />
          ))}
        </colgroup>
        <TableHead
          columns={columns}
          sort={sort}
          onSort={(column, numeric) => (onSort ?? setOwnSort)(nextSort(sort, column, numeric))}
          isNumeric={(column) => rows.some((row) => typeof column.value(row) === 'number')}
        />
        <tbody>
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {shown.slice(first, end).map((row, offset) => (
            <TableRow
              key={rowKey(row)}
              row={row}
              index={first + offset}
              columns={columns}
              active={first + offset === activeRow}
              onFocus={setActive}
              onKeyDown={pressed}
              {...(onOpen === undefined ? {} : { onOpen: opened })}
            />
          ))}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
        <TotalsRow columns={columns} />
      </table>
    </div>
  );
}

function columnDefs<Row extends RowData>(
  columns: readonly Column<Row>[],
  locale: string,
): ColumnDef<typeof features, Row>[] {
  return columns.map((column) => ({
    id: column.id,
    // Unknown values are undefined to the table, which then keeps them last in both directions.
    accessorFn: (row: Row) => column.value(row) ?? undefined,
    sortUndefined: 'last',
    sortFn: (a, b, id) => compareValues(a.getValue(id), b.getValue(id), locale),
  }));
}
