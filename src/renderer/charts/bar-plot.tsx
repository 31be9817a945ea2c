/** The drawing of a bar chart; bar-chart.tsx says what it shows. */
import { useMemo, useState, type ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import type { Formatter } from '../lib/format.ts';
import type { Unit } from '../lib/unit.ts';
import { barModel } from './bar-model.ts';
import { barSum, type BarPart, type BarRow } from './bars.ts';
import type { Reading } from './chart-tooltip.tsx';
import { createCrosshair } from './crosshair.ts';
import { MarkFlags, MarkLines } from './mark-flags.tsx';
import { useChartMarks } from './marks.tsx';
import { BottomAxis, GridLines, Level, ValueAxis } from './plot-axes.tsx';
import type { PrintSize } from './plot-box.tsx';
import { AtCrosshair, PlotSurface } from './plot-surface.tsx';

export interface BarChartProps {
  parts: readonly BarPart[];
  rows: readonly BarRow[];
  unit: Unit;
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** Draws the sum of each stack as points (net new). */
  net?: boolean;
  /** Pixels; default 240. */
  height?: number;
  print?: PrintSize;
}

export function BarPlot(props: BarChartProps & { width: number; height: number }): ReactNode {
  const { parts, rows, unit, sentence, net = false, print, width, height } = props;
  const format = useFormat();
  const { list } = useChartMarks();
  const [crosshair] = useState(createCrosshair);
  const model = useMemo(
    () => barModel({ rows, parts: parts.length, unit, width, height, marks: list, format }),
    [rows, parts.length, unit, width, height, list, format],
  );
  const { area, stops, groups, pitch, ticks, top } = model;
  return (
    <>
      <PlotSurface
        {...{ width, height, area, sentence, crosshair, stops }}
        print={print !== undefined}
        reading={(index) => readingOf(rows[index], { parts, unit, net, format })}
      >
        <GridLines {...model} />
        <MarkLines groups={groups} bottom={area.bottom} />
        {print === undefined && (
          <AtCrosshair {...{ crosshair, stops }}>
            {({ x }) => (
              <rect x={x - pitch / 2} y={area.top} width={pitch} height={area.bottom - area.top} fill="var(--hover)" />
            )}
          </AtCrosshair>
        )}
        {parts.map((part, index) => (
          <path key={part.id} d={model.paths[index]} fill={part.color} stroke="var(--surface)" strokeWidth={0.75} />
        ))}
        <Level area={area} y={top(0)} stroke="var(--axis)" />
        {net &&
          model.sums.map(({ x, y }) => (
            <circle key={x} cx={x} cy={y} r={3} fill="var(--ink)" stroke="var(--surface)" strokeWidth={1.5} />
          ))}
        <BottomAxis area={area} ticks={ticks} line={false} />
        <ValueAxis {...model} />
      </PlotSurface>
      {print === undefined && <MarkFlags groups={groups} />}
    </>
  );
}

interface ReadingInput {
  readonly parts: readonly BarPart[];
  readonly unit: Unit;
  readonly net: boolean;
  readonly format: Formatter;
}

function readingOf(row: BarRow | undefined, { parts, unit, net, format }: ReadingInput): Reading | null {
  if (row === undefined) return null;
  return {
    title: row.name ?? row.label,
    lines: parts.flatMap((part, index) => {
      const value = row.values[index] ?? null;
      if (value === 0) return [];
      return [{ label: part.label, color: part.color, text: format.value(value, unit, { signed: net }) }];
    }),
    ...(net ? { total: format.value(barSum(row), unit, { signed: true }) } : {}),
  };
}
