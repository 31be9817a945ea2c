/** Arrangements of the cockpit's tiles, and where tiles stand on a grid. */
import { describe, expect, test } from 'vitest';
import {
  LAYOUT_COLUMNS,
  LAYOUT_ROWS,
  LayoutSchema,
  type Layout,
  type View,
} from '../../../../../src/shared/contract/views.ts';
import { instant } from '../../../../../src/shared/kernel/instant.ts';
import { placesOf } from '../../../../../src/renderer/features/cockpit/grid.ts';
import { kioskScale, kioskScreens } from '../../../../../src/renderer/features/cockpit/kiosk/kiosk-screens.ts';
import {
  heightened,
  hiddenOf,
  moved,
  placeOf,
  resized,
  stepped,
  tilesOf,
  without,
  withTile,
} from '../../../../../src/renderer/features/cockpit/layout.ts';
import { pack, screensOf, type Spot } from '../../../../../src/renderer/features/cockpit/packing.ts';
import { TILE_KINDS } from '../../../../../src/renderer/features/cockpit/tiles.ts';

const idsOf = (layout: Layout | null) => tilesOf(layout).map(({ kind }) => kind.tile);
const standard = TILE_KINDS.filter((kind) => kind.standard).map(({ tile }) => tile);

describe('an arrangement', () => {
  test('is the program’s own until somebody changes it', () => {
    expect(idsOf(null)).toEqual(standard);
    expect(hiddenOf(null).map(({ tile }) => tile)).toContain('movements');
  });

  test('moves a tile before another one, to the end, or by a step; at an end it stays', () => {
    expect(idsOf(moved(null, 'bridge', 'arr')).slice(0, 2)).toEqual(['bridge', 'arr']);
    expect(idsOf(moved(null, 'arr', null)).at(-1)).toBe('arr');
    expect(idsOf(stepped(null, 'arr', 1)).slice(0, 2)).toEqual(['climb', 'arr']);
    expect(idsOf(stepped(null, 'arr', -1))).toEqual(standard);
    expect(idsOf(moved(null, 'arr', 'arr'))).toEqual(standard);
  });

  test('keeps a tile between its least width and the whole grid', () => {
    expect(placeOf(resized(null, 'bridge', 1), 'bridge')?.columns).toBe(7);
    expect(placeOf(resized(null, 'bridge', 99), 'bridge')?.columns).toBe(LAYOUT_COLUMNS);
  });

  test('keeps a tile between the height that its content needs and the highest there is', () => {
    expect(placeOf(heightened(null, 'actions', 1), 'actions')?.rows).toBe(5);
    expect(placeOf(heightened(null, 'climb', 1), 'climb')?.rows, 'the instrument does not shrink').toBe(13);
    expect(placeOf(heightened(null, 'bridge', 99), 'bridge')?.rows).toBe(LAYOUT_ROWS);
    const [own] = heightened(null, 'arr', 7).tiles;
    expect(own, 'the usual height is not written down, so that a later version may change it').toEqual({
      tile: 'arr',
      columns: 5,
    });
  });

  test('that is higher on a wide screen is as much higher on a small one', () => {
    const taller = tilesOf(heightened(null, 'ahead', 18));
    const rowsOf = (form: 'wide' | 'middling' | 'narrow') =>
      placesOf(taller, form).spots[taller.findIndex(({ kind }) => kind.tile === 'ahead')]?.rows;
    expect([rowsOf('wide'), rowsOf('middling'), rowsOf('narrow')]).toEqual([18, 20, 20]);
  });

  test('hides a tile and brings it back at the end, as wide as it usually is', () => {
    const hidden = without(resized(null, 'arr', 10), 'arr');
    expect(idsOf(hidden)).not.toContain('arr');
    const back = withTile(hidden, 'arr');
    expect(tilesOf(back).at(-1)).toMatchObject({ kind: { tile: 'arr' }, columns: 5 });
    expect(back.hidden).toEqual([]);
  });

  test('of an older version gets new tiles behind those that they stand behind usually', () => {
    const before = without(without(null, 'since'), 'course');
    const old: Layout = { tiles: before.tiles.filter(({ tile }) => tile !== 'kpi-nrr'), hidden: before.hidden };
    expect(idsOf(old)[idsOf(old).indexOf('kpi-mrr') + 1]).toBe('kpi-nrr');
    expect(idsOf(old), 'what was taken away is not new').not.toContain('since');
  });

  test('of a newer version keeps the tiles that are not known yet, and draws none of them', () => {
    const newer: Layout = {
      tiles: [
        { tile: 'from-the-future', columns: 8 },
        { tile: 'arr', columns: 6 },
      ],
      hidden: [],
    };
    expect(idsOf(newer)).not.toContain('from-the-future');
    expect(stepped(newer, 'arr', 1).tiles.map(({ tile }) => tile)).toContain('from-the-future');
  });

  test('is what the engine keeps, after any change', () => {
    const changes = [
      moved(null, 'arr', 'bridge'),
      without(null, 'arr'),
      withTile(null, 'movements'),
      resized(null, 'arr', 9),
    ];
    for (const layout of changes) expect(LayoutSchema.parse(layout)).toEqual(layout);
  });
});

