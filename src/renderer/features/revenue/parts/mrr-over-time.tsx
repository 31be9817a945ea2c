/** MRR or ARR over time, beside an earlier stretch and beside what is committed. */
import type { ReactNode } from 'react';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, seriesTable, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Choice } from '../choice.ts';
import { useComparison, useLines } from '../use-revenue.ts';

const HEIGHT = 280;
const NAMES = { mrr: 'MRR', arr: 'ARR' } as const;
const GRAINS = { day: 'by day', week: 'by week', month: 'by month' } as const;

export function MrrOverTime({ choice }: { choice: Choice }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const lines = useLines(choice, choice.measure === 'mrr' ? ['mrr', 'cmrr'] : ['arr']);
  const compared = useComparison(choice);
  const name = NAMES[choice.measure];
  const frame = {
    title: `${name} over time`,
    period: `${format.day(choice.from)} – ${format.day(choice.to)}, ${GRAINS[choice.grain]}${choice.constant ? '; all at the exchange rates of the last day' : ''}`,
    height: HEIGHT,
    onHow: () => evidence.open({ how: choice.measure }),
    onWhy: () => evidence.open({ why: choice.measure, to: choice.to }),
  };
  const main = lines.data?.find(({ metric }) => metric === choice.measure);
  if (main === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(lines)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = moneyUnit(main.currency);
  const points = main.points.map(({ on, value }) => ({ day: on, value }));
  const committed = lines.data?.find(({ metric }) => metric === 'cmrr');
  const earlier = compared.isEnabled ? compared.data?.[0] : undefined;
  const series: Series[] = [
    { id: choice.measure, label: name, points },
    ...(committed === undefined
      ? []
      : [
          {
            id: 'cmrr',
            label: 'Committed (CMRR)',
            color: 'var(--series-2)',
            dashed: true,
            points: committed.points.map(({ on, value }) => ({ day: on, value })),
          },
        ]),
    ...(earlier === undefined
      ? []
      : [
          {
            id: 'earlier',
            label: choice.compare === 'year' ? `${name} a year before` : `${name} of the period before`,
            dashed: true,
            // Laid under the days that are shown, step by step.
            points: points.map(({ day }, index) => ({ day, value: earlier.points[index]?.value ?? null })),
          },
        ]),
  ];
  const sentence = trendSentence({ name, unit, points }, format);
  return (
    <ChartFrame
      {...frame}
      sentence={sentence}
      table={seriesTable(series, unit, choice.grain)}
      legend={seriesLegend(series)}
    >
      <LineChart series={series} unit={unit} sentence={sentence} grain={choice.grain} area height={HEIGHT} />
    </ChartFrame>
  );
}
