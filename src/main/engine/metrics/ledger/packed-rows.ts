/**
 * Rows of numbers packed 16 customers to a database row, so that a pass over
 * all customers reads a few thousand rows and no more. Columns lie one after
 * the other: amounts (Float64) first, whole numbers (Int32) behind them, and of
 * these the customer's id first.
 */
import type { ReadDb } from '../../store/handles.ts';
import type { BlockTable } from './ledger-target.ts';

/** So few that a block lies within a page: a change of one customer writes one page anew. */
export const CUSTOMERS_PER_BLOCK = 16;

/** How many columns of each kind a table of blocks has. */
export interface BlockShape {
  readonly table: BlockTable;
  readonly amounts: number;
  readonly wholes: number;
}

/** As many numbers as there are columns, in their order: the customer's id stands first among the whole ones. */
export type PackedRow = readonly number[];

export interface PackedColumns {
  readonly length: number;
  readonly amounts: readonly Float64Array[];
  readonly wholes: readonly Int32Array[];
}

/** The blocks of the given customers with their rows replaced, as far as that changes them; null for one that is left without any. */
export function changedBlocks(
  db: ReadDb,
  shape: BlockShape,
  changed: ReadonlyMap<number, readonly PackedRow[]>,
): Map<number, Uint8Array | null> {
  const find = db.prepare<[number], { body: Uint8Array }>(`SELECT body FROM ${shape.table} WHERE block_id = ?`);
  const bodies = new Map<number, Uint8Array | null>();
  for (const [block, members] of Map.groupBy(changed.keys(), (id) => Math.floor(id / CUSTOMERS_PER_BLOCK))) {
    const stored = find.first(block)?.body;
    const pieces = stored ? piecesOf(unpacked(shape, stored)) : new Map<number, Piece>();
    for (const customerId of members) pieces.set(customerId, { rows: changed.get(customerId) ?? [] });
    const body = joined(
      shape,
      [...pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece),
    );
    const isSame = body === null || !stored ? body === null && !stored : Buffer.compare(body, stored) === 0;
    if (!isSame) bodies.set(block, body);
  }
  return bodies;
}

/** Reads every block into one set of columns. */
export function readBlocks(db: ReadDb, shape: BlockShape): PackedColumns {
  const bodies = db.prepare<[], { body: Buffer }>(`SELECT body FROM ${shape.table} ORDER BY block_id`).all();
  const bytes = bytesPerRow(shape);
  const all = columnsIn(shape, bodies.reduce((sum, { body }) => sum + body.byteLength, 0) / bytes);
  const columns = listOf(all).map(({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }) => ({
    target: Buffer.from(buffer, byteOffset, byteLength),
    width: BYTES_PER_ELEMENT,
  }));
  let offset = 0;
  // Bytes are copied as they are: a view of each column of each block would cost more than the copying.
  for (const { body } of bodies) {
    const rows = body.byteLength / bytes;
    let from = 0;
    for (const { target, width } of columns) {
      body.copy(target, offset * width, from, from + rows * width);
      from += rows * width;
    }
    offset += rows;
  }
  return all;
}

/** The amounts of a place; none where the shape has no such column. */
export function amountsAt(columns: PackedColumns, place: number): Float64Array {
  return columns.amounts[place] ?? new Float64Array(columns.length);
}

/** The whole numbers of a place; none where the shape has no such column. */
export function wholesAt(columns: PackedColumns, place: number): Int32Array {
  return columns.wholes[place] ?? new Int32Array(columns.length);
}

/** One customer's rows: new ones, or a stretch of stored columns. */
type Piece = { readonly rows: readonly PackedRow[] } | { readonly of: PackedColumns; from: number; to: number };

function piecesOf(columns: PackedColumns): Map<number, Piece> {
  const pieces = new Map<number, Piece>();
  const customers = wholesAt(columns, 0);
  for (let from = 0; from < columns.length;) {
    let to = from + 1;
    while (to < columns.length && customers[to] === customers[from]) to += 1;
    pieces.set(customers[from] ?? 0, { of: columns, from, to });
    from = to;
  }
  return pieces;
}

/** One block of all pieces; null where they hold nothing. */
function joined(shape: BlockShape, pieces: readonly Piece[]): Uint8Array | null {
  const length = pieces.reduce((sum, piece) => sum + ('rows' in piece ? piece.rows.length : piece.to - piece.from), 0);
  if (length === 0) return null;
  const buffer = new ArrayBuffer(length * bytesPerRow(shape));
  const target = listOf(columnsIn(shape, length, buffer));
  let offset = 0;
  for (const piece of pieces) {
    if ('rows' in piece) {
      for (const row of piece.rows) {
        for (let place = 0; place < target.length; place++) {
          const column = target[place];
          if (column) column[offset] = row[place] ?? 0;
        }
        offset += 1;
      }
      continue;
    }
    const { of, from, to } = piece;
    for (const [place, column] of listOf(of).entries()) target[place]?.set(column.subarray(from, to), offset);
    offset += to - from;
  }
  return new Uint8Array(buffer);
}

function listOf({ amounts, wholes }: PackedColumns): (Float64Array | Int32Array)[] {
  return [...amounts, ...wholes];
}

/** A blob's columns; copied where the driver's buffer is not aligned. */
function unpacked(shape: BlockShape, body: Uint8Array): PackedColumns {
  const aligned = body.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? body : body.slice();
  return columnsIn(shape, body.byteLength / bytesPerRow(shape), aligned.buffer, aligned.byteOffset);
}

function columnsIn(
  shape: BlockShape,
  length: number,
  buffer: ArrayBufferLike = new ArrayBuffer(length * bytesPerRow(shape)),
  start = 0,
): PackedColumns {
  const wholes = start + 8 * shape.amounts * length;
  return {
    length,
    amounts: Array.from(
      { length: shape.amounts },
      (_, place) => new Float64Array(buffer, start + 8 * place * length, length),
    ),
    wholes: Array.from(
      { length: shape.wholes },
      (_, place) => new Int32Array(buffer, wholes + 4 * place * length, length),
    ),
  };
}

function bytesPerRow({ amounts, wholes }: BlockShape): number {
  return 8 * amounts + 4 * wholes;
}
