/** The tiles at their places. Where there is room for all, they fill the height of the window. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { useSize } from '../../../lib/use-size.ts';
import { TileHeight } from '../cockpit-context.tsx';
import { columnsOf, formOf, GAP, heightOf, LEAST_UNIT, placesOf, type GridForm } from '../grid.ts';
import type { Placed } from '../layout.ts';
import type { Period } from '../period.ts';
import { TileBody } from '../tile-body.tsx';

export interface TileGridProps {
  tiles: readonly Placed[];
  period: Period;
  /** Something around every tile; default nothing. */
  around?: (placed: Placed, tile: ReactNode, form: GridForm) => ReactNode;
}

/** Until it is measured: the window without the sidebar. */
const SIDEBAR = 232;

export function TileGrid({ tiles, period, around }: TileGridProps): ReactNode {
  const [ref, { width }] = useSize<HTMLDivElement>({ width: Math.max(320, window.innerWidth - SIDEBAR), height: 0 });
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
          <Cell
            key={placed.kind.tile}
            height={heightOf(spot.rows)}
            style={{
              gridColumn: `${spot.column} / span ${spot.columns}`,
              gridRow: `${spot.row} / span ${spot.rows}`,
            }}
          >
            {around === undefined ? body : around(placed, body, form)}
          </Cell>
        );
      })}
    </div>
  );
}

interface CellProps {
  style: { gridColumn: string; gridRow: string };
  /** Until it is measured. */
  height: number;
  children: ReactNode;
}

/** Tells what stands in it how high it is. */
function Cell({ style, height: expected, children }: CellProps): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(expected);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => setHeight(element.clientHeight > 0 ? element.clientHeight : expected);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [expected]);
  return (
    <div ref={ref} role="listitem" className="relative min-h-0 min-w-0" style={style}>
      <TileHeight value={height}>{children}</TileHeight>
    </div>
  );
}
