/** MRR over three years, or over what the filters say. */
import type { ReactNode } from 'react';
import { AreaChart } from '../../../charts/line-chart.tsx';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { seriesTable, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Period } from '../period.ts';
import { useCourse } from '../use-cockpit.ts';
import { LOWER_HEIGHT } from './bridge-panel.tsx';

export function MrrCourse({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const course = useCourse(period);
  const mrr = course.data?.find((series) => series.metric === 'mrr');
  const frame = {
    title: period.courseMonths === 36 ? 'MRR over three years' : 'MRR over time',
    period: `${format.day(period.courseFrom)} – ${format.day(period.asOf)}, by ${period.grain}`,
    height: LOWER_HEIGHT,
    onHow: () => evidence.open({ how: 'mrr' }),
    onWhy: () => evidence.open({ why: 'mrr', to: period.asOf }),
  };
  if (mrr === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(course)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = moneyUnit(mrr.currency);
  const points = mrr.points.map((point) => ({ day: point.on, value: point.value }));
  const series: Series[] = [{ id: 'mrr', label: 'MRR', points }];
  const sentence = trendSentence({ name: 'MRR', unit, points }, format);
  return (
    <ChartFrame {...frame} sentence={sentence} table={seriesTable(series, unit)}>
      <AreaChart series={series} unit={unit} sentence={sentence} height={LOWER_HEIGHT} />
    </ChartFrame>
  );
}
