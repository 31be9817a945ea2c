/** A tile at its place on the grid; tells what stands in it how high it is. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { TileHeight } from '../cockpit-context.tsx';
import { heightOf } from '../grid.ts';
import { keepMeasured, measuredBefore } from '../measured-before.ts';
import type { Spot } from '../packing.ts';

export interface TileCellProps {
  spot: Spot;
  /** Rows of the whole grid. */
  of: number;
  children: ReactNode;
}

export function TileCell({ spot, of, children }: TileCellProps): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const expected = heightOf(spot.rows);
  const key = `${spot.rows} of ${of}`;
  // Until it is measured.
  const [height, setHeight] = useState(() => measuredBefore(key) ?? expected);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      const now = element.clientHeight > 0 ? element.clientHeight : expected;
      keepMeasured(key, now);
      setHeight(now);
    };
    if (measuredBefore(key) === undefined) measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [expected, key]);
  return (
    <div
      ref={ref}
      role="listitem"
      className="@container relative min-h-0 min-w-0"
      style={{
        gridColumn: `${spot.column} / span ${spot.columns}`,
        gridRow: `${spot.row} / span ${spot.rows}`,
      }}
    >
      <TileHeight value={height}>{children}</TileHeight>
    </div>
  );
}
