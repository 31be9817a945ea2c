/** Arrangements of tiles as values: what stands where, and how an arrangement is changed. */
import { LAYOUT_COLUMNS, LAYOUT_ROWS, type Layout } from '../../../shared/contract/views.ts';
import { TILE_KINDS, tileKind, type TileKind } from './tiles.ts';

/** A tile with the size that it has in an arrangement. */
export interface Placed {
  readonly kind: TileKind;
  readonly columns: number;
  readonly rows: number;
}

/**
 * The tiles on the screen, in reading order. Null is the program's own arrangement. Tiles that this version does not
 * know are left out; those that the arrangement does not know are new and stand behind the tile that they stand behind
 * in the program's own arrangement.
 */
export function tilesOf(layout: Layout | null): Placed[] {
  const placed: Placed[] =
    layout === null
      ? []
      : layout.tiles.flatMap(({ tile, columns, rows }) => {
          const kind = tileKind(tile);
          return kind === null
            ? []
            : [{ kind, columns: within(kind, columns), rows: withinRows(kind, rows ?? kind.rows) }];
        });
  const decided = new Set([...(layout?.tiles.map(({ tile }) => tile) ?? []), ...(layout?.hidden ?? [])]);
  for (const [index, kind] of TILE_KINDS.entries()) {
    if (!kind.standard || decided.has(kind.tile)) continue;
    const before = TILE_KINDS.slice(0, index).map(({ tile }) => tile);
    const after = placed.findLastIndex((known) => before.includes(known.kind.tile));
    placed.splice(after + 1, 0, { kind, columns: kind.columns, rows: kind.rows });
  }
  return placed;
}

/** The tiles that can be added, in the order of the list. */
export function hiddenOf(layout: Layout | null): TileKind[] {
  const shown = new Set(tilesOf(layout).map(({ kind }) => kind.tile));
  return TILE_KINDS.filter(({ tile }) => !shown.has(tile));
}

/** The arrangement with a tile before another one, or at the end. */
export function moved(layout: Layout | null, tile: string, before: string | null): Layout {
  const shown = tilesOf(layout);
  const own = shown.find(({ kind }) => kind.tile === tile);
  if (own === undefined || tile === before) return layoutOf(shown, layout);
  const rest = shown.filter((known) => known !== own);
  const at = before === null ? rest.length : rest.findIndex(({ kind }) => kind.tile === before);
  rest.splice(at === -1 ? rest.length : at, 0, own);
  return layoutOf(rest, layout);
}

/** The arrangement with a tile so many places later; negative is earlier. At an end it stays. */
export function stepped(layout: Layout | null, tile: string, by: number): Layout {
  const shown = tilesOf(layout);
  const from = shown.findIndex(({ kind }) => kind.tile === tile);
  const [own] = from === -1 ? [] : shown.splice(from, 1);
  if (own !== undefined) shown.splice(Math.max(0, Math.min(shown.length, from + by)), 0, own);
  return layoutOf(shown, layout);
}

export function resized(layout: Layout | null, tile: string, columns: number): Layout {
  return layoutOf(
    tilesOf(layout).map((placed) =>
      placed.kind.tile === tile ? { ...placed, columns: within(placed.kind, columns) } : placed,
    ),
    layout,
  );
}

/** The arrangement with a tile so many units high. */
export function heightened(layout: Layout | null, tile: string, rows: number): Layout {
  return layoutOf(
    tilesOf(layout).map((placed) =>
      placed.kind.tile === tile ? { ...placed, rows: withinRows(placed.kind, rows) } : placed,
    ),
    layout,
  );
}

export function without(layout: Layout | null, tile: string): Layout {
  const before = layoutOf(tilesOf(layout), layout);
  return {
    tiles: before.tiles.filter((known) => known.tile !== tile),
    hidden: [...before.hidden.filter((known) => known !== tile), tile],
  };
}

/** At the end, as wide as it usually is. */
export function withTile(layout: Layout | null, tile: string): Layout {
  const kind = tileKind(tile);
  const before = layoutOf(tilesOf(layout), layout);
  if (kind === null || before.tiles.some((known) => known.tile === tile)) return before;
  return {
    tiles: [...before.tiles, { tile, columns: kind.columns }],
    hidden: before.hidden.filter((known) => known !== tile),
  };
}

export interface Place {
  /** 1 is the first. */
  readonly place: number;
  readonly of: number;
  readonly columns: number;
  readonly rows: number;
}

/** Where a tile stands and how large it is. Null where it does not. */
export function placeOf(layout: Layout | null, tile: string): Place | null {
  const shown = tilesOf(layout);
  const index = shown.findIndex(({ kind }) => kind.tile === tile);
  const own = shown[index];
  return own === undefined ? null : { place: index + 1, of: shown.length, columns: own.columns, rows: own.rows };
}

function within(kind: TileKind, columns: number): number {
  return Math.max(kind.least, Math.min(LAYOUT_COLUMNS, Math.round(columns)));
}

function withinRows(kind: TileKind, rows: number): number {
  return Math.max(leastRowsOf(kind), Math.min(LAYOUT_ROWS, Math.round(rows)));
}

/** A tile whose content does not shrink keeps its usual height at least. */
export function leastRowsOf(kind: TileKind): number {
  return kind.leastRows ?? kind.rows;
}

/** Keeps what another version knows: its tiles stand at the end, where nobody sees them. */
function layoutOf(shown: readonly Placed[], before: Layout | null): Layout {
  const tiles = shown.map(({ kind, columns, rows }) => ({
    tile: kind.tile as string,
    columns,
    ...(rows === kind.rows ? {} : { rows }),
  }));
  const foreign = before?.tiles.filter(({ tile }) => tileKind(tile) === null) ?? [];
  return { tiles: [...tiles, ...foreign], hidden: before === null ? [] : [...before.hidden] };
}
