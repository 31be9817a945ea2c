/** The levels behind a drawing. Recharts' own grid measures the text of every mark once more, for both axes. */
import type { ReactNode } from 'react';
import { usePlotArea, useYAxisTicks } from 'recharts';

export function GridLines(): ReactNode {
  const area = usePlotArea();
  const ticks = useYAxisTicks();
  if (area === undefined || ticks === undefined) return null;
  return (
    <g stroke="var(--grid)">
      {ticks.map(({ coordinate }) => (
        <line key={coordinate} x1={area.x} x2={area.x + area.width} y1={coordinate} y2={coordinate} />
      ))}
    </g>
  );
}
