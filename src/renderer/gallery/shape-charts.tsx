/** Bars, bridges, cohorts, the funnel, the scatter plot, and what charts are made of. */
import type { ReactNode } from 'react';
import { addMonths, monthOf, plainDay } from '../../shared/kernel/day.ts';
import { BarChart } from '../charts/bar-chart.tsx';
import { barLegend, barTable, MOVEMENT_PARTS } from '../charts/bars.ts';
import { BridgeChart } from '../charts/bridge-chart.tsx';
import { bridgeSentence, bridgeTable } from '../charts/bridge-steps.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { ChartTooltip } from '../charts/chart-tooltip.tsx';
import { FunnelChart, funnelHeight } from '../charts/funnel-chart.tsx';
import { funnelRows, funnelSentence, funnelTable } from '../charts/funnel-model.ts';
import { Heatmap, heatTable } from '../charts/heatmap.tsx';
import { Legend } from '../charts/legend.tsx';
import { LevelBridge } from '../charts/level-bridge.tsx';
import { ChartMarks } from '../charts/marks.tsx';
import { ScatterChart } from '../charts/scatter-chart.tsx';
import { scatterTable } from '../charts/scatter-model.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { TableView } from '../charts/table-view.tsx';
import { useFormat } from '../lib/format-context.tsx';
import { MONTHS, PERCENT } from '../lib/unit.ts';
import { Exhibit, Room } from './frame.tsx';
import { AMOUNTS, DOLLARS, FUNNEL, MARKS, monthlyMrr, open, SCATTER, seeded } from './sample.ts';

function movementRows() {
  const random = seeded(9);
  return Array.from({ length: 24 }, (_, index) => {
    const month = monthOf(addMonths(plainDay('2024-12-01'), index));
    const size = 100_000 + index * 12_000;
    return {
      label: month.endsWith('-01') ? month.slice(0, 4) : month.slice(5),
      name: month,
      month,
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
      running: index > 0,
      values: Array.from({ length: 12 - index }, (_, age) => {
        if (age > 0) kept *= 0.82 + random() * 0.14;
        return index === 3 && age === 4 ? null : kept;
      }),
    };
  });
}

const TENURE = { label: 'Months as a customer', unit: MONTHS };
const REVENUE = { label: 'MRR', unit: DOLLARS };
const STEPS = [
  { id: 'trials', label: 'Trials', amount: 120_000 },
  { id: 'discounts', label: 'Discounts', amount: -310_000 },
] as const;

export function ShapeRoom(): ReactNode {
  const format = useFormat();
  const rows = movementRows();
  const heat = {
    rows: cohorts(),
    columns: Array.from({ length: 12 }, (_, age) => `M${age}`),
    sizeHeader: 'Customers',
    unit: PERCENT,
  };
  const bridge = bridgeSentence('MRR', AMOUNTS, DOLLARS, format);
  const funnel = funnelRows(FUNNEL);
  const scattered = '80 customers: the longer they stay, the more they pay.';
  const level = 'MRR by your rules $67.1K; by Stripe’s $65.2K.';
  return (
    <Room title="Shapes">
      <div className="grid grid-cols-1 items-start gap-3 md:grid-cols-2">
        <ChartMarks value={MARKS}>
          <ChartFrame
            title="Movements"
            period="Dec 2024 – Nov 2026, by month"
            sentence="Movements of MRR by month."
            table={barTable(MOVEMENT_PARTS, rows, DOLLARS, 'Month', true)}
            legend={barLegend(MOVEMENT_PARTS, true)}
          >
            <BarChart parts={MOVEMENT_PARTS} rows={rows} unit={DOLLARS} sentence="Movements of MRR by month." net />
          </ChartFrame>
        </ChartMarks>
        <ChartFrame title="Bridge" period="November 2026" sentence={bridge} table={bridgeTable(AMOUNTS, DOLLARS)}>
          <BridgeChart amounts={AMOUNTS} unit={DOLLARS} sentence={bridge} onStep={open} />
        </ChartFrame>
        <ChartFrame
          title="From visit to payment"
          period="90 days"
          sentence={funnelSentence(funnel, format)}
          table={funnelTable(funnel)}
          height={funnelHeight(5)}
        >
          <FunnelChart rows={funnel} sentence={funnelSentence(funnel, format)} />
        </ChartFrame>
        <ChartFrame
          title="Customers by MRR and tenure"
          period="Nov 21, 2026"
          sentence={scattered}
          table={scatterTable(SCATTER, 'Customer', TENURE, REVENUE)}
        >
          <ScatterChart points={SCATTER} x={TENURE} y={REVENUE} sentence={scattered} onOpen={open} />
        </ChartFrame>
        <ChartFrame
          title="Between two policies"
          period="Nov 21, 2026"
          sentence={level}
          table={{
            columns: [
              { header: 'Step', holds: 'text' },
              { header: 'Amount', holds: 'value', unit: DOLLARS },
            ],
            rows: STEPS.map(({ label, amount }) => [label, amount]),
          }}
        >
          <LevelBridge
            opening={{ label: 'Yours', amount: 6_710_000 }}
            steps={STEPS}
            closing={{ label: 'Stripe’s', amount: 6_520_000 }}
            unit={DOLLARS}
            sentence={level}
          />
        </ChartFrame>
        <div className="w-[336px] max-w-full">
          <ChartFrame
            title="Bridge, 336 px"
            period="November 2026"
            sentence={bridge}
            table={bridgeTable(AMOUNTS, DOLLARS)}
          >
            <BridgeChart amounts={AMOUNTS} unit={DOLLARS} sentence={bridge} height={280} />
          </ChartFrame>
        </div>
        <ChartFrame
          title="Logo retention"
          period="Cohorts Dec 2025 – Nov 2026"
          sentence="Logo retention by cohort."
          table={heatTable(heat)}
          className="md:col-span-2"
        >
          <Heatmap {...heat} label="Logo retention by cohort" range={[0.3, 1]} />
        </ChartFrame>
        <Exhibit name="Sparkline, with a gap, with a target">
          <Sparkline values={monthlyMrr(36).map((p) => p.value)} label="MRR rose." />
          <Sparkline values={[0.92, 0.93, null, 0.91, 0.9, 0.92, 0.914]} label="GRR stayed level." />
          <Sparkline values={[0.92, 0.93, 0.91, 0.9, 0.89]} label="GRR fell." target={0.9} color="var(--loss)" />
        </Exhibit>
        <Exhibit name="Legend and reading">
          <Legend
            items={[
              { label: 'MRR', color: 'var(--series-1)', mark: 'line', value: '$70,102' },
              { label: 'Plan', color: 'var(--series-neutral)', mark: 'dashed' },
              { label: 'New', color: 'var(--gain-1)', mark: 'square' },
              { label: 'Net', color: 'var(--ink)', mark: 'dot' },
            ]}
          />
          <TableView
            title="Retention as a table"
            table={heatTable({ ...heat, rows: heat.rows.slice(0, 3) })}
            height={120}
          />
          <ChartTooltip
            title="Nov 2026"
            lines={[
              { label: 'New', color: 'var(--gain-1)', text: '+$4,210' },
              { label: 'Churn', color: 'var(--loss-1)', text: '−$2,395' },
            ]}
            total="+$1,815"
          />
        </Exhibit>
      </div>
    </Room>
  );
}
