/** What MRR of each month is made of: what was there before and stayed, what grew, and what is new. */
import type { ReactNode } from 'react';
import type { SeriesMetric } from '../../../../shared/contract/metrics.ts';
import { firstDayOf, monthOf } from '../../../../shared/kernel/day.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, barTable, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useLines } from '../use-revenue.ts';

const HEIGHT = 240;

/** The parts of a month's movements, losses negative, as the ledger's lines have them. */
const MOVED: readonly (BarPart & { readonly id: SeriesMetric })[] = [
  { id: 'newMrr', label: 'New', color: 'var(--gain-1)' },
  { id: 'expansionMrr', label: 'Expansion', color: 'var(--gain-2)' },
  { id: 'reactivationMrr', label: 'Reactivation', color: 'var(--gain-3)' },
  { id: 'contractionMrr', label: 'Contraction', color: 'var(--loss-3)' },
  { id: 'churnMrr', label: 'Churn', color: 'var(--loss-1)' },
];

const MADE_OF: readonly BarPart[] = [
  { id: 'renewal', label: 'Renewal', color: 'var(--series-1)' },
  { id: 'expansion', label: 'Expansion', color: 'var(--gain-2)' },
  { id: 'new', label: 'New', color: 'var(--series-2)' },
];

export function MonthlyMovements({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const lines = useLines(choice, [...MOVED.map(({ id }) => id), 'netNewMrr'], 'month');
  const unit = lines.data?.[0] === undefined ? undefined : moneyUnit(lines.data[0].currency);
  const rows = monthRows(lines.data, format, (at) => MOVED.map(({ id }) => at(id)));
  const last = rows.at(-1);
  const sentence =
    unit === undefined || last === undefined
      ? ''
      : `Movements of MRR by month. ${last.name ?? last.label}: ${MOVED.map((part, index) => `${part.label.toLowerCase()} ${format.value(last.values[index] ?? null, unit, { form: 'compact', signed: true })}`).join(', ')}.`;
  return (
    <ChartFrame
      title="What moved MRR"
      period={
        choice.asked.slice === undefined
          ? 'Movements by month; the point is what they come to without exchange rates'
          : 'Movements by month; customers who moved here from other parts, or there, are not among them'
      }
      height={HEIGHT}
      sentence={sentence}
      state={stateOf(lines)}
      table={unit === undefined ? { columns: [], rows: [] } : barTable(MOVED, rows, unit, 'Month', true)}
      legend={barLegend(MOVED, true)}
      onHow={() => evidence.open({ how: 'movements' })}
      onWhy={() => evidence.open({ why: 'netNewMrr', from: firstDayOf(monthOf(choice.from)), to: choice.to })}
    >
      {unit !== undefined && <BarChart parts={MOVED} rows={rows} unit={unit} sentence={sentence} net height={HEIGHT} />}
    </ChartFrame>
  );
}

export function Composition({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const lines = useLines(choice, ['mrr', 'newMrr', 'expansionMrr', 'reactivationMrr'], 'month');
  const unit = lines.data?.[0] === undefined ? undefined : moneyUnit(lines.data[0].currency);
  const rows = monthRows(lines.data, format, (at) => {
    const [mrr, fresh, grown] = [at('mrr'), sum(at('newMrr'), at('reactivationMrr')), at('expansionMrr')];
    return [mrr === null || fresh === null || grown === null ? null : mrr - fresh - grown, grown, fresh];
  });
  const last = rows.at(-1);
  const sentence =
    unit === undefined || last === undefined
      ? ''
      : `What MRR at the end of ${last.name ?? last.label} is made of: ${MADE_OF.map((part, index) => `${part.label.toLowerCase()} ${format.value(last.values[index] ?? null, unit, { form: 'compact' })}`).join(', ')}.`;
  return (
    <ChartFrame
      title="Composition"
      period="MRR at each month’s end: renewed from before, grown, and new with returned customers"
      height={HEIGHT}
      sentence={sentence}
      state={stateOf(lines)}
      table={unit === undefined ? { columns: [], rows: [] } : barTable(MADE_OF, rows, unit, 'Month')}
      legend={barLegend(MADE_OF)}
      onHow={() => evidence.open({ how: 'movements' })}
      onWhy={() => evidence.open({ why: 'mrr', to: choice.to })}
    >
      {unit !== undefined && <BarChart parts={MADE_OF} rows={rows} unit={unit} sentence={sentence} height={HEIGHT} />}
    </ChartFrame>
  );
}

type Lines = ReturnType<typeof useLines>['data'];

/** A bar per month, from the lines' points. */
function monthRows(
  lines: Lines,
  format: ReturnType<typeof useFormat>,
  values: (at: (metric: SeriesMetric) => number | null) => (number | null)[],
): BarRow[] {
  const days = lines?.[0]?.points.map(({ on }) => on) ?? [];
  return days.map((day, index) => ({
    label: format.month(monthOf(day), 'short'),
    name: format.month(monthOf(day), 'long'),
    month: monthOf(day),
    values: values((metric) => lines?.find((line) => line.metric === metric)?.points[index]?.value ?? null),
  }));
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
