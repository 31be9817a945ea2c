/** From an arrangement to places on a grid: tiles go where they first fit, in reading order. */

/** What is put somewhere: so many columns wide, so many units high. */
export interface Box {
  readonly columns: number;
  readonly rows: number;
}

export interface Spot extends Box {
  /** Both begin with 1, as the lines of a grid do. */
  readonly column: number;
  readonly row: number;
}

export interface Packed {
  readonly spots: readonly Spot[];
  /** Height of all in units. */
  readonly rows: number;
}

/** A box that is wider than the grid is as wide as it. */
export function pack(boxes: readonly Box[], width: number): Packed {
  const taken: boolean[][] = [];
  const isFree = (column: number, row: number, box: Box): boolean => {
    for (let y = row; y < row + box.rows; y += 1)
      for (let x = column; x < column + box.columns; x += 1) if (taken[y]?.[x] === true) return false;
    return true;
  };
  const spots = boxes.map(({ columns: wanted, rows }): Spot => {
    const box = { columns: Math.min(wanted, width), rows };
    for (let row = 0; ; row += 1)
      for (let column = 0; column + box.columns <= width; column += 1) {
        if (!isFree(column, row, box)) continue;
        for (let y = row; y < row + rows; y += 1) {
          const line = (taken[y] ??= []);
          for (let x = column; x < column + box.columns; x += 1) line[x] = true;
        }
        return { ...box, column: column + 1, row: row + 1 };
      }
  });
  return { spots, rows: taken.length };
}

/**
 * The boxes in screens of at most so many units: each goes to the first screen that it still fits on, so that few of them
 * have holes. One that is higher than a screen has one of its own. Indices of the boxes, by screen.
 */
export function screensOf(boxes: readonly Box[], width: number, height: number): number[][] {
  const screens: number[][] = [];
  const rowsOf = (indices: readonly number[]): number =>
    pack(
      indices.flatMap((index) => boxes[index] ?? []),
      width,
    ).rows;
  for (const index of boxes.keys()) {
    const found = screens.find((screen) => rowsOf([...screen, index]) <= height);
    if (found === undefined) screens.push([index]);
    else found.push(index);
  }
  return screens;
}
