/** The drawing of a line chart, in Recharts; line-chart.tsx says what it shows. */
import { useEffect, useMemo, type MouseEvent, type ReactNode } from 'react';
import {
  Area,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  useActiveTooltipLabel,
  XAxis,
  YAxis,
} from 'recharts';
import { dayNumber, dayOfNumber, type PlainDay } from '../../shared/kernel/day.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { BOTTOM_AXIS } from './axis.ts';
import { useSharedCrosshair } from './crosshair-group.tsx';
import { BAND_OPACITY, fanBounds, fanOrigin, type Fan } from './fan.ts';
import { GridLines } from './grid-lines.tsx';
import { plotModel, RIGHT, type PlotRow } from './line-model.ts';
import { LineReading } from './line-reading.tsx';
import { FLAG_ROOM, MarkFlags, MarkLines } from './mark-flags.tsx';
import { markGroups } from './mark-groups.ts';
import type { ChartMark } from './marks.tsx';
import type { PrintSize } from './plot-box.tsx';
import { seriesColor, type Grain, type Series, type SeriesRow } from './series.ts';
import { rowsWithin, type Zoom } from './zoom.ts';

export interface LineChartProps {
  series: readonly Series[];
  unit: Unit;
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** What one point stands for; default day. */
  grain?: Grain;
  /** A forecast that begins where the first series ends. */
  fan?: Fan;
  /** Marks beside days; default those that the page provides. */
  marks?: readonly ChartMark[];
  /** Fills the first series down to zero. */
  area?: boolean;
  /** False lets the scale begin above zero (for ratios near 100 %). Default true. */
  fromZero?: boolean;
  /** Pixels; default 240. */
  height?: number;
  print?: PrintSize;
}

export interface LinePlotProps extends Omit<LineChartProps, 'marks'> {
  marks: readonly ChartMark[];
  rows: readonly SeriesRow[];
  zoom: Zoom;
  width: number;
  height: number;
  /** Is told the day under the crosshair; null without one. */
  onActiveDay: (day: PlainDay | null) => void;
  /** Notes something on a day. */
  onNote: ((day: PlainDay) => void) | null;
}

const NO_BOUNDS: ReturnType<typeof fanBounds> = new Map();
const NO_LEVELS: readonly number[] = [];
/** Pixels below which flags would take the room of the line itself; the table has the marks all the same. */
const LEAST_HEIGHT = 90;

