/**
 * Lines (or one filled area) over time, with a crosshair that the charts of a
 * page share, an optional comparison, a forecast and marks beside days. Ten years
 * of days are drawn with one point per pixel; the frame's table keeps them all.
 * Arrow keys move the crosshair; dragging, or `+`, `-` and `0`, look closer and
 * back; Shift+N or a double click notes something on the day under it.
 */
import { useMemo, type KeyboardEvent, type ReactNode } from 'react';
import { dayOfNumber } from '../../shared/kernel/day.ts';
import { useSharedCrosshair } from './crosshair-group.tsx';
import { fanSeries } from './fan.ts';
import { LinePlot, type LineChartProps } from './line-plot.tsx';
import { useChartMarks } from './marks.tsx';
import { PlotBox } from './plot-box.tsx';
import { Button } from '../ui/button.tsx';
import { seriesRows } from './series.ts';
import { useZoom } from './zoom.ts';

export function LineChart(props: LineChartProps): ReactNode {
  const { height = 240, print, fan } = props;
  const page = useChartMarks();
  const crosshair = useSharedCrosshair(props.grain ?? 'day');
  const series = useMemo(
    () => (fan === undefined ? props.series : [...props.series, fanSeries(props.series, fan)]),
    [props.series, fan],
  );
  const rows = useMemo(() => seriesRows(series), [series]);
  const zoom = useZoom(rows);
  const marks = props.marks ?? page.list;
  const { acts } = page;
  const onNote = acts?.add ?? null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onNote === null || event.key !== 'N' || event.ctrlKey || event.metaKey || event.altKey)
      return zoom.onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
    const at = crosshair.now()?.at;
    onNote(at === undefined ? null : dayOfNumber(at));
  };
  return (
    // The drawing itself takes the focus; keys that it leaves alone come up to here.
    <div role="presentation" className="relative" onKeyDown={onKeyDown}>
      <PlotBox height={height} print={print}>
        {(width) => <LinePlot {...props} {...{ series, rows, zoom, marks, width, height, crosshair, onNote }} />}
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
