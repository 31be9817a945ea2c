/** One screen of a wall screen: its tiles share the whole height. Nothing in it can be pressed from across a room. */
import type { ReactNode } from 'react';
import { columnsOf, GAP } from '../grid.ts';
import type { Placed } from '../layout.ts';
import { pack } from '../packing.ts';
import { TileCell } from '../parts/tile-cell.tsx';
import type { Period } from '../period.ts';
import { TileBody } from '../tile-body.tsx';
import { kioskBox, type KioskForm } from './kiosk-screens.ts';

/** Few tiles are drawn this much larger at most. */
const MOST_GROWTH = 1.6;
/** Pixels: where few tiles stand alone, they do not grow beyond what stands in them. */
const MOST_UNIT = 26;

export interface KioskScreenProps {
  tiles: readonly Placed[];
  period: Period;
  /** Units that the screen has room for. */
  units: number;
  form: KioskForm;
}

export function KioskScreen({ tiles, period, units, form }: KioskScreenProps): ReactNode {
  const columns = columnsOf(form);
  const { spots, rows } = pack(
    tiles.map(({ kind }) => kioskBox(kind, form)),
    columns,
  );
  const isFew = rows * MOST_GROWTH < units;
  return (
    <div inert className="rise min-h-0 flex-1 px-4 pb-4 [&_.no-print]:hidden">
      <div
        role="list"
        aria-label="Tiles"
        className="grid h-full"
        style={{
          zoom: Math.max(1, Math.min(MOST_GROWTH, units / Math.max(1, rows))),
          gap: GAP,
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, ${isFew ? `${MOST_UNIT}px` : '1fr'}))`,
        }}
      >
        {tiles.map(({ kind }, index) => {
          const spot = spots[index];
          return (
            spot !== undefined && (
              <TileCell key={kind.tile} spot={spot} of={rows}>
                <TileBody kind={kind} period={period} />
              </TileCell>
            )
          );
        })}
      </div>
    </div>
  );
}
