/** The drawing of lines over an age, in Recharts; age-chart.tsx says what it shows. */
import { useMemo, type ReactNode } from 'react';
import {
  Area,
  ComposedChart,
  Line,
  ReferenceLine,
  Tooltip,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { ageRows, type AgeLine, type AgeRow } from './age-model.ts';
import { BOTTOM_AXIS, valueAxis } from './axis.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { GridLines } from './grid-lines.tsx';
import { niceStep, valueScale } from './value-scale.ts';

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

export function AgePlot(props: AgeChartProps & { width: number; height: number }): ReactNode {
  const { lines, unit, sentence, ageText, stepped = false, mark, width, height } = props;
  const format = useFormat();
  const { data, scale, ticks, last } = useMemo(
    () => plotModel(lines, unit, width, height),
    [lines, unit, width, height],
  );
  const type = stepped ? 'stepAfter' : 'linear';
  return (
    <ComposedChart
      width={width}
      height={height}
      data={data}
      margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
      accessibilityLayer
      aria-label={sentence}
    >
      <GridLines />
      <XAxis
        dataKey="age"
        type="number"
        domain={[0, last]}
        ticks={ticks}
        tickFormatter={(age: number) => format.mark(age)}
        interval={0}
        axisLine={{ stroke: 'var(--axis)' }}
        {...BOTTOM_AXIS}
      />
      <YAxis {...valueAxis(scale, unit, format)} />
      {mark !== undefined && (
        <ReferenceLine
          y={mark.value}
          stroke="var(--control-line)"
          strokeDasharray="2 3"
          label={{ value: mark.label, position: 'insideBottomRight', className: 'fill-muted text-[10px]' }}
        />
      )}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--control-line)' }}
        content={<Reading lines={lines} unit={unit} data={data} ageText={ageText} format={format} />}
      />
      {lines.map((line, index) =>
        data.some(({ bands }) => bands[index] != null) ? (
          <Area
            key={`${line.id}-band`}
            dataKey={(row: AgeRow) => row.bands[index] ?? null}
            stroke="none"
            fill={line.color}
            fillOpacity={0.16}
            activeDot={false}
            isAnimationActive={false}
            connectNulls
            type={type}
          />
        ) : null,
      )}
      <FaintLines lines={lines.filter(({ faint }) => faint === true)} />
      {lines.map((line, index) =>
        line.faint === true ? null : (
          <Line
            key={line.id}
            dataKey={(row: AgeRow) => row.values[index] ?? null}
            stroke={line.color}
            strokeWidth={2}
            {...(line.dashed === true ? { strokeDasharray: '4 4' } : {})}
            dot={line.points.length === 1 ? { r: 3 } : false}
            activeDot={{ r: 3.5, stroke: 'var(--surface)' }}
            isAnimationActive={false}
            connectNulls={stepped}
            type={type}
          />
        ),
      )}
    </ComposedChart>
  );
}

type ScaleFunction = NonNullable<ReturnType<typeof useXAxisScale>>;

/** Nobody points at these, so they are one path each, without what Recharts keeps for a line: two dozen would take most of the drawing's time. */
function FaintLines({ lines }: { lines: readonly AgeLine[] }): ReactNode {
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (x === undefined || y === undefined) return null;
  return (
    <g fill="none" strokeOpacity={0.45}>
      {lines.map((line) => (
        <path key={line.id} d={pathOf(line, x, y)} stroke={line.color} />
      ))}
    </g>
  );
}

/** Straight from point to point; a point without a value breaks the line. */
function pathOf({ points }: AgeLine, x: ScaleFunction, y: ScaleFunction): string {
  let pen = 'M';
  return points
    .map(({ age, value }) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(age) ?? 0},${y(value) ?? 0}`;
      pen = 'L';
      return step;
    })
    .join('');
}

function plotModel(lines: readonly AgeLine[], unit: Unit, width: number, height: number) {
  const data = ageRows(lines);
  const values = data.flatMap((row) => [...row.values, ...row.bands.flatMap((band) => band ?? [])]);
  const known = values.filter((value) => value !== null);
  const last = Math.max(1, data.at(-1)?.age ?? 1);
  const step = Math.max(1, niceAgeStep(last / Math.max(2, Math.floor(width / 56))));
  return {
    data,
    scale: valueScale(known, Math.max(2, Math.floor(height / 56)), true, unit.kind === 'count'),
    ticks: Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step),
    last,
  };
}

/** Ages are read in months: in threes, sixes and years. */
function niceAgeStep(rough: number): number {
  return [1, 2, 3, 6, 12, 24].find((candidate) => rough <= candidate) ?? niceStep(rough);
}

interface ReadingProps {
  lines: readonly AgeLine[];
  unit: Unit;
  data: readonly AgeRow[];
  ageText: (age: number) => string;
  format: Formatter;
  /** Given by Recharts. */
  active?: boolean;
  label?: string | number;
}

function Reading({ lines, unit, data, ageText, format, active, label }: ReadingProps): ReactNode {
  const row = active === true ? data.find(({ age }) => age === label) : undefined;
  if (row === undefined) return null;
  return (
    <ChartTooltip
      title={ageText(row.age)}
      lines={lines.flatMap((line, index) => {
        if (line.faint === true) return [];
        const band = row.bands[index];
        const range = band ? ` (${format.value(band[0], unit)} to ${format.value(band[1], unit)})` : '';
        return [
          { label: line.label, color: line.color, text: `${format.value(row.values[index] ?? null, unit)}${range}` },
        ];
      })}
    />
  );
}
