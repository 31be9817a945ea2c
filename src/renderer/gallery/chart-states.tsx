/** Every kind of chart in every state of its frame. */
import type { ReactNode } from 'react';
import { AgeChart } from '../charts/age-chart.tsx';
import { BarChart } from '../charts/bar-chart.tsx';
import { BridgeChart } from '../charts/bridge-chart.tsx';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { FunnelChart } from '../charts/funnel-chart.tsx';
import { funnelRows } from '../charts/funnel-model.ts';
import { Heatmap } from '../charts/heatmap.tsx';
import { LevelBridge } from '../charts/level-bridge.tsx';
import { AreaChart, LineChart } from '../charts/line-chart.tsx';
import { ScatterChart } from '../charts/scatter-chart.tsx';
import { seriesTable } from '../charts/series.ts';
import { MONTHS, PERCENT } from '../lib/unit.ts';
import { Room } from './frame.tsx';
import { AMOUNTS, DATA_STATES, DOLLARS, FAN, FUNNEL, monthlyMrr, open, SCATTER } from './sample.ts';

const HEIGHT = 150;
const LINE = [{ id: 'mrr', label: 'MRR', points: monthlyMrr(36) }];
const NAME = { sentence: 'MRR rose.', height: HEIGHT } as const;

const KINDS: readonly { readonly name: string; readonly chart: ReactNode }[] = [
  { name: 'Area', chart: <AreaChart series={LINE} grain="month" unit={DOLLARS} {...NAME} /> },
  { name: 'Forecast', chart: <LineChart series={LINE} fan={FAN} grain="month" unit={DOLLARS} {...NAME} /> },
  {
    name: 'Ages',
    chart: (
      <AgeChart
        lines={[
          {
            id: 'a',
            label: 'A',
            color: 'var(--series-1)',
            points: [1, 0.8, 0.7].map((value, age) => ({ age, value })),
          },
        ]}
        unit={PERCENT}
        ageText={String}
        {...NAME}
      />
    ),
  },
  {
    name: 'Bars',
    chart: (
      <BarChart
        parts={[{ id: 'new', label: 'New', color: 'var(--gain-1)' }]}
        rows={['Q1', 'Q2', 'Q3'].map((label, index) => ({ label, values: [(index + 1) * 100_000] }))}
        unit={DOLLARS}
        {...NAME}
      />
    ),
  },
  { name: 'Bridge', chart: <BridgeChart amounts={AMOUNTS} unit={DOLLARS} {...NAME} /> },
  {
    name: 'Level bridge',
    chart: (
      <LevelBridge
        opening={{ label: 'Before', amount: 500 }}
        steps={[{ id: 'tax', label: 'Tax', amount: -100 }]}
        closing={{ label: 'After', amount: 400 }}
        unit={DOLLARS}
        {...NAME}
      />
    ),
  },
  { name: 'Funnel', chart: <FunnelChart rows={funnelRows(FUNNEL)} {...NAME} /> },
  {
    name: 'Scatter',
    chart: (
      <ScatterChart
        points={SCATTER}
        x={{ label: 'Months', unit: MONTHS }}
        y={{ label: 'MRR', unit: DOLLARS }}
        {...NAME}
      />
    ),
  },
  {
    name: 'Cohorts',
    chart: (
      <Heatmap
        label="Retention"
        rows={[{ label: '2026-09', size: '40', values: [1, 0.9, 0.4] }]}
        columns={['M0', 'M1', 'M2']}
        sizeHeader="Customers"
        unit={PERCENT}
        range={[0.3, 1]}
      />
    ),
  },
];

export function ChartStateRoom(): ReactNode {
  return (
    <Room title="Charts in every state">
      {KINDS.map(({ name, chart }) => (
        <div key={name} className="grid grid-cols-1 items-start gap-2 sm:grid-cols-2 md:grid-cols-4">
          {DATA_STATES.map((state) => (
            <ChartFrame
              key={state.kind}
              title={`${name}, ${state.kind}`}
              period="Dec 2023 – Nov 2026"
              sentence="MRR rose."
              table={seriesTable(LINE, DOLLARS, 'month')}
              state={state}
              height={HEIGHT}
              onHow={open}
            >
              {chart}
            </ChartFrame>
          ))}
        </div>
      ))}
    </Room>
  );
}
