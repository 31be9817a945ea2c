/** The tiles at their places. Where there is room for all, they fill the height of the window. */
import { useEffect, type ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useSize } from '../../../lib/use-size.ts';
import { columnsOf, formOf, GAP, heightOf, LEAST_UNIT, placesOf, type GridForm } from '../grid.ts';
import type { Placed } from '../layout.ts';
import { keepMeasured, measuredBefore } from '../measured-before.ts';
import type { Period } from '../period.ts';
import { TileBody } from '../tile-body.tsx';
import { TileCell } from './tile-cell.tsx';

export interface TileGridProps {
  tiles: readonly Placed[];
  period: Period;
  /** Something around every tile; default nothing. */
  children?: (placed: Placed, tile: ReactNode, form: GridForm) => ReactNode;
}

/** Until it is measured: the window without the sidebar. */
const SIDEBAR = 232;
const WIDTH = 'width of the grid';

export function TileGrid({ tiles, period, children }: TileGridProps): ReactNode {
  const before = measuredBefore(WIDTH);
  const [ref, { width }] = useSize<HTMLDivElement>(
    { width: before ?? Math.max(320, window.innerWidth - SIDEBAR), height: 0 },
    before !== undefined,
  );
  useEffect(() => keepMeasured(WIDTH, width), [width]);
  const form = formOf(width);
  const { spots, rows } = placesOf(tiles, form);
  const least = heightOf(rows, LEAST_UNIT);
  return (
    <div
      ref={ref}
      role="list"
      aria-label="Tiles"
      className={classNames('grid', form === 'wide' && 'flex-1 contain-size')}
      style={{
        gap: GAP,
        gridTemplateColumns: `repeat(${columnsOf(form)}, minmax(0, 1fr))`,
        ...(form === 'wide'
          ? { gridTemplateRows: `repeat(${rows}, minmax(${LEAST_UNIT}px, 1fr))`, minHeight: least }
          : { gridTemplateRows: `repeat(${rows}, 14px)` }),
      }}
    >
      {tiles.map((placed, index) => {
        const spot = spots[index];
        if (spot === undefined) return null;
        const body = <TileBody kind={placed.kind} period={period} />;
        return (
          <TileCell key={placed.kind.tile} spot={spot} of={rows}>
            {children === undefined ? body : children(placed, body, form)}
          </TileCell>
        );
      })}
    </div>
  );
}
