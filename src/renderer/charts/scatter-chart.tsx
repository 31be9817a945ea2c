/**
 * Points of two values each, with a crosshair on the nearest one: by the pointer,
 * or by the arrow keys, Home and End. What it stands on is read out; Enter opens it.
 */
import { useMemo, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import { compactTick, valueAxis } from './axis.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { PlotBox, type PrintSize } from './plot-box.tsx';
import { placing } from './plot-paths.ts';
import {
  drawnPoints,
  nearestPoint,
  pointByKey,
  type PlacedPoint,
  type ScatterAxis,
  type ScatterPoint,
} from './scatter-model.ts';
import { valueScale } from './value-scale.ts';

export interface ScatterChartProps {
  points: readonly ScatterPoint[];
  x: ScatterAxis;
  y: ScatterAxis;
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** Opens what a point stands for. */
  onOpen?: (id: string) => void;
  /** Pixels; default 260. */
  height?: number;
  print?: PrintSize;
}

/** Pixels within which a pointer takes the nearest point. */
const REACH = 40;
const TOP = 20;
const FOOT = 40;
const RIGHT = 12;

export function ScatterChart(props: ScatterChartProps): ReactNode {
  const { height = 260, print } = props;
  return (
    <PlotBox height={height} print={print}>
      {(width) => <Plot {...props} width={width} height={height} />}
    </PlotBox>
  );
}

function Plot(props: ScatterChartProps & { width: number; height: number }): ReactNode {
  const { x, y, sentence, onOpen, print, width, height } = props;
  const format = useFormat();
  const [current, setCurrent] = useState<number | null>(null);
  const model = useMemo(
    () => plotModel(props.points, { x, y, width, height, format }),
    [props.points, x, y, width, height, format],
  );
  const { points, drawn, xScale, axis, left, top } = model;
  const shown = current === null ? undefined : points[current];
  const write = (value: number, { unit }: ScatterAxis): string => format.value(value, unit);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && shown !== undefined && onOpen !== undefined) return onOpen(shown.id);
    if (event.key === 'Escape' && current !== null) setCurrent(null);
    const next = pointByKey(points, current, event.key);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setCurrent(nearestPoint(points, { left: event.clientX - box.left, top: event.clientY - box.top }, REACH));
  };
  const moving = {
    tabIndex: 0,
    onKeyDown,
    onPointerMove,
    onPointerLeave: () => setCurrent(null),
    onBlur: () => setCurrent(null),
    ...(onOpen === undefined || shown === undefined ? {} : { onClick: () => onOpen(shown.id) }),
  };
  return (
    <>
      <svg
        width={width}
        height={height}
        role={print === undefined ? 'application' : 'img'}
        aria-label={sentence}
        className="block rounded-md"
        {...(print === undefined ? moving : {})}
      >
        {axis.marks.map(({ value, text }) => (
          <g key={value}>
            <line x1={axis.width} x2={width - RIGHT} y1={top(value)} y2={top(value)} stroke="var(--grid)" />
            <text x={axis.width - 6} y={top(value)} textAnchor="end" dominantBaseline="central" className={AXIS_TEXT}>
              {text}
            </text>
          </g>
        ))}
        <line x1={axis.width} x2={width - RIGHT} y1={height - FOOT} y2={height - FOOT} stroke="var(--axis)" />
        {xScale.ticks.map((tick) => (
          <text key={tick} x={left(tick)} y={height - FOOT + 16} textAnchor="middle" className={AXIS_TEXT}>
            {compactTick(tick, x.unit, format)}
          </text>
        ))}
        <text x={0} y={10} className={AXIS_NAME}>
          {y.label}
        </text>
        <text x={width - RIGHT} y={height - 4} textAnchor="end" className={AXIS_NAME}>
          {x.label}
        </text>
        {drawn.map((point) => (
          <circle key={point.id} cx={point.left} cy={point.top} r={4} fill="var(--series-1)" fillOpacity={0.55} />
        ))}
        {shown !== undefined && <Cross point={shown} start={axis.width} bottom={height - FOOT} />}
      </svg>
      {shown !== undefined && (
        <div
          className="pointer-events-none absolute z-10"
          style={{
            left: Math.max(0, Math.min(shown.left + 12, width - 180)),
            top: shown.top > height / 2 ? Math.max(0, shown.top - 90) : shown.top + 12,
          }}
        >
          <ChartTooltip
            title={shown.label}
            lines={[
              { label: x.label, color: 'transparent', text: write(shown.x, x) },
              { label: y.label, color: 'transparent', text: write(shown.y, y) },
            ]}
          />
        </div>
      )}
      <output className="sr-only">
        {shown !== undefined && `${shown.label}: ${x.label} ${write(shown.x, x)}, ${y.label} ${write(shown.y, y)}`}
      </output>
    </>
  );
}

const AXIS_TEXT = 'fill-subtle text-[11px]';
const AXIS_NAME = 'fill-muted text-[11px]';

function Cross({ point, start, bottom }: { point: PlacedPoint; start: number; bottom: number }): ReactNode {
  return (
    <g>
      <path d={`M ${start} ${point.top} H ${point.left} V ${bottom}`} fill="none" stroke="var(--control-line)" />
      <circle cx={point.left} cy={point.top} r={5.5} fill="var(--series-1)" stroke="var(--surface)" strokeWidth={1.5} />
    </g>
  );
}

function scaleOf(points: readonly ScatterPoint[], side: 'x' | 'y', { unit }: ScatterAxis, steps: number) {
  const values = points.map((point) => point[side]);
  return valueScale(values, Math.max(2, Math.floor(steps)), true, unit.kind === 'count');
}

interface PlotInput {
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly width: number;
  readonly height: number;
  readonly format: Formatter;
}

function plotModel(given: readonly ScatterPoint[], { x, y, width, height, format }: PlotInput) {
  const xScale = scaleOf(given, 'x', x, width / 90);
  const yScale = scaleOf(given, 'y', y, height / 56);
  const axis = valueAxis(yScale, y.unit, format);
  const left = placing(xScale.min, xScale.max, axis.width, width - RIGHT);
  const top = placing(yScale.min, yScale.max, height - FOOT, TOP);
  const points = given
    .map((point): PlacedPoint => ({ ...point, left: left(point.x), top: top(point.y) }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  return { points, drawn: drawnPoints(points), xScale, axis, left, top };
}
