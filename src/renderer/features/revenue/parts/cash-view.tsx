/** Revenue and cash beside MRR: what was invoiced, what came in, and what went out of it again. */
import type { ReactNode } from 'react';
import type { SeriesMetric } from '../../../../shared/contract/metrics.ts';
import { monthOf } from '../../../../shared/kernel/day.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, barTable, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, seriesTable, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useLines } from '../use-revenue.ts';
import type { ControlsProps } from './controls-props.ts';
import type { FigureView } from './figure.tsx';
import { MonthFigures, type Snapshot } from './month-figures.tsx';
import { OpenQuotes } from './open-quotes.tsx';
import { RevenueParts } from './revenue-parts.tsx';

const HEIGHT = 260;

const FIGURES: readonly FigureView[] = [
  { metric: 'netRevenue', label: 'Net revenue', kind: 'money', good: 'up', flow: true },
  { metric: 'grossCash', label: 'Gross cash', kind: 'money', good: 'up', flow: true },
  { metric: 'netCash', label: 'Net cash', kind: 'money', good: 'up', flow: true },
  { metric: 'refunds', label: 'Refunds', kind: 'money', good: 'down', flow: true },
  { metric: 'fees', label: 'Stripe fees', kind: 'money', good: 'down', flow: true },
  { metric: 'disputesOpenedAmount', label: 'Disputed', kind: 'money', good: 'down', flow: true },
  { metric: 'disputesWonAmount', label: 'Won back', kind: 'money', good: 'up', flow: true },
  { metric: 'taxCollected', label: 'Tax collected', kind: 'money', good: 'neither', flow: true },
];

export function CashView({ choice, onChange }: ControlsProps): ReactNode {
  return (
    <div className="flex flex-col gap-4">
      <MonthFigures
        label="Revenue and cash of the month"
        figures={FIGURES}
        choice={choice}
        className="grid grid-cols-4 gap-2 max-[760px]:grid-cols-2"
        noteOf={disputeNote}
      />
      <div className="grid grid-cols-1 gap-4 min-[1180px]:grid-cols-2">
        <CashByMonth choice={choice} />
        <BesideMrr choice={choice} />
      </div>
      <RevenueParts choice={choice} onChange={onChange} />
      <OpenQuotes />
    </div>
  );
}

function disputeNote({ metric }: FigureView, snapshot: Snapshot): string | undefined {
  if (metric !== 'disputesOpenedAmount' || snapshot === undefined) return undefined;
  const { disputesOpened, disputesLost } = snapshot;
  return disputesOpened === null || disputesOpened === 0
    ? undefined
    : `${disputesOpened} opened, ${disputesLost ?? 0} lost so far`;
}

/** Gains above zero, what leaves below; what is left is the point. */
const PARTS: readonly (BarPart & { readonly id: SeriesMetric; readonly sign: 1 | -1 })[] = [
  { id: 'grossCash', label: 'Charged', color: 'var(--gain-1)', sign: 1 },
  { id: 'disputesWonAmount', label: 'Won back', color: 'var(--gain-3)', sign: 1 },
  { id: 'refunds', label: 'Refunds', color: 'var(--loss-3)', sign: -1 },
  { id: 'fees', label: 'Fees', color: 'var(--loss-2)', sign: -1 },
  { id: 'disputesOpenedAmount', label: 'Disputed', color: 'var(--loss-1)', sign: -1 },
];

function CashByMonth({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const lines = useLines(
    choice,
    PARTS.map(({ id }) => id),
    'month',
  );
  const unit = lines.data?.[0] === undefined ? undefined : moneyUnit(lines.data[0].currency);
  const rows = (lines.data?.[0]?.points ?? []).map(({ on }, index): BarRow => ({
    label: format.month(monthOf(on), 'short'),
    name: format.month(monthOf(on), 'long'),
    month: monthOf(on),
    values: PARTS.map(({ id, sign }) => {
      const value = lines.data?.find(({ metric }) => metric === id)?.points[index]?.value ?? null;
      return value === null ? null : sign * value;
    }),
  }));
  const last = rows.at(-1);
  const sentence =
    unit === undefined || last === undefined
      ? ''
      : `Cash by month. ${last.name ?? last.label}: ${PARTS.map(({ label }, index) => `${label.toLowerCase()} ${format.value(last.values[index] ?? null, unit, { form: 'compact', signed: true })}`).join(', ')}.`;
  return (
    <ChartFrame
      title="Cash by month"
      period="With tax; refunds and disputes on the day they moved the money. The point is net cash"
      height={HEIGHT}
      sentence={sentence}
      state={stateOf(lines)}
      table={unit === undefined ? { columns: [], rows: [] } : barTable(PARTS, rows, unit, 'Month', true)}
      legend={barLegend(PARTS, true)}
      onHow={() => evidence.open({ how: 'netCash' })}
      onWhy={() => evidence.open({ why: 'netCash', from: choice.monthFrom, to: choice.monthTo })}
    >
      {unit !== undefined && <BarChart parts={PARTS} rows={rows} unit={unit} sentence={sentence} net height={HEIGHT} />}
    </ChartFrame>
  );
}

const LINES: readonly { readonly metric: SeriesMetric; readonly label: string }[] = [
  { metric: 'mrr', label: 'MRR' },
  { metric: 'netRevenue', label: 'Net revenue' },
  { metric: 'netCash', label: 'Net cash' },
];

function BesideMrr({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const lines = useLines(
    choice,
    LINES.map(({ metric }) => metric),
    'month',
  );
  const unit = lines.data?.[0] === undefined ? undefined : moneyUnit(lines.data[0].currency);
  const series = LINES.map(({ metric, label }): Series => {
    const found = lines.data?.find((line) => line.metric === metric);
    return { id: metric, label, points: (found?.points ?? []).map(({ on, value }) => ({ day: on, value })) };
  });
  const sentence =
    unit === undefined
      ? ''
      : series.map(({ label, points }) => trendSentence({ name: label, unit, points }, format)).join(' ');
  return (
    <ChartFrame
      title="Net revenue and cash beside MRR"
      period="Annual plans are invoiced and paid in one month and spread in MRR: the lines cross, and meet over a year"
      height={HEIGHT}
      sentence={sentence}
      state={stateOf(lines)}
      table={unit === undefined ? { columns: [], rows: [] } : seriesTable(series, unit, 'month')}
      legend={seriesLegend(series)}
      onHow={() => evidence.open({ how: 'netRevenue' })}
      onWhy={() => evidence.open({ why: 'netRevenue', from: choice.monthFrom, to: choice.monthTo })}
    >
      {unit !== undefined && (
        <LineChart series={series} unit={unit} sentence={sentence} grain="month" height={HEIGHT} />
      )}
    </ChartFrame>
  );
}
