/** What a wall screen shows one after the other, and how large. */
import type { View } from '../../../../shared/contract/views.ts';
import { columnsOf, GAP } from '../grid.ts';
import { tilesOf, type Placed } from '../layout.ts';
import { screensOf } from '../packing.ts';

/**
 * The window as if it were this large: everything is drawn larger until it fills the real one. A figure is 24 px high
 * then, and 4.5 % of the screen's height: 30 mm on a screen of 55 inches, where 20 mm are read from four metres.
 */
const LOGICAL = { width: 960, height: 540 };

/** Pixels for the bar and the space around the tiles. */
const AROUND = 52;
/** The least height of a unit, so that what stands in a tile is not cut. */
const UNIT = 13;

export interface KioskScale {
  readonly zoom: number;
  /** Of the window in drawn pixels. */
  readonly width: number;
  readonly height: number;
}

export function kioskScale(size: { readonly width: number; readonly height: number }): KioskScale {
  const zoom = Math.max(0.5, Math.min(size.width / LOGICAL.width, size.height / LOGICAL.height));
  return { zoom, width: size.width / zoom, height: size.height / zoom };
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

/** Every view in as many screens as its tiles need. @param height of the window in drawn pixels. */
export function kioskScreens(views: readonly View[], height: number): KioskScreenOf[] {
  const units = kioskUnits(height);
  return views.flatMap((view) => {
    const tiles = tilesOf(view.layout);
    const boxes = tiles.map(({ kind }) => kind.middling);
    return screensOf(boxes, columnsOf('middling'), units).map((indices, part) => ({
      view,
      part,
      tiles: indices.flatMap((index) => tiles[index] ?? []),
    }));
  });
}
