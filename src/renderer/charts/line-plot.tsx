/** The drawing of a line chart; line-chart.tsx says what it shows. */
import { useMemo, type ReactNode } from 'react';
import { dayNumber, dayOfNumber, type PlainDay } from '../../shared/kernel/day.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import type { Crosshair } from './crosshair.ts';
import { BAND_OPACITY, fanBounds, fanOrigin, type Fan } from './fan.ts';
import { plotModel, type LineModel } from './line-model.ts';
import { lineReading } from './line-reading.ts';
import { MarkFlags, MarkLines } from './mark-flags.tsx';
import type { ChartMark } from './marks.tsx';
import { BottomAxis, GridLines, Level, ValueAxis } from './plot-axes.tsx';
import type { PrintSize } from './plot-box.tsx';
import { bandPath, linePath } from './plot-paths.ts';
import { AtCrosshair, CrossDot, CrossLine, PlotSurface } from './plot-surface.tsx';
import { seriesColor, type Grain, type Series, type SeriesRow } from './series.ts';
import { rowsWithin, type Span, type Zoom } from './zoom.ts';

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
  crosshair: Crosshair;
  /** Notes something on a day. */
  onNote: ((day: PlainDay) => void) | null;
}

const NO_BOUNDS: ReturnType<typeof fanBounds> = new Map();
const NO_LEVELS: readonly number[] = [];

export function LinePlot(props: LinePlotProps): ReactNode {
  const { series, unit, sentence, fan, marks, grain = 'day', area: filled = false, fromZero = true, print } = props;
  const { rows: all, zoom, width, height, crosshair, onNote } = props;
  const format = useFormat();
  const rows = useMemo(() => rowsWithin(all, zoom.shown), [all, zoom.shown]);
  const bounds = useMemo(() => (fan === undefined ? NO_BOUNDS : fanBounds(series, fan)), [series, fan]);
  const model = useMemo(
    () => plotModel({ rows, bounds, unit, fromZero, width, height, marks, format }),
    [rows, bounds, unit, fromZero, width, height, marks, format],
  );
  if (model === null) return null;
  const { area, stops, ticks, groups, byDay, scale, top } = model;
  const levels = fan?.levels ?? NO_LEVELS;
  const origin = fan === undefined ? null : fanOrigin(series);
  return (
    <>
      <PlotSurface
        {...{ width, height, area, sentence, crosshair, stops }}
        print={print !== undefined}
        drag={zoom}
        reading={(at) => {
          const row = byDay.get(at);
          return row === undefined ? null : lineReading(row, { series, unit, grain, levels, format });
        }}
        onDoubleClick={onNote === null ? undefined : (at) => onNote(dayOfNumber(at))}
      >
        <GridLines {...model} />
        <MarkLines groups={groups} bottom={area.bottom} />
        {origin !== null && <Ahead model={model} today={dayNumber(origin.day)} />}
        {zoom.dragged !== null && <Dragged model={model} span={zoom.dragged} />}
        <Lines model={model} series={series} levels={levels} filled={filled} />
        {scale.min < 0 && <Level area={area} y={top(0)} stroke="var(--axis)" />}
        <BottomAxis area={area} ticks={ticks} line />
        <ValueAxis {...model} />
        {print === undefined && (
          <AtCrosshair {...{ crosshair, stops }}>
            {({ at, x }) => (
              <>
                <CrossLine x={x} area={area} />
                {series.map((line, index) => {
                  const value = byDay.get(at)?.values[index] ?? null;
                  return value === null ? null : (
                    <CrossDot key={line.id} x={x} y={top(value)} color={seriesColor(line, index)} />
                  );
                })}
              </>
            )}
          </AtCrosshair>
        )}
      </PlotSurface>
      {print === undefined && <MarkFlags groups={groups} />}
    </>
  );
}

/** The ground of the days ahead, and where they begin. */
function Ahead({ model, today }: { model: LineModel; today: number }): ReactNode {
  const { area, span, place } = model;
  if (today < span.from || today >= span.to) return null;
  const x = place(today);
  return (
    <>
      <rect
        x={x}
        y={area.top}
        width={area.right - x}
        height={area.bottom - area.top}
        fill="var(--sunken)"
        fillOpacity={0.6}
      />
      {today > span.from && (
        <>
          <line x1={x} x2={x} y1={area.top} y2={area.bottom} stroke="var(--control-line)" />
          <text x={x + 5} y={area.top + 5} dy="0.71em" className="fill-muted text-[11px]">
            Forecast
          </text>
        </>
      )}
    </>
  );
}

function Dragged({ model, span }: { model: LineModel; span: Span }): ReactNode {
  const { area, place } = model;
  const [from, to] = [place(span.from), place(span.to)];
  return (
    <rect
      x={from}
      y={area.top}
      width={to - from}
      height={area.bottom - area.top}
      fill="var(--accent)"
      fillOpacity={0.12}
    />
  );
}

interface LinesProps {
  model: LineModel;
  series: readonly Series[];
  levels: readonly number[];
  filled: boolean;
}

/** The bands of a forecast, the filled area, and the lines: the first one last, above its comparisons. */
function Lines({ model, series, levels, filled }: LinesProps): ReactNode {
  const paths = useMemo(() => pathsOf(model, series.length, levels.length, filled), [model, series, levels, filled]);
  const [only] = model.data.length === 1 ? model.data : [];
  return (
    <>
      {levels.map((level, index) => (
        <path key={level} d={paths.bands[index]} fill="var(--series-1)" fillOpacity={BAND_OPACITY} />
      ))}
      {filled && series[0] !== undefined && (
        <path d={paths.filled} fill={seriesColor(series[0], 0)} fillOpacity={0.12} />
      )}
      {series
        .map((line, index) => (
          <path
            key={line.id}
            d={paths.lines[index]}
            fill="none"
            stroke={seriesColor(line, index)}
            strokeWidth={line.dashed === true ? 1.5 : 2}
            strokeDasharray={line.dashed === true ? '4 4' : undefined}
          />
        ))
        .toReversed()}
      {only !== undefined &&
        series.map((line, index) => {
          const value = only.values[index] ?? null;
          return value === null ? null : (
            <circle
              key={line.id}
              cx={model.place(only.x)}
              cy={model.top(value)}
              r={3}
              fill="var(--surface)"
              stroke={seriesColor(line, index)}
              strokeWidth={2}
            />
          );
        })}
    </>
  );
}

function pathsOf({ data, stops, scale, top }: LineModel, series: number, levels: number, filled: boolean) {
  const x = (index: number): number => stops[index]?.x ?? 0;
  const count = (length: number): number[] => Array.from({ length }, (_, index) => index);
  const floor = top(Math.min(Math.max(0, scale.min), scale.max));
  const height = (value: number | null | undefined): number | null => (value == null ? null : top(value));
  const points = (line: number) => data.map(({ values }, index) => ({ x: x(index), y: height(values[line]) }));
  return {
    lines: count(series).map((line) => linePath(points(line))),
    bands: count(levels).map((level) =>
      bandPath(
        data.map(({ bounds }, index) => {
          const band = bounds[level];
          return band === undefined ? null : { x: x(index), low: top(band[0]), high: top(band[1]) };
        }),
      ),
    ),
    filled: filled
      ? bandPath(points(0).map((point) => (point.y === null ? null : { x: point.x, low: floor, high: point.y })))
      : '',
  };
}
