/** What a wall screen shows one after the other, and how large. */
import type { View } from '../../../../shared/contract/views.ts';
import { columnsOf, GAP, MIDDLING_FROM } from '../grid.ts';
import { tilesOf, type Placed } from '../layout.ts';
import { screensOf } from '../packing.ts';
import type { TileKind } from '../tiles.ts';

/**
 * The window as if it were this large: everything is drawn larger until it fills the real one. A figure is 24 px high
 * then, and 4.5 % of the screen's height: 30 mm on a screen of 55 inches, where 20 mm are read from four metres.
 */
const LOGICAL = { width: 960, height: 540 };
/** A window that is held in the hand has room for two figures beside each other, and shows more screens. */
const IN_HAND = { width: 360, height: 640 };

/** Pixels for the bar and the space around the tiles. */
const AROUND = 52;
/** The least height of a unit, so that what stands in a tile is not cut. */
const UNIT = 13;

export interface KioskScale {
  readonly zoom: number;
  /** Of the window in drawn pixels. */
  readonly width: number;
  readonly height: number;
  readonly form: KioskForm;
}

export type KioskForm = 'middling' | 'narrow';

export function kioskScale(size: { readonly width: number; readonly height: number }): KioskScale {
  const form = size.width < MIDDLING_FROM ? 'narrow' : 'middling';
  const logical = form === 'narrow' ? IN_HAND : LOGICAL;
  const zoom = Math.max(0.5, Math.min(size.width / logical.width, size.height / logical.height));
  return { zoom, width: size.width / zoom, height: size.height / zoom, form };
}

/** The room of a tile on a screen. */
export function kioskBox({ metric, middling, narrowRows }: TileKind, form: KioskForm): TileKind['middling'] {
  return form === 'middling' ? middling : { columns: metric === undefined ? 2 : 1, rows: narrowRows ?? middling.rows };
}

export interface KioskScreenOf {
  readonly view: View;
  /** Counted from 0 within the view. */
  readonly part: number;
  readonly tiles: readonly Placed[];
}

/** Units of tiles below each other that a window of this height has room for. */
export function kioskUnits(height: number): number {
  return Math.floor((height - AROUND + GAP) / (UNIT + GAP));
}

/** Every view in as many screens as its tiles need. */
export function kioskScreens(views: readonly View[], { height, form }: KioskScale): KioskScreenOf[] {
  const units = kioskUnits(height);
  return views.flatMap((view) => {
    const tiles = tilesOf(view.layout);
    const boxes = tiles.map(({ kind }) => kioskBox(kind, form));
    return screensOf(boxes, columnsOf(form), units).map((indices, part) => ({
      view,
      part,
      tiles: indices.flatMap((index) => tiles[index] ?? []),
    }));
  });
}
