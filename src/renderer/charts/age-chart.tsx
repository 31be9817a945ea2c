/**
 * Lines over an age instead of a calendar: what is left after so many months.
 * A line may carry a band, be drawn in steps, or stand back as one of many.
 */
import type { ReactNode } from 'react';
import type { Unit } from '../lib/unit.ts';
import type { AgeLine } from './age-model.ts';
import { lazyDrawing } from './lazy-drawing.tsx';
import { PlotBox } from './plot-box.tsx';

export interface AgeChartProps {
  lines: readonly AgeLine[];
  unit: Unit;
  /** The accessible name of the drawing. */
  sentence: string;
  /** Writes an age: «month 7». */
  ageText: (age: number) => string;
  /** Level until the next point instead of straight to it. */
  stepped?: boolean;
  /** A level to compare with: half, for a median. */
  mark?: { readonly value: number; readonly label: string };
  height?: number;
}

const AgePlot = lazyDrawing(async () => (await import('./age-plot.tsx')).AgePlot);

export function AgeChart(props: AgeChartProps): ReactNode {
  const { height = 240 } = props;
  return (
    <PlotBox height={height} print={undefined}>
      {(width) => <AgePlot {...props} width={width} height={height} />}
    </PlotBox>
  );
}
