/** A vital figure: value, change against the same day a month earlier, course, why and how. */
import type { ReactNode } from 'react';
import { USD } from '../../../../shared/kernel/currency.ts';
import { firstDayOf, monthOf } from '../../../../shared/kernel/day.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import { METRIC_VIEWS, unitOf, valueOf, whyOf, type CockpitMetric, type MetricView } from '../metric-view.ts';
import type { Period } from '../period.ts';
import { COURSE_METRICS, useCourse, useCourseOf, useSnapshot } from '../use-cockpit.ts';

const LOOKS =
  'h-full overflow-hidden px-2.5! pt-1.5! pb-2! [&>p:first-of-type]:text-lg @min-[190px]:[&>p:first-of-type]:text-xl [&>span]:text-2xs! [&>[data-change=flat]_svg]:hidden [&>p+p]:line-clamp-3 [&>p+p]:shrink-0';

export function Kpi({ metric, period }: { metric: CockpitMetric; period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const current = useSnapshot(period.asOf);
  const previous = useSnapshot(period.comparedWith);
  const view = METRIC_VIEWS.find((known) => known.metric === metric);
  if (view === undefined) return null;
  const state = stateOf(current);
  const name = {
    label: view.label,
    form: view.form,
    good: view.good,
    className: LOOKS,
    onHow: () => evidence.open({ how: view.metric }),
  };
  if (current.data === undefined)
    return <KpiTile {...name} quantity={{ unit: unitOf(view, USD), value: 0 }} state={state} />;
  return (
    <KpiTile
      {...name}
      quantity={valueOf(view, current.data)}
      state={state}
      {...(previous.data === undefined
        ? {}
        : { previous: { quantity: valueOf(view, previous.data), period: format.day(period.comparedWith, 'short') } })}
      spark={<Spark view={view} period={period} />}
      onWhy={() => evidence.open(whyOf(view, period.asOf, firstDayOf(monthOf(period.asOf))))}
    />
  );
}

const SPARK_MONTHS = 12;

function Spark({ view, period }: { view: MetricView; period: Period }): ReactNode {
  const format = useFormat();
  const isUsual = COURSE_METRICS.some((metric) => metric === view.metric);
  const usual = useCourse(period);
  const own = useCourseOf(view.metric, period, !isUsual);
  const course = (isUsual ? usual : own).data?.find((series) => series.metric === view.metric);
  if (course === undefined) return <div className="h-4.5" />;
  const points = course.points.slice(-SPARK_MONTHS);
  const label = trendSentence(
    {
      name: view.label,
      unit: unitOf(view, course.currency),
      points: points.map((point) => ({ day: point.on, value: point.value })),
    },
    format,
  );
  return <Sparkline height={18} values={points.map((point) => point.value)} label={label} />;
}
