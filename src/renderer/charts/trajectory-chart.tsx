/** A figure against the path to its target: what is, what was to be, and the target at the end. */
import type { ReactNode } from 'react';
import type { Trajectory } from '../../shared/contract/targets.ts';
import type { Formatter } from '../lib/format.ts';
import { useFormat } from '../lib/format-context.tsx';
import { countUnit, moneyUnit, type Unit } from '../lib/unit.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { ChartTable } from './chart-table.ts';
import { LineChart } from './line-chart.tsx';
import type { PrintSize } from './plot-box.tsx';
import { seriesLegend, type Series } from './series.ts';

export const TARGET_TITLES: Readonly<Record<Trajectory['metric'], string>> = {
  mrr: 'MRR',
  arr: 'ARR',
  customers: 'Paying customers',
};

export interface TrajectoryChartProps {
  trajectory: Trajectory;
  onHow?: () => void;
  onWhy?: () => void;
  height?: number;
  print?: PrintSize;
  className?: string;
}

export function trajectoryUnit({ currency }: Pick<Trajectory, 'currency'>): Unit {
  return currency === null ? countUnit() : moneyUnit(currency);
}

export function TrajectoryChart(props: TrajectoryChartProps): ReactNode {
  const { trajectory, height = 220, print, ...frame } = props;
  const format = useFormat();
  const series = seriesOf(trajectory);
  const unit = trajectoryUnit(trajectory);
  const sentence = trajectory.sentences[0] ?? '';
  const begins = trajectory.points[0]?.on ?? trajectory.from.on;
  const ends = trajectory.points.at(-1)?.on ?? trajectory.target.dueOn;
  return (
    <ChartFrame
      {...frame}
      title={`${TARGET_TITLES[trajectory.metric]} against the target`}
      period={`${format.day(begins)} – ${format.day(ends)}: ${varianceText(trajectory, format)}`}
      sentence={sentence}
      table={tableOf(trajectory, unit)}
      legend={seriesLegend(series)}
      height={height}
      print={print !== undefined}
      state={
        trajectory.points.length === 0
          ? { kind: 'empty', title: 'No path can be drawn', hint: sentence }
          : { kind: 'ready' }
      }
    >
      <LineChart
        series={series}
        unit={unit}
        sentence={sentence}
        grain="day"
        fromZero={false}
        height={height}
        {...(print === undefined ? {} : { print })}
      />
    </ChartFrame>
  );
}

function seriesOf({ points }: Trajectory): Series[] {
  return [
    {
      id: 'actual',
      label: 'Actual',
      points: points.flatMap(({ on, actual }) => (actual === null ? [] : [{ day: on, value: actual }])),
    },
    {
      id: 'planned',
      label: 'Path to the target',
      dashed: true,
      points: points.map(({ on, planned }) => ({ day: on, value: planned })),
    },
  ];
}

function tableOf({ points }: Trajectory, unit: Unit): ChartTable {
  return {
    columns: [
      { header: 'Day', holds: 'day' },
      { header: 'Actual', holds: 'value', unit },
      { header: 'Path to the target', holds: 'value', unit },
    ],
    rows: points.map(({ on, actual, planned }) => [on, actual, planned]),
  };
}

/** By how much a figure is ahead of its path or behind it, in its unit and in days. */
function varianceText({ variance, daysBehind, currency }: Trajectory, format: Formatter): string {
  if (variance === null) return '—';
  const amount = format.value(variance, trajectoryUnit({ currency }), { form: 'whole', signed: true });
  if (daysBehind === null || daysBehind === 0) return amount;
  const days = format.count(Math.abs(daysBehind), { one: 'day', other: 'days' });
  return `${amount}, ${days} ${daysBehind > 0 ? 'behind' : 'ahead'}`;
}
