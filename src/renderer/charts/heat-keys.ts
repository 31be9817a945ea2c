/** Where a key leads among the cells of a heat map, whose rows are of different lengths. */

export interface HeatPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * @param lengths cells of each row that take the focus; 0 where none does
 * @param all whether Home and End lead to the corners of all rows
 * @returns null where the key leads nowhere; for no key at all the place itself, or the nearest that takes the focus
 * @example cellAfterKey('ArrowDown', { row: 0, column: 5 }, [6, 0, 4]) // { row: 2, column: 3 }
 */
export function cellAfterKey(
  key: string,
  { row, column }: HeatPlace,
  lengths: readonly number[],
  all = false,
): HeatPlace | null {
  const open = lengths.flatMap((length, index) => (length > 0 ? [index] : []));
  const at = (wantedRow: number | undefined, wantedColumn: number): HeatPlace | null =>
    wantedRow === undefined
      ? null
      : { row: wantedRow, column: Math.max(0, Math.min((lengths[wantedRow] ?? 1) - 1, wantedColumn)) };
  switch (key) {
    case '':
      return at(
        open.find((index) => index >= row),
        column,
      );
    case 'ArrowLeft':
      return at(row, column - 1);
    case 'ArrowRight':
      return at(row, column + 1);
    case 'ArrowUp':
      return at(open.findLast((index) => index < row) ?? row, column);
    case 'ArrowDown':
      return at(open.find((index) => index > row) ?? row, column);
    case 'Home':
      return at(all ? open[0] : row, 0);
    case 'End':
      return at(all ? open.at(-1) : row, Number.MAX_SAFE_INTEGER);
    case 'PageUp':
      return at(open[0], column);
    case 'PageDown':
      return at(open.at(-1), column);
    default:
      return null;
  }
}
