/** One of the figures over time. */
import type { ReactNode } from 'react';
import { firstDayOf, lastDayOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesTable, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { Select } from '../../../ui/select.tsx';
import { ECONOMICS_VIEWS, economicsUnit, type EconomicsView } from '../economics-view.ts';
import { useTrends } from '../use-costs.ts';

export interface EconomicsTrendProps {
  month: PlainMonth;
  months: number;
  metric: EconomicsView['metric'];
  onMetric: (metric: EconomicsView['metric']) => void;
}

const HEIGHT = 220;

export function EconomicsTrend({ month, months, metric, onMetric }: EconomicsTrendProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const trends = useTrends(month, months);
  const view = ECONOMICS_VIEWS.find((candidate) => candidate.metric === metric) ?? ECONOMICS_VIEWS[0];
  const course = trends.data?.find((series) => series.metric === view?.metric);
  const frame = {
    title: `${view?.label ?? ''} by month`,
    period: `Each month by itself, up to ${format.month(month, 'long')}`,
    height: HEIGHT,
    onHow: () => evidence.open({ how: metric }),
    onWhy: () => evidence.open({ why: metric, from: firstDayOf(month), to: lastDayOf(month) }),
    actions: (
      <Select
        label="Figure"
        labelHidden
        className="mr-1 w-36"
        value={metric}
        onChange={onMetric}
        options={ECONOMICS_VIEWS.map(({ metric: value, label }) => ({ value, label }))}
      />
    ),
  };
  if (course === undefined || view === undefined)
    return (
      <ChartFrame {...frame} state={stateOf(trends)} sentence="" table={{ columns: [], rows: [] }}>
        {null}
      </ChartFrame>
    );
  const unit = economicsUnit(view, course.currency);
  const points = course.points.map((point) => ({ day: point.on, value: point.value }));
  const series: Series[] = [{ id: view.metric, label: view.label, points }];
  const sentence = trendSentence({ name: view.label, unit, points }, format);
  const unknown = course.points.findLast(({ value }) => value === null)?.reason ?? 'It is not defined in any month';
  const isEmpty = points.every(({ value }) => value === null);
  return (
    <ChartFrame
      {...frame}
      {...(isEmpty
        ? { state: { kind: 'empty', title: `No ${view.label} to draw yet`, hint: `${unknown}.` } as const }
        : {})}
      sentence={sentence}
      table={seriesTable(series, unit)}
    >
      <LineChart
        series={series}
        unit={unit}
        sentence={sentence}
        height={HEIGHT}
        grain="month"
        fromZero={view.kind === 'money'}
      />
    </ChartFrame>
  );
}
