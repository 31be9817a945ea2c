/**
 * Lines over an age instead of a calendar: what is left after so many months.
 * A line may carry a band, be drawn in steps, or stand back as one of many.
 */
import type { ReactNode } from 'react';
import { AgePlot, type AgeChartProps } from './age-plot.tsx';
import { PlotBox } from './plot-box.tsx';

export function AgeChart(props: AgeChartProps): ReactNode {
  const { height = 240 } = props;
  return (
    <PlotBox height={height} print={undefined}>
      {(width) => <AgePlot {...props} width={width} height={height} />}
    </PlotBox>
  );
}