/** Cells that a spot covers. */
function cellsOf({ column, row, columns, rows }: Spot): string[] {
  return Array.from(
    { length: columns * rows },
    (_, index) => `${column + (index % columns)}/${row + Math.floor(index / columns)}`,
  );
}

describe('tiles on a grid', () => {
  test('never lie over each other, nor beside the grid', () => {
    for (const form of ['wide', 'middling', 'narrow'] as const) {
      const { spots, rows } = placesOf(tilesOf(null), form);
      const cells = spots.flatMap(cellsOf);
      expect(new Set(cells).size).toBe(cells.length);
      expect(Math.max(...spots.map((spot) => spot.row + spot.rows - 1))).toBe(rows);
    }
  });

  test('fill the grid without a hole on one screen of 1440 × 900', () => {
    const { spots, rows } = placesOf(tilesOf(null), 'wide');
    expect(spots.flatMap(cellsOf)).toHaveLength(rows * LAYOUT_COLUMNS);
    expect(rows).toBeLessThanOrEqual(34);
  });

  test('go into the first hole that they fit in', () => {
    const { spots } = pack(
      [
        { columns: 2, rows: 2 },
        { columns: 1, rows: 1 },
        { columns: 3, rows: 1 },
        { columns: 1, rows: 1 },
      ],
      3,
    );
    expect(spots.map(({ column, row }) => [column, row])).toEqual([
      [1, 1],
      [3, 1],
      [1, 3],
      [3, 2],
    ]);
  });
});

describe('a wall screen', () => {
  const view: View = { viewId: 1, name: 'Overview', layout: null, filters: {}, opens: true, createdAt: instant(0) };

  test('shows every tile of its views once, in screens that fit', () => {
    const screens = kioskScreens([view], kioskScale({ width: 1920, height: 1080 }));
    const shown = screens.flatMap(({ tiles }) => tiles.map(({ kind }) => kind.tile));
    expect(shown.toSorted()).toEqual(standard.toSorted());
    expect(screens[0]?.tiles[0]?.kind.tile).toBe('arr');
  });

  test('draws everything twice as large on a full-HD monitor, and four times on 4K', () => {
    expect(kioskScale({ width: 1920, height: 1080 }).zoom).toBe(2);
    expect(kioskScale({ width: 3840, height: 2160 }).zoom).toBe(4);
  });

  test('is no smaller in the hand than pages are, and shows every tile there as well', () => {
    const inHand = kioskScale({ width: 390, height: 844 });
    expect(inHand.zoom).toBeGreaterThanOrEqual(1);
    const all = (scale: typeof inHand) => kioskScreens([view], scale);
    const wall = all(kioskScale({ width: 1920, height: 1080 }));
    const names = (screens: typeof wall) =>
      screens.flatMap(({ tiles }) => tiles.map(({ kind }) => kind.tile)).toSorted();
    expect(names(all(inHand))).toEqual(names(wall));
  });

  test('gives a tile that is higher than a screen one of its own', () => {
    expect(
      screensOf(
        [
          { columns: 1, rows: 9 },
          { columns: 1, rows: 2 },
          { columns: 1, rows: 2 },
        ],
        1,
        4,
      ),
    ).toEqual([[0], [1, 2]]);
  });
});
