/** The drawing of lines over an age; age-chart.tsx says what it shows. */
import { useMemo, useState, type ReactNode } from 'react';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { ageRows, type AgeLine, type AgeRow } from './age-model.ts';
import { valueAxis } from './axis.ts';
import type { Reading } from './chart-tooltip.tsx';
import { createCrosshair } from './crosshair.ts';
import { BOTTOM_ROOM, BottomAxis, GridLines, Level, ValueAxis } from './plot-axes.tsx';
import { bandPath, linePath, placing, type PlotArea } from './plot-paths.ts';
import { AtCrosshair, CrossDot, CrossLine, PlotSurface } from './plot-surface.tsx';
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
  const [crosshair] = useState(createCrosshair);
  const model = useMemo(() => plotModel(lines, { unit, width, height, format }), [lines, unit, width, height, format]);
  const paths = useMemo(() => lines.map((line) => pathsOf(line, model, stepped)), [lines, model, stepped]);
  const { area, stops, ticks, byAge, top } = model;
  return (
    <PlotSurface
      {...{ width, height, area, sentence, crosshair, stops }}
      print={false}
      reading={(age) => readingOf(byAge.get(age), { lines, unit, ageText, format })}
    >
      <GridLines {...model} />
      <g fillOpacity={0.16}>
        {lines.map((line, index) => (
          <path key={line.id} d={paths[index]?.band} fill={line.color} />
        ))}
      </g>
      {mark !== undefined && <Mark {...mark} area={area} y={top(mark.value)} />}
      {lines.map((line, index) => (
        <path key={line.id} d={paths[index]?.line} {...looksOf(line)} />
      ))}
      {lines.map((line) => {
        const [only] = line.points;
        if (line.points.length !== 1 || only?.value == null) return null;
        return <CrossDot key={line.id} x={model.place(only.age)} y={top(only.value)} color={line.color} />;
      })}
      <BottomAxis area={area} ticks={ticks} line />
      <ValueAxis {...model} />
      <AtCrosshair {...{ crosshair, stops }}>
        {({ at, x }) => (
          <>
            <CrossLine x={x} area={area} />
            {lines.map((line, index) => {
              const value = byAge.get(at)?.values[index] ?? null;
              if (value === null || line.faint === true) return null;
              return <CrossDot key={line.id} x={x} y={top(value)} color={line.color} />;
            })}
          </>
        )}
      </AtCrosshair>
    </PlotSurface>
  );
}

function looksOf({ color, faint, dashed }: AgeLine) {
  if (faint === true) return { fill: 'none', stroke: color, strokeOpacity: 0.45 };
  return { fill: 'none', stroke: color, strokeWidth: 2, ...(dashed === true ? { strokeDasharray: '4 4' } : {}) };
}

function Mark({ label, area, y }: { label: string; area: PlotArea; y: number }): ReactNode {
  return (
    <>
      <Level area={area} y={y} stroke="var(--control-line)" strokeDasharray="2 3" />
      <text x={area.right - 5} y={y - 5} textAnchor="end" className="fill-muted text-[10px]">
        {label}
      </text>
    </>
  );
}

interface PlotInput {
  readonly unit: Unit;
  readonly width: number;
  readonly height: number;
  readonly format: Formatter;
}

/** Air at the right and at the top of the plot. */
const RIGHT = 12;
const AIR = 8;

function plotModel(lines: readonly AgeLine[], { unit, width, height, format }: PlotInput) {
  const data = ageRows(lines);
  const values = data.flatMap((row) => [...row.values, ...row.bands.flatMap((band) => band ?? [])]);
  const known = values.filter((value) => value !== null);
  const last = Math.max(1, data.at(-1)?.age ?? 1);
  const step = Math.max(1, niceAgeStep(last / Math.max(2, Math.floor(width / 56))));
  const scale = valueScale(known, Math.max(2, Math.floor(height / 56)), true, unit.kind === 'count');
  const axis = valueAxis(scale, unit, format);
  const area: PlotArea = { left: axis.width, right: width - RIGHT, top: AIR, bottom: height - BOTTOM_ROOM };
  const place = placing(0, last, area.left, area.right);
  return {
    marks: axis.marks,
    area,
    place,
    top: placing(scale.min, scale.max, area.bottom, area.top),
    ticks: Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => ({
      x: place(index * step),
      text: format.mark(index * step),
    })),
    stops: data.map(({ age }) => ({ at: age, x: place(age) })),
    byAge: new Map(data.map((row) => [row.age, row])),
  };
}

/** The line of a line, and its band where it has one. In steps a value that is not known stays at the one before. */
function pathsOf(line: AgeLine, { place, top }: ReturnType<typeof plotModel>, stepped: boolean) {
  const points = line.points.map(({ age, value }) => ({ x: place(age), y: value === null ? null : top(value) }));
  const band = line.points.flatMap(({ age, low, high }) =>
    low == null || high == null ? [] : [{ x: place(age), low: top(low), high: top(high) }],
  );
  const isStepped = stepped && line.faint !== true;
  return {
    line: linePath(isStepped ? points.filter(({ y }) => y !== null) : points, isStepped),
    band: bandPath(band, stepped),
  };
}

/** Ages are read in months: in threes, sixes and years. */
function niceAgeStep(rough: number): number {
  return [1, 2, 3, 6, 12, 24].find((candidate) => rough <= candidate) ?? niceStep(rough);
}

interface ReadingInput {
  readonly lines: readonly AgeLine[];
  readonly unit: Unit;
  readonly ageText: (age: number) => string;
  readonly format: Formatter;
}

function readingOf(row: AgeRow | undefined, { lines, unit, ageText, format }: ReadingInput): Reading | null {
  if (row === undefined) return null;
  return {
    title: ageText(row.age),
    lines: lines.flatMap((line, index) => {
      if (line.faint === true) return [];
      const band = row.bands[index];
      const range = band ? ` (${format.value(band[0], unit)} to ${format.value(band[1], unit)})` : '';
      return [
        { label: line.label, color: line.color, text: `${format.value(row.values[index] ?? null, unit)}${range}` },
      ];
    }),
  };
}
