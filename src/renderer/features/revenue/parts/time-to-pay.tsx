/** Days from signing up to the first money paid: the median between its quartiles, by month of the payment. */
import type { ReactNode } from 'react';
import { lastDayOf } from '../../../../shared/kernel/day.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { countUnit, type Unit } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useTimeToPay } from '../use-revenue.ts';

const HEIGHT = 260;
const DAYS: Unit = { kind: 'days' };

export function TimeToPay({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const answer = useTimeToPay(choice);
  const months = answer.data?.months ?? [];
  const line = (
    id: string,
    label: string,
    of: (month: (typeof months)[number]) => number | null,
    dashed: boolean,
  ): Series => ({
    id,
    label,
    dashed,
    points: months.map((month) => ({ day: lastDayOf(month.month), value: of(month) })),
  });
  const median = line('median', 'Median', (month) => month.median, false);
  const series = [
    median,
    line('upper', 'Upper quartile', (month) => month.upperQuartile, true),
    line('lower', 'Lower quartile', (month) => month.lowerQuartile, true),
  ];
  const sentence = trendSentence(
    { name: 'Median time to the first payment', unit: DAYS, points: median.points },
    format,
  );
  return (
    <ChartFrame
      title="Time to first payment"
      period="Days from signing up to the first invoice paid with money, by the month of that payment"
      height={HEIGHT}
      sentence={sentence}
      state={
        answer.data !== undefined && months.every((month) => month.customers === 0)
          ? { kind: 'empty', title: 'Nobody has paid yet', hint: 'The line begins with the first paid invoice.' }
          : stateOf(answer)
      }
      table={{
        columns: [
          { header: 'Month', holds: 'month' },
          { header: 'Customers', holds: 'value', unit: countUnit() },
          { header: 'Lower quartile', holds: 'value', unit: DAYS },
          { header: 'Median', holds: 'value', unit: DAYS },
          { header: 'Upper quartile', holds: 'value', unit: DAYS },
        ],
        rows: months.map((row) => [row.month, row.customers, row.lowerQuartile, row.median, row.upperQuartile]),
      }}
      legend={seriesLegend(series)}
      onHow={() => evidence.open({ how: 'timeToFirstPayment' })}
      onWhy={() => evidence.open({ why: 'timeToFirstPayment', from: choice.from, to: choice.to })}
    >
      <LineChart series={series} unit={DAYS} sentence={sentence} grain="month" height={HEIGHT} />
    </ChartFrame>
  );
}
