/** Churned MRR by why it left: a payment that failed, a request, or a plan that bills nothing any more. */
import type { ReactNode } from 'react';
import type { ChurnReport } from '../../../../shared/contract/revenue.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, moneyUnit, PERCENT } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useChurn } from '../use-revenue.ts';

const HEIGHT = 260;
const PARTS: readonly BarPart[] = [
  { id: 'voluntary', label: 'Voluntary', color: 'var(--loss-3)' },
  { id: 'involuntary', label: 'Involuntary', color: 'var(--loss-1)' },
  { id: 'free', label: 'To free', color: 'var(--series-neutral)' },
];

export function ChurnKinds({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const churn = useChurn(choice);
  const months = churn.data?.months ?? [];
  const rows = months.map(({ month, voluntary, involuntary, free }): BarRow => ({
    label: format.month(month, 'short'),
    name: format.month(month, 'long'),
    month,
    values: [voluntary.mrr, involuntary.mrr, free.mrr],
  }));
  const total = (of: (month: ChurnReport['months'][number]) => number) =>
    months.reduce((sum, month) => sum + of(month), 0);
  const involuntary = total((month) => month.involuntary.mrr);
  const all = involuntary + total((month) => month.voluntary.mrr + month.free.mrr);
  const unit = churn.data === undefined ? undefined : moneyUnit(churn.data.currency);
  const sentence =
    unit === undefined
      ? ''
      : `Churned MRR of the months shown: ${format.value(all, unit, { form: 'compact' })}, of which involuntary ${format.value(involuntary, unit, { form: 'compact' })}${all === 0 ? '' : ` (${format.percent(involuntary / all)})`}.`;
  return (
    <ChartFrame
      title="Involuntary and voluntary churn"
      period={sentence === '' ? ' ' : sentence}
      height={HEIGHT}
      sentence={sentence}
      state={
        churn.data !== undefined && all === 0
          ? { kind: 'empty', title: 'Nobody churned', hint: 'Churned MRR stands here by what ended it.' }
          : stateOf(churn)
      }
      table={churn.data === undefined ? { columns: [], rows: [] } : churnTable(churn.data)}
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'involuntaryChurnMrr' })}
      onWhy={() => evidence.open({ why: 'involuntaryChurnMrr', from: choice.from, to: choice.to })}
    >
      {unit !== undefined && <BarChart parts={PARTS} rows={rows} unit={unit} sentence={sentence} height={HEIGHT} />}
    </ChartFrame>
  );
}

function churnTable({ months, currency }: ChurnReport): ChartTable {
  const [amount, count] = [moneyUnit(currency), countUnit()];
  const kinds = [
    ['Voluntary', 'voluntary'],
    ['Involuntary', 'involuntary'],
    ['To free', 'free'],
  ] as const;
  return {
    columns: [
      { header: 'Month', holds: 'month' },
      ...kinds.flatMap(
        ([label]) =>
          [
            { header: label, holds: 'value', unit: amount },
            { header: `${label}: customers`, holds: 'value', unit: count },
          ] as const,
      ),
      { header: 'Involuntary share', holds: 'value', unit: PERCENT },
    ],
    rows: months.map((row) => [
      row.month,
      ...kinds.flatMap(([, kind]) => [row[kind].mrr, row[kind].customers]),
      row.involuntaryShare.value,
    ]),
  };
}
