/** A tile at its place on the grid; tells what stands in it how high it is. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { TileHeight } from '../cockpit-context.tsx';
import { heightOf } from '../grid.ts';
import type { Spot } from '../packing.ts';

export function TileCell({ spot, children }: { spot: Spot; children: ReactNode }): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  // Until it is measured.
  const expected = heightOf(spot.rows);
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
