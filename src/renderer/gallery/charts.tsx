/** Charts in all their states. */
import type { ReactNode } from 'react';
import { addMonths, monthOf, plainDay } from '../../shared/kernel/day.ts';
import { BarChart } from '../charts/bar-chart.tsx';
import { barLegend, barTable, MOVEMENT_PARTS } from '../charts/bars.ts';
import { BridgeChart } from '../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../charts/bridge-steps.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { CrosshairGroup } from '../charts/crosshair-group.tsx';
import { Heatmap, heatTable } from '../charts/heatmap.tsx';
import { AreaChart, LineChart } from '../charts/line-chart.tsx';
import { seriesLegend, seriesTable, type Series } from '../charts/series.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import type { DataState } from '../lib/data-state.ts';
import { useFormat } from '../lib/format-context.tsx';
import { trendSentence } from '../lib/trend-sentence.ts';
import { PERCENT } from '../lib/unit.ts';
import { instantOfIso } from '../../shared/kernel/instant.ts';
import { KpiTile } from '../ui/kpi-tile.tsx';
import { Room } from './frame.tsx';
import { dailyMrr, DOLLARS, monthlyMrr, seeded } from './sample.ts';

const open = (): void => undefined;
const MRR = monthlyMrr(36);
const MAIN: readonly Series[] = [
  { id: 'mrr', label: 'MRR', points: MRR },
  {
    id: 'plan',
    label: 'Plan',
    dashed: true,
    points: monthlyMrr(36, 2).map((p) => ({ ...p, value: Math.round(p.value * 0.9) })),
  },
];
const SIX: readonly Series[] = ['Starter', 'Team', 'Business', 'Enterprise', 'Legacy', 'Other'].map((label, index) => ({
  id: label,
  label,
  points: monthlyMrr(36, index + 20).map((p) => ({ ...p, value: Math.round(p.value / (index + 1)) })),
}));
const TEN_YEARS: readonly Series[] = [{ id: 'mrr', label: 'MRR', points: dailyMrr(3650) }];
const AMOUNTS = {
  opening: 6_710_200,
  new: 421_000,
  expansion: 188_400,
  reactivation: 42_000,
  resumed: 9_900,
  contraction: -61_000,
  churn: -239_500,
  paused: -19_900,
  fx: -40_817,
  closing: 7_010_283,
};

function movementRows() {
  const random = seeded(9);
  return Array.from({ length: 24 }, (_, index) => {
    const month = monthOf(addMonths(plainDay('2024-12-01'), index));
    const size = 100_000 + index * 12_000;
    return {
      label: month.endsWith('-01') ? month.slice(0, 4) : month.slice(5),
      name: month,
      values: [1.6, 0.7, 0.15, 0.04, -0.25, -0.9, -0.1, (random() - 0.5) * 0.3].map((part) =>
        Math.round(part * size * (0.6 + random() * 0.8)),
      ),
    };
  });
}

function cohorts() {
  const random = seeded(4);
  return Array.from({ length: 12 }, (_, index) => {
    let kept = 1;
    return {
      label: monthOf(addMonths(plainDay('2025-12-01'), index)),
      size: String(30 + Math.floor(random() * 60)),
      values: Array.from({ length: 12 - index }, (_, age) => {
        if (age > 0) kept *= 0.86 + random() * 0.12;
        return index === 3 && age === 4 ? null : kept;
      }),
    };
  });
}

const STATES: readonly DataState[] = [
  { kind: 'loading' },
  {
    kind: 'empty',
    title: 'No revenue yet',
    hint: 'MRR is drawn here after the first sync.',
    action: { label: 'Connect a source', run: open },
  },
  { kind: 'error', code: 'unavailable', message: 'The engine did not answer within 10 seconds.', retry: open },
  { kind: 'stale', asOf: instantOfIso('2026-11-19T08:00:00Z'), reason: 'Stripe is not reachable.', retry: open },
];

