/** NRR and GRR over time: each point looks twelve months back. */
import type { ReactNode } from 'react';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, seriesTable, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { PERCENT } from '../../../lib/unit.ts';
import { useRevenueRetention, type Choice } from '../use-retention.ts';

const HEIGHT = 264;
const NAMES: Record<string, string> = { nrr: 'Net revenue retention', grr: 'Gross revenue retention' };

export function RevenueRetention({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const retention = useRevenueRetention(choice);
  const series: Series[] = (retention.data ?? []).map(({ metric, points }) => ({
    id: metric,
    label: NAMES[metric] ?? metric,
    // Before there were customers a year ago there is nothing to draw.
    points: points.map(({ on, value }) => ({ day: on, value })).filter(({ value }) => value !== null),
  }));
  const sentence = series
    .map(({ label, points }) => trendSentence({ name: label, unit: PERCENT, points }, format))
    .join(' ');
  const known = series.some(({ points }) => points.length > 0);
  return (
    <ChartFrame
      title="Revenue retention over time"
      period="MRR of the customers of twelve months before, against what they paid then; by month"
      sentence={sentence}
      table={seriesTable(series, PERCENT)}
      legend={seriesLegend(series)}
      height={HEIGHT}
      state={
        retention.data !== undefined && !known
          ? {
              kind: 'empty',
              title: 'Not a year of customers yet',
              hint: 'The lines begin twelve months after the first payment.',
            }
          : stateOf(retention)
      }
      onHow={() => evidence.open({ how: 'nrr' })}
      onWhy={() => evidence.open({ why: 'nrr', to: choice.asOf })}
    >
      <LineChart series={series} unit={PERCENT} sentence={sentence} grain="month" fromZero={false} height={HEIGHT} />
    </ChartFrame>
  );
}
