/** The two axes of a drawing: levels with their values at the left, and marks along the bottom. */
import type { ReactNode } from 'react';
import type { AxisMark } from './axis.ts';
import type { PlotArea } from './plot-paths.ts';

/** Pixels below the plot for the marks. */
export const BOTTOM_ROOM = 24;

const AXIS_TEXT = { fontSize: 11, fill: 'var(--subtle)' } as const;
/** Pixels between an axis and its marks. */
const LEFT_GAP = 8;
const BOTTOM_GAP = 12;
/** The topmost mark keeps this far from the edge of the drawing. */
const LEAST_TOP = 10;
/** Moves the foot of a line of text to its middle, and to its top: the capitals of the typeface are 0.71 em high. */
const TO_MIDDLE = '0.355em';
const TO_TOP = '0.71em';

interface LevelsProps {
  area: PlotArea;
  marks: readonly AxisMark[];
  /** Pixels from the top of a value's place. */
  top: (value: number) => number;
}

export function GridLines({ area, marks, top }: LevelsProps): ReactNode {
  return (
    <g stroke="var(--grid)">
      {marks.map(({ value }) => (
        <Level key={value} area={area} y={top(value)} />
      ))}
    </g>
  );
}

export function ValueAxis({ area, marks, top }: LevelsProps): ReactNode {
  return (
    <g textAnchor="end" {...AXIS_TEXT}>
      {marks.map(({ value, text }) => (
        <text key={value} x={area.left - LEFT_GAP} y={Math.max(LEAST_TOP, top(value))} dy={TO_MIDDLE}>
          {text}
        </text>
      ))}
    </g>
  );
}

export interface BottomTick {
  readonly x: number;
  readonly text: string;
}

export function BottomAxis(props: { area: PlotArea; ticks: readonly BottomTick[]; line: boolean }): ReactNode {
  const { area, ticks, line } = props;
  return (
    <>
      {line && <Level area={area} y={area.bottom} stroke="var(--axis)" />}
      <g textAnchor="middle" {...AXIS_TEXT}>
        {ticks.map(({ x, text }) => (
          <text key={x} x={x} y={area.bottom + BOTTOM_GAP} dy={TO_TOP}>
            {text}
          </text>
        ))}
      </g>
    </>
  );
}

/** A line across the plot. */
export function Level({
  area,
  y,
  ...looks
}: {
  area: PlotArea;
  y: number;
  stroke?: string;
  strokeDasharray?: string;
}): ReactNode {
  return <line x1={area.left} x2={area.right} y1={y} y2={y} {...looks} />;
}
