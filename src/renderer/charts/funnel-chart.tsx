/** A funnel: how many came to each step. Bars are compared by length; the slope between two of them is who was lost. */
import type { ReactNode } from 'react';
import { useFormat } from '../lib/format-context.tsx';
import { NO_VALUE } from '../../shared/formats/number.ts';
import type { FunnelRow } from './funnel-model.ts';
import { PlotBox, type PrintSize } from './plot-box.tsx';

export interface FunnelChartProps {
  rows: readonly FunnelRow[];
  /** The same sentence as the frame's: the accessible name of the drawing. */
  sentence: string;
  /** Pixels; default 52 for each step. */
  height?: number;
  print?: PrintSize;
}

const ROW = 52;
/** Room for the names at the left and the counts at the right. */
const NAME = 92;
const COUNT = 128;
/** Air above the first bar. */
const TOP = 8;

/** The height that so many steps are read well at. */
export function funnelHeight(steps: number): number {
  return TOP + steps * ROW;
}

export function FunnelChart({
  rows,
  sentence,
  height = funnelHeight(rows.length),
  print,
}: FunnelChartProps): ReactNode {
  return (
    <PlotBox height={height} print={print}>
      {(width) => <Drawing rows={rows} sentence={sentence} width={width} height={height} />}
    </PlotBox>
  );
}

function Drawing(props: { rows: readonly FunnelRow[]; sentence: string; width: number; height: number }): ReactNode {
  const { rows, sentence, width, height } = props;
  const format = useFormat();
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  const pitch = (height - TOP) / Math.max(1, rows.length);
  const bar = Math.min(26, pitch * 0.56);
  const plot = Math.max(40, width - NAME - COUNT);
  const long = (value: number | null): number => ((value ?? 0) / most) * plot;
  return (
    <svg width={width} height={height} role="img" aria-label={sentence} className="block">
      {rows.map((row, index) => {
        const top = TOP + index * pitch;
        const middle = top + bar / 2;
        const before = rows[index - 1];
        const lost = before !== undefined && row.follows && row.value !== null && before.value !== null;
        return (
          <g key={row.id}>
            {lost && (
              <path
                d={`M ${NAME} ${top - pitch + bar} H ${NAME + long(before.value)} L ${NAME + long(row.value)} ${top} H ${NAME} Z`}
                fill="var(--series-1)"
                fillOpacity={0.12}
              />
            )}
            <text x={0} y={middle} dominantBaseline="central" className="fill-muted text-[12px]">
              {row.label}
            </text>
            <rect
              x={NAME}
              y={top}
              width={Math.max(row.value === null ? 0 : 1.5, long(row.value))}
              height={bar}
              rx={2}
              fill="var(--series-1)"
            />
            <text x={width} y={middle} textAnchor="end" dominantBaseline="central" className="fill-ink text-[12px]">
              <tspan className="font-semibold">{row.value === null ? NO_VALUE : format.count(row.value)}</tspan>
              {row.share !== null && (
                <tspan dx={8} className="fill-muted">
                  {format.percent(row.share)}
                </tspan>
              )}
            </text>
            {row.share !== null && !row.follows && row.ofLabel !== null && (
              <text x={width} y={top + bar + 10} textAnchor="end" className="fill-subtle text-[11px]">
                of {row.ofLabel.toLowerCase()}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
