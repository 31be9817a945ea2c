/** MRR or ARR over time, beside an earlier stretch and beside what is committed. */
import type { ReactNode } from 'react';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { aligned, comparedLegend, comparedSeries, comparedTable } from '../../../charts/comparison.ts';
import type { Series } from '../../../charts/series.ts';
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
    period: `${format.day(choice.from)} – ${format.day(choice.to)}, ${GRAINS[choice.grain]}${'constantCurrency' in choice.askedAtRates ? '; all at the exchange rates of the last day' : ''}`,
    height: HEIGHT,
    onHow: () => evidence.open({ how: choice.measure }),
    onWhy: () => evidence.open({ why: choice.measure, to: choice.to }),
  };
  const main = lines.data?.find(({ metric }) => metric === choice.measure);
  if (main === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(lines)} sentence="" legend={[]} table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = moneyUnit(main.currency);
  const points = main.points.map(({ on, value }) => ({ day: on, value }));
  const committed = lines.data?.find(({ metric }) => metric === 'cmrr');
  const earlier = compared.isEnabled
    ? compared.data?.[0]?.points.map(({ on, value }) => ({ day: on, value }))
    : undefined;
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
    ...(earlier === undefined || choice.compare === undefined
      ? []
      : [comparedSeries(name, aligned(points, earlier, choice.grain, choice.compare), choice.compare)]),
  ];
  const sentence = trendSentence({ name, unit, points }, format);
  return (
    <ChartFrame
      {...frame}
      sentence={sentence}
      table={comparedTable(series, unit, choice.grain)}
      legend={comparedLegend(series, unit, format)}
    >
      <LineChart series={series} unit={unit} sentence={sentence} grain={choice.grain} area height={HEIGHT} />
    </ChartFrame>
  );
}
