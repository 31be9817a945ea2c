/**
 * Bars by month, day or name, stacked by sign: gains grow up from zero, losses
 * down. The order and the labels tell the parts apart; shades only help.
 */
import type { ReactNode } from 'react';
import { BarPlot, type BarChartProps } from './bar-plot.tsx';
import { PlotBox } from './plot-box.tsx';

export function BarChart(props: BarChartProps): ReactNode {
  const { height = 240, print } = props;
  return (
    <PlotBox height={height} print={print}>
      {(width) => <BarPlot {...props} width={width} height={height} />}
    </PlotBox>
  );
}
