/** The drawing of a bar chart, in Recharts; bar-chart.tsx says what it shows. */
import { useMemo, type ReactNode } from 'react';
import { Bar, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import type { Unit } from '../lib/unit.ts';
import { BOTTOM_AXIS, valueAxis } from './axis.ts';
import { barExtremes, barSum, type BarPart, type BarRow } from './bars.ts';
import { FLAG_ROOM, MarkFlags, MarkLines } from './mark-flags.tsx';
import { monthGroups } from './mark-groups.ts';
import { useChartMarks } from './marks.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import { GridLines } from './grid-lines.tsx';
import type { PrintSize } from './plot-box.tsx';
import { valueScale } from './value-scale.ts';

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

/** Air at the right of the plot. */
const RIGHT = 8;

/** Pixels: a letter of a mark at the axis, the space between two marks, the room of the value axis. */
const LETTER = 6;
const GAP = 10;
const AXIS_ROOM = 44;

export function BarPlot(props: BarChartProps & { width: number; height: number }): ReactNode {
  const { parts, rows, unit, sentence, net = false, print, width, height } = props;
  const format = useFormat();
  const data = useMemo(() => rows.map((row, index) => ({ ...row, index })), [rows]);
  const scale = valueScale(barExtremes(rows), Math.max(2, Math.floor(height / 56)), true, unit.kind === 'count');
  const axis = valueAxis(scale, unit, format);
  const { list } = useChartMarks();
  const groups = useMemo(() => {
    const pitch = (width - axis.width - RIGHT) / Math.max(1, rows.length);
    return monthGroups(
      list,
      rows.map(({ month }) => month),
      (index) => axis.width + (index + 0.5) * pitch,
    );
  }, [list, rows, width, axis.width]);
  const widest = Math.max(...rows.map(({ label }) => label.length), 0) * LETTER + GAP;
  const spacing = Math.ceil((rows.length * Math.max(44, widest)) / Math.max(1, width - AXIS_ROOM));
  return (
    <>
      <ComposedChart
        width={width}
        height={height}
        data={data}
        stackOffset="sign"
        barCategoryGap="22%"
        margin={{ top: groups.length > 0 ? FLAG_ROOM : 8, right: RIGHT, bottom: 0, left: 0 }}
        accessibilityLayer={print === undefined}
        aria-label={sentence}
        {...(print === undefined ? {} : { role: 'img' })}
      >
        <GridLines />
        <XAxis
          dataKey="index"
          tickFormatter={(index: number) => rows[index]?.label ?? ''}
          interval={spacing - 1}
          axisLine={false}
          {...BOTTOM_AXIS}
        />
        <YAxis {...axis} />
        {print === undefined && (
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--hover)' }}
            content={<Reading parts={parts} rows={rows} unit={unit} net={net} format={format} />}
          />
        )}
        {parts.map((part, index) => (
          <Bar
            key={part.id}
            dataKey={(row: BarRow) => row.values[index] ?? null}
            stackId="all"
            fill={part.color}
            stroke="var(--surface)"
            strokeWidth={0.75}
            maxBarSize={48}
            isAnimationActive={false}
          />
        ))}
        <ReferenceLine y={0} stroke="var(--axis)" />
        {net && (
          <Line
            dataKey={(row: BarRow) => barSum(row)}
            stroke="none"
            dot={{ r: 3, fill: 'var(--ink)', stroke: 'var(--surface)', strokeWidth: 1.5 }}
            activeDot={false}
            isAnimationActive={false}
          />
        )}
        <MarkLines groups={groups} bottom={height - BOTTOM_AXIS.height} />
      </ComposedChart>
      {print === undefined && <MarkFlags groups={groups} />}
    </>
  );
}

interface ReadingProps {
  parts: readonly BarPart[];
  rows: readonly BarRow[];
  unit: Unit;
  net: boolean;
  format: Formatter;
  /** Given by Recharts: whether a bar is pointed at, and its index. */
  active?: boolean;
  label?: string | number;
}

function Reading({ parts, rows, unit, net, format, active, label }: ReadingProps): ReactNode {
  const row = active === true && typeof label === 'number' ? rows[label] : undefined;
  if (row === undefined) return null;
  const lines = parts.flatMap((part, index) => {
    const value = row.values[index] ?? null;
    if (value === 0) return [];
    return [{ label: part.label, color: part.color, text: format.value(value, unit, { signed: net }) }];
  });
  return (
    <ChartTooltip
      title={row.name ?? row.label}
      lines={lines}
      {...(net ? { total: format.value(barSum(row), unit, { signed: true }) } : {})}
    />
  );
}
