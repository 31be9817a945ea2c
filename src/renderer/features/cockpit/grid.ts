/** The grid on which tiles stand, by the room that there is. */
import type { Placed } from './layout.ts';
import { pack, type Packed } from './packing.ts';
import type { TileKind } from './tiles.ts';

/** Pixels between tiles, and the least height of a unit. */
export const GAP = 10;
export const LEAST_UNIT = 13;
/** Height of a unit where the screen scrolls anyway. */
const CALM_UNIT = 14;

export type GridForm = 'wide' | 'middling' | 'narrow';

const WIDE_FROM = 1_080;
export const MIDDLING_FROM = 600;
const COLUMNS: Record<GridForm, number> = { wide: 24, middling: 12, narrow: 2 };

/** @param width pixels for all tiles. */
export function formOf(width: number): GridForm {
  return width >= WIDE_FROM ? 'wide' : width >= MIDDLING_FROM ? 'middling' : 'narrow';
}

export function columnsOf(form: GridForm): number {
  return COLUMNS[form];
}

/** Where every tile stands. In a narrow window all stand below each other in their order, figures two beside each other. */
export function placesOf(placed: readonly Placed[], form: GridForm): Packed {
  return pack(
    placed.map(({ kind, columns, rows }) => ({
      columns: columnsIn(form, kind, columns),
      rows: rowsIn(form, kind, rows),
    })),
    COLUMNS[form],
  );
}

/** A tile that somebody made wider than it usually is becomes so on a middling screen too. */
function columnsIn(form: GridForm, kind: TileKind, columns: number): number {
  if (form === 'wide') return columns;
  if (form === 'narrow') return kind.metric === undefined ? 2 : 1;
  const share = columns / kind.columns;
  return Math.max(3, Math.min(12, Math.round(kind.middling.columns * share)));
}

/** One below the other there is no row that a height has to fit into: what scrolls may be as high as on a middling screen. */
function rowsIn(form: GridForm, kind: TileKind, rows: number): number {
  if (form === 'wide') return rows;
  const usual = form === 'middling' ? kind.middling.rows : (kind.narrowRows ?? kind.middling.rows);
  // A tile that somebody made higher or lower is so everywhere.
  return Math.max(3, Math.round((usual * rows) / kind.rows));
}

/** Pixels: so many units with the gaps between them. */
export function heightOf(rows: number, unit: number = CALM_UNIT): number {
  return rows * (unit + GAP) - GAP;
}
