/** Where one is in the grid, what is being typed, and what the keys do: as in a spreadsheet. */
import { useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import type { Cost } from '../../../shared/contract/costs.ts';
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import type { Minor } from '../../../shared/kernel/money.ts';
import { cellId, pastedChanges, type GridRow } from './grid-model.ts';
import { amountFromText, textOfAmount } from './typed-amount.ts';
import type { CostActs } from './use-costs.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Grid {
  readonly active: Place;
  /** The text being typed; null: nothing is. */
  readonly typing: string | null;
  /** What is wrong with what was typed or pasted. */
  readonly problem: string | null;
  amountAt(row: GridRow, month: PlainMonth): Minor | null;
  /** The cost as it is stored: where it came from and when it was changed. */
  costAt(row: GridRow, month: PlainMonth): Cost | undefined;
  select(place: Place): void;
  edit(place: Place): void;
  type(text: string): void;
  /** Takes what was typed, and moves on. False: it is no amount. */
  commit(down: number, right: number): boolean;
  /** The cell that one is in; null in an empty grid. */
  readonly cell: { readonly row: GridRow; readonly month: PlainMonth } | null;
  /** Writes on the cell that one is in. */
  note(text: string | null): void;
  onGridKey(event: KeyboardEvent): void;
  onInputKey(event: KeyboardEvent): void;
  onPaste(event: ClipboardEvent): void;
  onCopy(event: ClipboardEvent): void;
}

interface GridInput {
  /** In which the cells lie, to find the one that takes the focus. */
  readonly table: RefObject<HTMLTableElement | null>;
  readonly rows: readonly GridRow[];
  readonly months: readonly PlainMonth[];
  readonly costs: ReadonlyMap<string, Cost>;
  readonly acts: CostActs;
  /** The name of a cell, for what is said after a change. */
  readonly nameOf: (row: GridRow, month: PlainMonth) => string;
}

export function useGrid({ table, rows, months, costs, acts, nameOf }: GridInput): Grid {
  const [place, setPlace] = useState<Place>({ row: 0, column: months.length - 2 });
  const [typing, setTyping] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const wantsFocus = useRef(false);
  const active = within(place, rows.length, months.length);
  useLayoutEffect(() => {
    if (!wantsFocus.current || typing !== null) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLElement>(`[data-cell="${active.row}:${active.column}"]`)?.focus();
  });

  const amountAt = (row: GridRow, month: PlainMonth): Minor | null => {
    const id = cellId(row, month);
    const entered = acts.pending.findLast((change) => cellId(change, change.month) === id);
    return entered === undefined ? (costs.get(id)?.amount ?? null) : entered.amount;
  };
  const select = (next: Place): void => {
    wantsFocus.current = true;
    setTyping(null);
    setProblem(null);
    setPlace(within(next, rows.length, months.length));
  };
  const cellAt = ({ row, column }: Place) => {
    const [at, month] = [rows[row], months[column]];
    return at === undefined || month === undefined ? null : { row: at, month };
  };
  const edit = (next: Place, text?: string): void => {
    const cell = cellAt(next);
    if (cell === null) return;
    const amount = amountAt(cell.row, cell.month);
    setPlace(next);
    setProblem(null);
    setTyping(text ?? (amount === null ? '' : textOfAmount(amount, cell.row.currency)));
  };
  const put = (amount: Minor | null): void => {
    const cell = cellAt(active);
    if (cell === null || amountAt(cell.row, cell.month) === amount) return;
    const { kind, channel, currency } = cell.row;
    const name = nameOf(cell.row, cell.month);
    acts.enter(
      [{ kind, channel, currency, month: cell.month, amount }],
      amount === null ? `${name}: cleared` : `${name}: entered`,
    );
  };
  const note = (text: string | null): void => {
    const cell = cellAt(active);
    const amount = cell === null ? null : amountAt(cell.row, cell.month);
    if (cell === null || amount === null) return;
    const { kind, channel, currency } = cell.row;
    const name = nameOf(cell.row, cell.month);
    acts.enter(
      [{ kind, channel, currency, month: cell.month, amount, note: text }],
      text === null ? `${name}: note cleared` : `${name}: note kept`,
    );
  };
  const commit = (down: number, right: number): boolean => {
    const cell = cellAt(active);
    if (typing === null || cell === null) return true;
    if (typing.trim() === '') put(null);
    else {
      const typed = amountFromText(typing, cell.row.currency);
      if ('problem' in typed) {
        setProblem(typed.problem);
        return false;
      }
      put(typed.amount);
    }
    select({ row: active.row + down, column: active.column + right });
    return true;
  };
  const onGridKey = (event: KeyboardEvent): void => {
    if (typing !== null) return;
    const command = event.ctrlKey || event.metaKey;
    const { key } = event;
    const target = command ? null : placeAfter(key, active, rows.length, months.length);
    if (target !== null) select(target);
    else if (command && key.toLowerCase() === 'z') (event.shiftKey ? acts.redo : acts.undo)();
    else if (command && key.toLowerCase() === 'y') acts.redo();
    else if (command || event.altKey) return;
    else if (key === 'F2' && event.shiftKey)
      table.current?.closest('[data-costs]')?.querySelector<HTMLElement>('[data-note]')?.focus();
    else if (key === 'Enter' || key === 'F2') edit(active);
    else if (key === 'Delete' || key === 'Backspace') put(null);
    else if (/^[-+(\d.,]$/.test(key)) edit(active, key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onInputKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') select(active);
    else if (event.key === 'Enter') commit(event.shiftKey ? -1 : 1, 0);
    else if (event.key === 'Tab') commit(0, event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (typing !== null) return;
    event.preventDefault();
    const pasted = pastedChanges(event.clipboardData.getData('text/plain'), rows, months, active);
    setProblem(
      pasted.problem ??
        (pasted.outside > 0 ? `${pasted.outside} pasted cells lie outside the grid and were left out` : null),
    );
    const changes = pasted.changes.filter((change) => {
      const row = rows.find((each) => cellId(each, change.month) === cellId(change, change.month));
      return row !== undefined && amountAt(row, change.month) !== change.amount;
    });
    if (changes.length > 0) acts.enter(changes, `${changes.length} ${changes.length === 1 ? 'cost' : 'costs'} pasted`);
  };
  const onCopy = (event: ClipboardEvent): void => {
    const cell = typing === null ? cellAt(active) : null;
    if (cell === null) return;
    const amount = amountAt(cell.row, cell.month);
    event.clipboardData.setData('text/plain', amount === null ? '' : textOfAmount(amount, cell.row.currency));
    event.preventDefault();
  };
  return {
    active,
    cell: cellAt(active),
    note,
    costAt: (row, month) => costs.get(cellId(row, month)),
    typing,
    problem,
    amountAt,
    select,
    edit,
    type: setTyping,
    commit,
    onGridKey,
    onInputKey,
    onPaste,
    onCopy,
  };
}

function within({ row, column }: Place, rows: number, columns: number): Place {
  const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  return { row: clamp(row, rows), column: clamp(column, columns) };
}

/** Where a key leads; null where it leads nowhere. */
function placeAfter(key: string, { row, column }: Place, rows: number, columns: number): Place | null {
  switch (key) {
    case 'ArrowUp':
      return { row: row - 1, column };
    case 'ArrowDown':
      return { row: row + 1, column };
    case 'ArrowLeft':
      return { row, column: column - 1 };
    case 'ArrowRight':
      return { row, column: column + 1 };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    case 'PageUp':
      return { row: 0, column };
    case 'PageDown':
      return { row: rows - 1, column };
    default:
      return null;
  }
}
