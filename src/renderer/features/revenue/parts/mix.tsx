/** The mix over the last twelve months: the largest parts, and the rest as one. */
import type { ReactNode } from 'react';
import type { Breakdown } from '../../../../shared/contract/slice.ts';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, barTable, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useMix } from '../use-revenue.ts';

const HEIGHT = 240;
const PARTS = 5;

export function Mix({ choice, label }: { choice: Choice; label: string }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const { months, answers } = useMix(choice);
  const failed = answers.find(({ status }) => status === 'error');
  const waiting = answers.find(({ status }) => status === 'pending');
  const data = answers.flatMap((answer) => (answer.data === undefined ? [] : [answer.data]));
  const parts = largestParts(data.at(-1));
  const rows = data.map((breakdown, index): BarRow => {
    const month = months[index] ?? choice.month;
    return {
      label: format.month(month, 'short'),
      name: format.month(month, 'long'),
      month,
      values: valuesOf(breakdown, parts),
    };
  });
  const currency = data[0]?.currency;
  const last = rows.at(-1);
  const sentence =
    currency === undefined || last === undefined
      ? ''
      : `MRR by ${label.toLowerCase()} at the end of ${last.name ?? last.label}: ${parts.map((part, index) => `${part.label} ${format.value(last.values[index] ?? null, moneyUnit(currency), { form: 'compact' })}`).join(', ')}.`;
  return (
    <ChartFrame
      title={`${label} mix`}
      period="MRR at each month’s end, the largest of the last and all others"
      height={HEIGHT}
      sentence={sentence}
      state={stateOf(
        failed ??
          waiting ??
          answers[0] ?? { status: 'pending', error: null, data: undefined, refetch: () => undefined },
      )}
      table={currency === undefined ? { columns: [], rows: [] } : barTable(parts, rows, moneyUnit(currency), 'Month')}
      legend={barLegend(parts)}
      onHow={() => evidence.open({ how: 'mrr' })}
      onWhy={() => evidence.open({ why: 'mrr', to: choice.to })}
    >
      {currency !== undefined && waiting === undefined && (
        <BarChart parts={parts} rows={rows} unit={moneyUnit(currency)} sentence={sentence} height={HEIGHT} />
      )}
    </ChartFrame>
  );
}

const OTHERS = '\u0000';

function largestParts(today: Breakdown | undefined): BarPart[] {
  const largest = (today?.rows ?? []).filter(({ value }) => value !== null).slice(0, PARTS);
  return [
    ...largest.map(({ value, label }, index) => ({
      id: value ?? OTHERS,
      label,
      color: `var(--series-${index + 1})`,
    })),
    { id: OTHERS, label: 'All others', color: 'var(--series-neutral)' },
  ];
}

/** What of a month belongs to the parts of today; whatever else there was is the last one. */
function valuesOf({ rows, total }: Breakdown, parts: readonly BarPart[]): number[] {
  const known = parts.slice(0, -1).map(({ id }) => rows.find(({ value }) => value === id)?.movements.closing ?? 0);
  return [...known, total.movements.closing - known.reduce<number>((sum, value) => sum + value, 0)];
}
