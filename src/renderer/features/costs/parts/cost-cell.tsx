/** One cell of the grid: an amount, or the box in which it is typed. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Cost } from '../../../../shared/contract/costs.ts';
import type { PlainMonth } from '../../../../shared/kernel/day.ts';
import { decimalText } from '../../../../shared/kernel/money.ts';
import { classNames } from '../../../lib/class-names.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { GridRow } from '../grid-model.ts';
import type { Grid, Place } from '../use-grid.ts';

export interface CostCellProps {
  grid: Grid;
  row: GridRow;
  month: PlainMonth;
  place: Place;
  /** «Marketing, ads, Mar 2026». */
  name: string;
}

export function CostCell({ grid, row, month, place, name }: CostCellProps): ReactNode {
  const format = useFormat();
  const isActive = grid.active.row === place.row && grid.active.column === place.column;
  const amount = grid.amountAt(row, month);
  const stored = grid.costAt(row, month);
  const text = amount === null ? '' : decimalText(amount, row.currency).replace(/\.0+$/, '');
  const shown = text === '' ? '' : format.decimal(Number(text), 3);
  if (isActive && grid.typing !== null)
    return (
      <td className="border-b border-line/60 p-0">
        <TypingBox grid={grid} text={grid.typing} name={`${name}, in ${row.currency}`} />
      </td>
    );
  return (
    <td className="border-b border-line/60 p-0">
      <button
        type="button"
        data-cell={`${place.row}:${place.column}`}
        tabIndex={isActive ? 0 : -1}
        title={stored === undefined ? undefined : originOf(stored, format)}
        aria-label={`${name}: ${shown === '' ? 'nothing recorded' : `${shown} ${row.currency}`}${stored?.note == null ? '' : ', with a note'}`}
        onClick={() => grid.select(place)}
        onDoubleClick={() => grid.edit(place)}
        onKeyDown={grid.onGridKey}
        onPaste={grid.onPaste}
        onCopy={grid.onCopy}
        className={classNames(
          'relative block h-8 w-full cursor-cell px-2 text-right whitespace-nowrap outline-offset-[-2px]',
          amount !== null && amount < 0 ? 'text-gain' : 'text-ink',
        )}
      >
        {stored !== undefined && stored.note !== null && (
          <span
            aria-hidden
            className="absolute top-0 right-0 border-4 border-t-accent border-r-accent border-b-transparent border-l-transparent"
          />
        )}
        {shown === '' ? <span className="text-subtle/60">·</span> : shown}
      </button>
    </td>
  );
}

/** «kestrel-costs.csv, Nov 21, 2026, 09:14; dinner». */
function originOf({ file, changedAt, note }: Cost, format: Formatter): string {
  const origin = `${file ?? 'Entered here'}, ${format.instant(changedAt)}`;
  return note === null ? origin : `${origin}; ${note}`;
}

function TypingBox({ grid, text, name }: { grid: Grid; text: string; name: string }): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <input
      ref={box}
      // As narrow as its column, whatever the platform takes for a box.
      size={1}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      aria-label={name}
      aria-invalid={grid.problem === null ? undefined : true}
      onChange={(event) => grid.type(event.target.value)}
      onKeyDown={grid.onInputKey}
      onBlur={() => grid.commit(0, 0)}
      className="h-8 w-full min-w-20 bg-surface px-2 text-right text-ink outline-2 outline-offset-[-2px] outline-accent aria-invalid:outline-loss"
    />
  );
}
