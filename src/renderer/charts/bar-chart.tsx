/**
 * Bars by month, day or name, stacked by sign: gains grow up from zero, losses
 * down. The order and the labels tell the parts apart; shades only help.
 */
import type { ReactNode } from 'react';
import type { Unit } from '../lib/unit.ts';
import type { BarPart, BarRow } from './bars.ts';
import { lazyDrawing } from './lazy-drawing.tsx';
import { PlotBox, type PrintSize } from './plot-box.tsx';

export interface BarChartProps {
  parts: readonly BarPart[];
  rows: readonly BarRow[];
  unit: Unit;
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** Draws the sum of each stack as points (net new). */
  net?: boolean;
  /** Pixels; default 240. */
  height?: number;
  print?: PrintSize;
}

const BarPlot = lazyDrawing(async () => (await import('./bar-plot.tsx')).BarPlot);

export function BarChart(props: BarChartProps): ReactNode {
  const { height = 240, print } = props;
  return (
    <PlotBox height={height} print={print}>
      {(width) => <BarPlot {...props} width={width} height={height} />}
    </PlotBox>
  );
}
