/** Failed payments by the month of their first failure, with what became of them. */
import type { ReactNode } from 'react';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import type { RecoveryReport } from '../../../../shared/contract/revenue.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, moneyUnit, PERCENT } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useRecovery } from '../use-revenue.ts';

const HEIGHT = 260;
const PARTS: readonly BarPart[] = [
  { id: 'recovered', label: 'Recovered', color: 'var(--gain-1)' },
  { id: 'open', label: 'Being retried', color: 'var(--series-2)' },
  { id: 'lost', label: 'Not recovered', color: 'var(--loss-1)' },
];

export function RecoveryByMonth({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const recovery = useRecovery(choice);
  const months = recovery.data?.months ?? [];
  const rows = months.map(({ month, recovered, open, lost }): BarRow => ({
    label: format.month(month, 'short'),
    name: format.month(month, 'long'),
    month,
    values: [recovered.count, open.count, lost.count],
  }));
  const total = (of: (month: RecoveryReport['months'][number]) => number) =>
    months.reduce((sum, month) => sum + of(month), 0);
  const failed = total((month) => month.failed.count);
  const sentence = `${format.count(failed, { one: 'payment', other: 'payments' })} failed at first, ${format.count(total((month) => month.recovered.count))} were recovered, ${format.count(total((month) => month.open.count))} are being retried.`;
  return (
    <ChartFrame
      title="Failed payments"
      period={
        recovery.data === undefined
          ? ' '
          : `By the month of the first failure; what is not paid after ${recovery.data.windowDays} days counts as lost`
      }
      height={HEIGHT}
      sentence={sentence}
      state={
        recovery.data !== undefined && failed === 0
          ? {
              kind: 'empty',
              title: 'No payment failed',
              hint: 'Payments whose first try fails are followed here until they are paid or given up.',
            }
          : stateOf(recovery)
      }
      table={recovery.data === undefined ? { columns: [], rows: [] } : recoveryTable(recovery.data)}
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'recoveryRate' })}
      onWhy={() => evidence.open({ why: 'failedPayments', from: choice.from, to: choice.to })}
    >
      <BarChart parts={PARTS} rows={rows} unit={countUnit()} sentence={sentence} height={HEIGHT} />
    </ChartFrame>
  );
}

function recoveryTable({ months, currency }: RecoveryReport): ChartTable {
  const count = countUnit();
  const amount = moneyUnit(currency);
  return {
    columns: [
      { header: 'Month', holds: 'month' },
      { header: 'Tried', holds: 'value', unit: count },
      { header: 'Failed at first', holds: 'value', unit: count },
      { header: 'Rate', holds: 'value', unit: PERCENT },
      { header: 'Recovered', holds: 'value', unit: count },
      { header: 'Being retried', holds: 'value', unit: count },
      { header: 'Recovery rate', holds: 'value', unit: PERCENT },
      { header: 'So far', holds: 'value', unit: PERCENT },
      { header: 'Amount failed', holds: 'value', unit: amount },
      { header: 'Amount recovered', holds: 'value', unit: amount },
      { header: 'By amount', holds: 'value', unit: PERCENT },
    ],
    rows: months.map((row) => [
      row.month,
      row.attempted,
      row.failed.count,
      row.failureRate.value,
      row.recovered.count,
      row.open.count,
      row.recoveryRate.value,
      row.soFar.value,
      row.failed.amount,
      row.recovered.amount,
      row.recoveryRateByAmount.value,
    ]),
  };
}
