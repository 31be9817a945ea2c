/** MRR over three years, or over what the filters say. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { monthOf } from '../../../../shared/kernel/day.ts';
import { AreaChart } from '../../../charts/line-chart.tsx';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { CompareMenu } from '../../../charts/compare-menu.tsx';
import { aligned, comparedLegend, comparedSeries, comparedTable } from '../../../charts/comparison.ts';
import type { Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import type { Period } from '../period.ts';
import { useCourse, useEarlierCourse } from '../use-cockpit.ts';
import { CHART_LOOKS, usePlotHeight } from '../cockpit-context.tsx';

/** Pixels of a legend of one line. */
const LEGEND = 28;

export function MrrCourse({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const course = useCourse(period);
  const room = usePlotHeight();
  const navigate = useNavigate();
  // The same tile stands in the cockpit and on a wall, whose addresses are not the same.
  const compare = useSearch({ strict: false, select: (search) => search.compare });
  const earlier = useEarlierCourse(period, compare);
  // The tile keeps its height: the legend of a comparison takes its room from the drawing.
  const height = compare === undefined ? room : room - LEGEND;
  const mrr = course.data?.find((series) => series.metric === 'mrr');
  const frame = {
    title: period.courseMonths === 36 ? 'MRR over three years' : 'MRR over time',
    period: `${format.month(monthOf(period.courseFrom))} – ${format.month(monthOf(period.asOf))}${period.grain === 'day' ? ', by day' : ''}`,
    height,
    className: CHART_LOOKS,
    onHow: () => evidence.open({ how: 'mrr' }),
    onWhy: () => evidence.open({ why: 'mrr', to: period.asOf }),
    actions: (
      <CompareMenu
        value={compare}
        onChange={(chosen) =>
          void navigate({ to: '.', search: (known) => ({ ...known, compare: chosen }), replace: true })
        }
      />
    ),
  };
  if (mrr === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(course)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = moneyUnit(mrr.currency);
  const points = mrr.points.map((point) => ({ day: point.on, value: point.value }));
  const before = earlier.isEnabled
    ? earlier.data?.[0]?.points.map((point) => ({ day: point.on, value: point.value }))
    : undefined;
  const series: Series[] = [
    { id: 'mrr', label: 'MRR', points },
    ...(before === undefined || compare === undefined
      ? []
      : [comparedSeries('MRR', aligned(points, before, period.grain, compare), compare)]),
  ];
  const sentence = trendSentence({ name: 'MRR', unit, points }, format);
  return (
    <ChartFrame
      {...frame}
      sentence={sentence}
      table={comparedTable(series, unit, 'day')}
      {...(series.length > 1 ? { legend: comparedLegend(series, unit, format) } : {})}
    >
      <AreaChart series={series} unit={unit} sentence={sentence} height={height} />
    </ChartFrame>
  );
}
