/** One screen of a wall screen: its tiles share the whole height. Nothing in it can be pressed from across a room. */
import type { ReactNode } from 'react';
import { columnsOf, GAP } from '../grid.ts';
import type { Placed } from '../layout.ts';
import { pack } from '../packing.ts';
import { TileCell } from '../parts/tile-cell.tsx';
import type { Period } from '../period.ts';
import { TileBody } from '../tile-body.tsx';

const COLUMNS = columnsOf('middling');

export function KioskScreen({ tiles, period }: { tiles: readonly Placed[]; period: Period }): ReactNode {
  const { spots, rows } = pack(
    tiles.map(({ kind }) => kind.middling),
    COLUMNS,
  );
  return (
    <div inert className="rise min-h-0 flex-1 px-4 pb-4 [&_.no-print]:hidden">
      <div
        role="list"
        aria-label="Tiles"
        className="grid h-full"
        style={{
          gap: GAP,
          gridTemplateColumns: `repeat(${COLUMNS}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        }}
      >
        {tiles.map(({ kind }, index) => {
          const spot = spots[index];
          return (
            spot !== undefined && (
              <TileCell key={kind.tile} spot={spot}>
                <TileBody kind={kind} period={period} />
              </TileCell>
            )
          );
        })}
      </div>
    </div>
  );
}
