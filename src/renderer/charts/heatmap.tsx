/** Cohorts as a table whose cells are shaded: it is read as numbers first, as a picture second. */
import { memo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { useFormat } from '../lib/format-context.tsx';
import { NO_VALUE } from '../../shared/formats/number.ts';
import type { Unit } from '../lib/unit.ts';
import type { ChartTable } from './chart-table.ts';
import { heatStep, heatStyle } from './heat.ts';
import { cellAfterKey, type HeatPlace } from './heat-keys.ts';

export interface HeatRow {
  /** The cohort: «Mar 2026». */
  readonly label: string;
  /** Its size or start, already formatted. */
  readonly size: string;
  /** By age; null where unknown; shorter rows are younger cohorts. */
  readonly values: readonly (number | null)[];
  /** A summary of the others, told apart from them. */
  readonly strong?: boolean;
  /** The last value is that of a period that is not over. */
  readonly running?: boolean;
  /** Opens what is behind a cell. */
  readonly onOpen?: (age: number) => void;
}

export interface HeatmapProps {
  /** Accessible name of the table. */
  label: string;
  rows: readonly HeatRow[];
  /** Heads of the columns after the size: «M0», «M1». */
  columns: readonly string[];
  /** Head of the size column: «Customers», «MRR». */
  sizeHeader: string;
  unit: Unit;
  /** Values at which the shade is lightest and darkest: 0 and 1 for retention. */
  range: readonly [low: number, high: number];
}

/** A region that scrolls and holds nothing to focus takes the focus itself, so that arrow keys can scroll it. */
const SCROLLABLE = { tabIndex: 0 } as const;

/**
 * Cells that open something are one tab stop, walked by arrows, Home and End (with Ctrl: of all), as the pattern of the
 * grid asks: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
 */
export function Heatmap({ label, rows, columns, sizeHeader, unit, range }: HeatmapProps): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const lengths = rows.map((row) => (row.onOpen === undefined ? 0 : row.values.length));
  const opens = lengths.some((length) => length > 0);
  const [place, setPlace] = useState<HeatPlace>({ row: 0, column: 0 });
  const active = cellAfterKey('', place, lengths) ?? place;
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = event.altKey ? null : cellAfterKey(event.key, active, lengths, event.ctrlKey || event.metaKey);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
    table.current?.querySelector<HTMLElement>(`[data-heat="${next.row}:${next.column}"]`)?.focus();
  };
  return (
    <section
      aria-label={`${label}, scrollable`}
      {...(opens ? {} : SCROLLABLE)}
      className="relative scroll-pl-28 overflow-x-auto"
    >
      <table
        ref={table}
        aria-label={label}
        {...(opens ? { role: 'grid', onKeyDown } : {})}
        className="w-full border-separate border-spacing-px text-xs"
      >
        <thead>
          <tr className="text-subtle">
            <th scope="col" className="sticky left-0 z-10 bg-surface px-2 py-1 text-left font-medium">
              Cohort
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              {sizeHeader}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="min-w-10 px-1 py-1 text-center font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <CohortRow
              key={row.label}
              {...{ row, index, columns, unit, range }}
              active={active.row === index ? active.column : null}
              onFocus={setPlace}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CohortRowProps extends Pick<HeatmapProps, 'columns' | 'unit' | 'range'> {
  row: HeatRow;
  index: number;
  /** The age of the cell that Tab leads to; null where it is in another row. */
  active: number | null;
  onFocus: (place: HeatPlace) => void;
}

/** A row as a whole: a component for each of a thousand cells would take a third longer to draw. */
const CohortRow = memo(function CohortRow(props: CohortRowProps): ReactNode {
  const { row, index, columns, unit, range, active, onFocus } = props;
  const { label, size, values, strong = false, running = false, onOpen } = row;
  const format = useFormat();
  const cell = (value: number | null, age: number): ReactNode => {
    const column = columns[age] ?? '';
    // A running period is told by a dotted edge and in words, not by its shade alone.
    const runs = running && age === values.length - 1;
    const said = (shown: string) => `${label}, ${column}: ${shown}${runs ? ', still running' : ''}`;
    const text =
      value === null ? NO_VALUE : format.value(value, unit, { form: unit.kind === 'percent' ? 'whole' : 'compact' });
    return (
      <td
        key={columns[age] ?? age}
        className={classNames(
          'h-7 rounded-sm text-center whitespace-nowrap',
          onOpen === undefined && 'px-1',
          strong && 'font-semibold',
          runs && 'outline-1 -outline-offset-2 outline-current outline-dotted',
        )}
        style={value === null ? {} : heatStyle(heatStep(value, range))}
        title={said(format.value(value, unit))}
      >
        {onOpen === undefined ? (
          text
        ) : (
          <button
            type="button"
            data-heat={`${index}:${age}`}
            tabIndex={active === age ? 0 : -1}
            onFocus={() => onFocus({ row: index, column: age })}
            aria-label={said(text)}
            className="h-7 w-full cursor-pointer rounded-sm px-0.5 hover:underline"
            onClick={() => onOpen(age)}
          >
            {text}
          </button>
        )}
      </td>
    );
  };
  return (
    <tr>
      <th
        scope="row"
        className={classNames(
          'sticky left-0 z-10 bg-surface px-2 text-left whitespace-nowrap text-ink',
          strong ? 'font-semibold' : 'font-medium',
        )}
      >
        {label}
      </th>
      <td className="px-2 text-right text-muted">{size}</td>
      {values.map(cell)}
    </tr>
  );
});

/** The same cells for export and reading. */
export function heatTable({ rows, columns, sizeHeader, unit }: Omit<HeatmapProps, 'label' | 'range'>): ChartTable {
  return {
    columns: [
      { header: 'Cohort', holds: 'text' },
      { header: sizeHeader, holds: 'text' },
      ...columns.map((header) => ({ header, holds: 'value', unit }) as const),
    ],
    rows: rows.map((row) => [row.label, row.size, ...columns.map((_, age) => row.values[age] ?? null)]),
  };
}
