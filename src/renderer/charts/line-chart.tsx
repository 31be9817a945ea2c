/**
 * Lines (or one filled area) over time, with a crosshair that the charts of a
 * page share, an optional comparison and annotations. Ten years of days are drawn
 * with one point per pixel; the frame's table keeps them all. Arrow keys move the
 * crosshair; dragging, or `+`, `-` and `0`, look closer and back.
 */
import { useMemo, type ReactNode } from 'react';
import { lazyDrawing } from './lazy-drawing.tsx';
import type { LineChartProps } from './line-plot.tsx';
import { PlotBox } from './plot-box.tsx';
import { Button } from '../ui/button.tsx';
import { seriesRows } from './series.ts';
import { useZoom } from './zoom.ts';

const LinePlot = lazyDrawing(async () => (await import('./line-plot.tsx')).LinePlot);

export function LineChart(props: LineChartProps): ReactNode {
  const { height = 240, print, series } = props;
  const rows = useMemo(() => seriesRows(series), [series]);
  const zoom = useZoom(rows);
  return (
    // The drawing itself takes the focus; keys that it leaves alone come up to here.
    <div
      role="presentation"
      className="relative select-none [&_svg:focus:not(:focus-visible)]:outline-none"
      onKeyDown={zoom.onKeyDown}
    >
      <PlotBox height={height} print={print}>
        {(width) => <LinePlot {...props} rows={rows} zoom={zoom} width={width} height={height} />}
      </PlotBox>
      {zoom.shown !== null && (
        <Button size="sm" className="absolute top-0 right-2" onClick={zoom.reset}>
          Whole period
        </Button>
      )}
    </div>
  );
}

/** The area variant by its own name. */
export function AreaChart(props: Omit<LineChartProps, 'area'>): ReactNode {
  return <LineChart {...props} area />;
}
