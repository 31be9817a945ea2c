/** MRR over three years, or over what the filters say. */
import type { ReactNode } from 'react';
import { monthOf } from '../../../../shared/kernel/day.ts';
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
import { usePlotHeight } from '../cockpit-context.tsx';

export function MrrCourse({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const course = useCourse(period);
  const height = usePlotHeight();
  const mrr = course.data?.find((series) => series.metric === 'mrr');
  const frame = {
    title: period.courseMonths === 36 ? 'MRR over three years' : 'MRR over time',
    period: `${format.month(monthOf(period.courseFrom))} – ${format.month(monthOf(period.asOf))}${period.grain === 'day' ? ', by day' : ''}`,
    height,
    className: 'h-full overflow-hidden',
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
      <AreaChart series={series} unit={unit} sentence={sentence} height={height} />
    </ChartFrame>
  );
}
