/** The drawing of a line chart, in Recharts; line-chart.tsx says what it shows. */
import { useMemo, type ReactNode } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { dayNumber, dayOfNumber, monthOf } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { BOTTOM_AXIS, valueAxis } from './axis.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { useSharedCrosshair } from './crosshair-group.tsx';
import { drawnRows, seriesColor, type Annotation, type Grain, type Series, type SeriesRow } from './series.ts';
import type { PrintSize } from './plot-box.tsx';
import { timeTicks } from './time-ticks.ts';
import { valueScale } from './value-scale.ts';
import { rowsWithin, type Zoom } from './zoom.ts';

export interface LineChartProps {
  series: readonly Series[];
  unit: Unit;
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** What one point stands for; default day. */
  grain?: Grain;
  annotations?: readonly Annotation[];
  /** Fills the first series down to zero. */
  area?: boolean;
  /** False lets the scale begin above zero (for ratios near 100 %). Default true. */
  fromZero?: boolean;
  /** Pixels; default 240. */
  height?: number;
  print?: PrintSize;
}

const NO_ANNOTATIONS: readonly Annotation[] = [];

export interface LinePlotProps extends LineChartProps {
  rows: readonly SeriesRow[];
  zoom: Zoom;
  width: number;
  height: number;
}

export function LinePlot(props: LinePlotProps): ReactNode {
  const {
    series,
    unit,
    sentence,
    annotations = NO_ANNOTATIONS,
    grain = 'day',
    area = false,
    fromZero = true,
    print,
    rows: all,
    zoom,
    width,
    height,
  } = props;
  const format = useFormat();
  const crosshair = useSharedCrosshair(grain);
  const rows = useMemo(() => rowsWithin(all, zoom.shown), [all, zoom.shown]);
  const model = useMemo(
    () => plotModel(rows, unit, fromZero, width, height, format),
    [rows, unit, fromZero, width, height, format],
  );
  const { data, ticks, labels, scale } = model;
  const first = data[0];
  const last = data.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={data}
      margin={{ top: annotations.length > 0 ? 18 : 8, right: 8, bottom: 0, left: 0 }}
      accessibilityLayer={print === undefined}
      aria-label={sentence}
      {...(print === undefined ? { ...crosshair, ...dragging(zoom) } : { role: 'img' })}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="x"
        type="number"
        domain={[first.x, last.x]}
        ticks={ticks}
        tickFormatter={(x: number) => labels.get(x) ?? ''}
        interval={0}
        axisLine={{ stroke: 'var(--axis)' }}
        {...BOTTOM_AXIS}
      />
      <YAxis {...valueAxis(scale, unit, format)} />
      {scale.min < 0 && <ReferenceLine y={0} stroke="var(--axis)" />}
      {zoom.dragged !== null && (
        <ReferenceArea x1={zoom.dragged.from} x2={zoom.dragged.to} fill="var(--accent)" fillOpacity={0.12} />
      )}
      {annotations.map((annotation) => (
        <ReferenceLine
          key={annotation.day + annotation.label}
          x={dayNumber(annotation.day)}
          stroke="var(--control-line)"
          strokeDasharray="2 3"
          label={{ value: annotation.label, position: 'top', className: 'fill-muted text-[10px]' }}
        />
      ))}
      {print === undefined && (
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--control-line)' }}
          content={<Reading series={series} unit={unit} grain={grain} data={data} format={format} />}
        />
      )}
      {/* The first series is drawn last, above its comparisons. */}
      {series
        .map((line, index) =>
          area && index === 0 ? (
            <Area
              key={line.id}
              dataKey={(row: PlotRow) => row.values[index] ?? null}
              stroke={seriesColor(line, index)}
              strokeWidth={2}
              fill={seriesColor(line, index)}
              fillOpacity={0.12}
              dot={false}
              activeDot={{ r: 3.5, stroke: 'var(--surface)' }}
              isAnimationActive={false}
              type="linear"
            />
          ) : (
            <Line
              key={line.id}
              dataKey={(row: PlotRow) => row.values[index] ?? null}
              stroke={seriesColor(line, index)}
              strokeWidth={line.dashed === true ? 1.5 : 2}
              {...(line.dashed === true ? { strokeDasharray: '4 4' } : {})}
              dot={data.length === 1 ? { r: 3 } : false}
              activeDot={{ r: 3.5, stroke: 'var(--surface)' }}
              isAnimationActive={false}
              type="linear"
            />
          ),
        )
        .toReversed()}
    </ComposedChart>
  );
}

/** The handlers of a drag over the days; Recharts says over which of them the pointer is. */
function dragging(zoom: Zoom) {
  const over = (act: (day: number) => void) => (pointer: { activeLabel?: string | number | undefined }) => {
    const day = Number(pointer.activeLabel);
    if (pointer.activeLabel !== undefined && Number.isFinite(day)) act(day);
  };
  return {
    onMouseDown: over(zoom.press),
    onMouseMove: over(zoom.move),
    onMouseUp: zoom.release,
    onMouseLeave: zoom.release,
  };
}

interface PlotRow {
  readonly x: number;
  readonly values: readonly (number | null)[];
}

function plotModel(
  rows: readonly SeriesRow[],
  unit: Unit,
  fromZero: boolean,
  width: number,
  height: number,
  format: Formatter,
) {
  const data: PlotRow[] = drawnRows(rows, width).map((row) => ({ x: dayNumber(row.day), values: row.values }));
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null));
  const scale = valueScale(values, Math.max(2, Math.floor(height / 56)), fromZero, unit.kind === 'count');
  const from = rows[0]?.day;
  const to = rows.at(-1)?.day;
  const ticks =
    from === undefined || to === undefined ? [] : timeTicks(from, to, Math.max(2, Math.floor(width / 84)), format);
  return {
    data,
    scale,
    ticks: ticks.map((tick) => dayNumber(tick.day)),
    labels: new Map(ticks.map((tick) => [dayNumber(tick.day), tick.label])),
  };
}

interface ReadingProps {
  series: readonly Series[];
  unit: Unit;
  grain: Grain;
  data: readonly PlotRow[];
  format: Formatter;
  /** Given by Recharts: whether the crosshair is on, and its place on the x axis. */
  active?: boolean;
  label?: string | number;
}

function Reading({ series, unit, grain, data, format, active, label }: ReadingProps): ReactNode {
  const row = active === true ? data.find(({ x }) => x === label) : undefined;
  if (row === undefined) return null;
  return (
    <ChartTooltip
      title={grain === 'month' ? format.month(monthOf(dayOfNumber(row.x))) : format.day(dayOfNumber(row.x))}
      lines={series.map((line, index) => ({
        label: line.label,
        color: seriesColor(line, index),
        text: format.value(row.values[index] ?? null, unit),
      }))}
    />
  );
}
