/** The course of a number in the space of a line of text. Without axes: it says «which way», the table says «how much». */
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { keptIndices } from './downsample.ts';
import { sparkPaths } from './spark-path.ts';

export interface SparklineProps {
  /** Oldest first; null where unknown (the line is broken there). */
  values: readonly (number | null)[];
  /** The trend sentence: its accessible name. */
  label: string;
  /** Pixels; the width is the container's. Default 32. */
  height?: number;
  /** A CSS colour; default the first series. */
  color?: string;
  /** Draws the level to be reached or kept above. */
  target?: number;
  className?: string;
}

const WIDTH = 200;

export function Sparkline(props: SparklineProps): ReactNode {
  const { values, label, height = 32, color = 'var(--series-1)', target, className } = props;
  const drawn = keptIndices(values, WIDTH).map((index) => ({ index, value: values[index] ?? null }));
  const { line, area, last, targetY } = sparkPaths(drawn, values.length, WIDTH, height, target ?? null);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={classNames('block w-full overflow-visible', className)}
      style={{ height }}
    >
      <path d={area} fill={color} opacity={0.1} />
      {targetY !== null && (
        <path
          d={`M 0 ${targetY} H ${WIDTH}`}
          stroke="var(--control-line)"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
      )}
      <path
        d={line}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      {/* A dot as a stroke of no length: it stays round while the drawing is stretched. */}
      {last !== null && (
        <path
          d={`M ${last.x} ${last.y} h 0`}
          stroke={color}
          strokeWidth={5}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