export function LinePlot(props: LinePlotProps): ReactNode {
  const { series, unit, sentence, fan, marks, grain = 'day', area = false, fromZero = true, print } = props;
  const { rows: all, zoom, width, height, onActiveDay, onNote } = props;
  const format = useFormat();
  const crosshair = useSharedCrosshair(grain);
  const rows = useMemo(() => rowsWithin(all, zoom.shown), [all, zoom.shown]);
  const bounds = useMemo(() => (fan === undefined ? NO_BOUNDS : fanBounds(series, fan)), [series, fan]);
  const model = useMemo(
    () => plotModel({ rows, bounds, unit, fromZero, width, height, format }),
    [rows, bounds, unit, fromZero, width, height, format],
  );
  const groups = useMemo(
    () => (height < LEAST_HEIGHT ? [] : markGroups(marks, model.span, model.place)),
    [marks, model, height],
  );
  const { data, ticks, labels, scale, span, axis } = model;
  if (data.length === 0) return null;
  const levels = fan?.levels ?? NO_LEVELS;
  const known = fan === undefined ? null : fanOrigin(series);
  const today = known === null ? null : dayNumber(known.day);
  const controls = {
    ...crosshair,
    ...dragging(zoom),
    ...(onNote !== null && {
      // Where Recharts' crosshair is may be a frame old; where the pointer is, is not.
      onDoubleClick: (_state: unknown, event: MouseEvent<SVGGraphicsElement>) =>
        onNote(dayOfNumber(model.nearest(event.clientX - event.currentTarget.getBoundingClientRect().left))),
    }),
  };
  return (
    <>
      <ComposedChart
        width={width}
        height={height}
        data={data}
        margin={{ top: groups.length > 0 ? FLAG_ROOM : 8, right: RIGHT, bottom: 0, left: 0 }}
        accessibilityLayer={print === undefined}
        aria-label={sentence}
        {...(print === undefined ? controls : { role: 'img' })}
      >
        <GridLines />
        {today !== null && today >= span.from && today < span.to && (
          <ReferenceArea x1={today} x2={span.to} fill="var(--sunken)" fillOpacity={0.6} />
        )}
        <XAxis
          dataKey="x"
          type="number"
          domain={[span.from, span.to]}
          ticks={ticks}
          tickFormatter={(x: number) => labels.get(x) ?? ''}
          interval={0}
          axisLine={{ stroke: 'var(--axis)' }}
          {...BOTTOM_AXIS}
        />
        <YAxis {...axis} />
        {scale.min < 0 && <ReferenceLine y={0} stroke="var(--axis)" />}
        {zoom.dragged !== null && (
          <ReferenceArea x1={zoom.dragged.from} x2={zoom.dragged.to} fill="var(--accent)" fillOpacity={0.12} />
        )}
        {today !== null && today > span.from && today < span.to && (
          <ReferenceLine
            x={today}
            stroke="var(--control-line)"
            label={{ value: 'Forecast', position: 'insideTopLeft', className: 'fill-muted text-[11px]' }}
          />
        )}
        {print === undefined && (
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--control-line)' }}
            content={<LineReading {...{ series, unit, grain, levels, format }} byDay={model.byDay} />}
          />
        )}
        {levels.map((level, index) => (
          <Area
            key={level}
            dataKey={(row: PlotRow) => row.bounds[index] ?? null}
            stroke="none"
            fill="var(--series-1)"
            fillOpacity={BAND_OPACITY}
            activeDot={false}
            isAnimationActive={false}
            type="linear"
          />
        ))}
        {/* The first series is drawn last, above its comparisons. */}
        {series.map((line, index) => lineOf(line, index, { area, isSingle: data.length === 1 })).toReversed()}
        <MarkLines groups={groups} bottom={height - BOTTOM_AXIS.height} />
        {print === undefined && <ActiveDay onChange={onActiveDay} />}
      </ComposedChart>
      {print === undefined && <MarkFlags groups={groups} />}
    </>
  );
}

function lineOf(line: Series, index: number, { area, isSingle }: { area: boolean; isSingle: boolean }): ReactNode {
  const color = seriesColor(line, index);
  const drawn = {
    dataKey: (row: PlotRow) => row.values[index] ?? null,
    stroke: color,
    activeDot: { r: 3.5, stroke: 'var(--surface)' },
    isAnimationActive: false,
    type: 'linear',
  } as const;
  if (area && index === 0)
    return <Area key={line.id} {...drawn} strokeWidth={2} fill={color} fillOpacity={0.12} dot={isSingle && { r: 3 }} />;
  return (
    <Line
      key={line.id}
      {...drawn}
      strokeWidth={line.dashed === true ? 1.5 : 2}
      {...(line.dashed === true ? { strokeDasharray: '4 4' } : {})}
      dot={isSingle && { r: 3 }}
    />
  );
}

/** Tells the day under the crosshair, wherever the keys or the pointer have moved it. */
function ActiveDay({ onChange }: { onChange: (day: PlainDay | null) => void }): ReactNode {
  const label = useActiveTooltipLabel();
  useEffect(() => onChange(typeof label === 'number' ? dayOfNumber(label) : null), [onChange, label]);
  return null;
}

/** Hands on the day that the pointer is over; Recharts tells it by its place on the axis. */
function overDay(act: (day: number) => void) {
  return (pointer: { activeLabel?: string | number | undefined }): void => {
    const day = Number(pointer.activeLabel);
    if (pointer.activeLabel !== undefined && Number.isFinite(day)) act(day);
  };
}

/** The handlers of a drag over the days; Recharts says over which of them the pointer is. */
function dragging(zoom: Zoom) {
  return {
    onMouseDown: overDay(zoom.press),
    onMouseMove: overDay(zoom.move),
    onMouseUp: zoom.release,
    onMouseLeave: zoom.release,
  };
}