export function ChartRoom(): ReactNode {
  const format = useFormat();
  const sentence = trendSentence({ name: 'MRR', unit: DOLLARS, points: MRR }, format);
  const rows = movementRows();
  const months = Array.from({ length: 12 }, (_, age) => `M${age}`);
  const heat = { rows: cohorts(), columns: months, sizeHeader: 'Customers', unit: PERCENT };
  return (
    <CrosshairGroup>
      <Room title="Charts">
        <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
          <ChartFrame
            title="MRR"
            period="Dec 2023 – Nov 2026, by month"
            sentence={sentence}
            table={seriesTable(MAIN, DOLLARS, 'month')}
            legend={seriesLegend(MAIN)}
            onHow={open}
            onWhy={open}
          >
            <AreaChart
              series={MAIN}
              grain="month"
              unit={DOLLARS}
              sentence={sentence}
              marks={[{ key: '1', day: plainDay('2025-08-15'), kind: 'note', text: 'Price change', link: null }]}
            />
          </ChartFrame>
          <ChartFrame
            title="MRR by plan"
            period="Dec 2023 – Nov 2026, by month"
            sentence={sentence}
            table={seriesTable(SIX, DOLLARS, 'month')}
            legend={seriesLegend(SIX)}
          >
            <LineChart series={SIX} grain="month" unit={DOLLARS} sentence={sentence} />
          </ChartFrame>
          <ChartFrame
            title="MRR by day"
            period="Ten years, 3,650 points"
            sentence={sentence}
            table={seriesTable(TEN_YEARS, DOLLARS)}
          >
            <LineChart series={TEN_YEARS} unit={DOLLARS} sentence={sentence} />
          </ChartFrame>
          <ChartFrame
            title="Movements"
            period="Dec 2024 – Nov 2026, by month"
            sentence="Movements of MRR by month."
            table={barTable(MOVEMENT_PARTS, rows, DOLLARS, 'Month', true)}
            legend={barLegend(MOVEMENT_PARTS, true)}
          >
            <BarChart parts={MOVEMENT_PARTS} rows={rows} unit={DOLLARS} sentence="Movements of MRR by month." net />
          </ChartFrame>
          <ChartFrame
            title="MRR bridge"
            period="1 – 30 Nov 2026"
            sentence={bridgeSentence('MRR', AMOUNTS, DOLLARS, format)}
            table={bridgeTable(AMOUNTS, DOLLARS)}
            height={260}
          >
            <BridgeChart
              amounts={AMOUNTS}
              unit={DOLLARS}
              sentence={bridgeSentence('MRR', AMOUNTS, DOLLARS, format)}
              onStep={open}
            />
          </ChartFrame>
          <div className="w-[360px]">
            <ChartFrame
              title="MRR bridge, narrow"
              period="1 – 30 Nov 2026"
              sentence={bridgeSentence('MRR', AMOUNTS, DOLLARS, format)}
              table={bridgeTable(AMOUNTS, DOLLARS)}
              height={260}
            >
              <BridgeChart
                amounts={AMOUNTS}
                unit={DOLLARS}
                sentence={bridgeSentence('MRR', AMOUNTS, DOLLARS, format)}
              />
            </ChartFrame>
          </div>
          <ChartFrame
            title="Logo retention"
            period="Cohorts Dec 2025 – Nov 2026"
            sentence="Logo retention by cohort."
            table={heatTable(heat)}
          >
            <Heatmap {...heat} label="Logo retention by cohort" range={[0.3, 1]} />
          </ChartFrame>
          <div className="grid grid-cols-2 gap-3">
            <KpiTile
              label="MRR"
              quantity={{ unit: DOLLARS, value: 7_010_283 }}
              previous={{ quantity: { unit: DOLLARS, value: 6_710_200 }, period: 'Oct 2026' }}
              spark={<Sparkline values={MRR.map((p) => p.value)} label={sentence} />}
              onHow={open}
              onWhy={open}
            />
            <KpiTile
              label="GRR"
              quantity={{ unit: PERCENT, value: 0.914 }}
              previous={{ quantity: { unit: PERCENT, value: 0.921 }, period: 'Oct 2026' }}
              spark={<Sparkline values={[0.92, 0.93, null, 0.91, 0.9, 0.92, 0.914]} label="GRR" target={0.9} />}
              onHow={open}
            />
          </div>
          {STATES.map((state) => (
            <ChartFrame
              key={state.kind}
              title={`MRR, ${state.kind}`}
              period="Dec 2023 – Nov 2026"
              sentence={sentence}
              table={seriesTable(MAIN, DOLLARS, 'month')}
              state={state}
              onHow={open}
            >
              <AreaChart series={MAIN} grain="month" unit={DOLLARS} sentence={sentence} />
            </ChartFrame>
          ))}
          <ChartFrame
            title="MRR, print"
            period="Fixed width 600"
            sentence={sentence}
            table={seriesTable(MAIN, DOLLARS, 'month')}
            legend={seriesLegend(MAIN)}
            print
          >
            <AreaChart series={MAIN} grain="month" unit={DOLLARS} sentence={sentence} print={{ width: 600 }} />
          </ChartFrame>
        </div>
      </Room>
    </CrosshairGroup>
  );
}
