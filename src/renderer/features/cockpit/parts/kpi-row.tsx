/** The vital figures: value, change against the same day a month earlier, course of a year, why and how. */
import type { ReactNode } from 'react';
import { USD } from '../../../../shared/kernel/currency.ts';
import { firstDayOf, monthOf } from '../../../../shared/kernel/day.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import { METRIC_VIEWS, unitOf, valueOf, whyOf, type MetricView } from '../metric-view.ts';
import type { Period } from '../period.ts';
import { useCourse, useSnapshot } from '../use-cockpit.ts';

export function KpiRow({ period }: { period: Period }): ReactNode {
  return (
    <section aria-label="Vital figures" className="grid grid-cols-8 gap-2 max-[1300px]:grid-cols-4">
      {METRIC_VIEWS.map((view) => (
        <Kpi key={view.metric} view={view} period={period} />
      ))}
    </section>
  );
}

function Kpi({ view, period }: { view: MetricView; period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const current = useSnapshot(period.asOf);
  const previous = useSnapshot(period.comparedWith);
  const state = stateOf(current);
  const name = {
    label: view.label,
    form: view.form,
    good: view.good,
    onHow: () => evidence.open({ how: view.metric }),
  };
  if (current.data === undefined)
    return <KpiTile {...name} quantity={{ unit: unitOf(view, USD), value: 0 }} state={state} className="px-2.5!" />;
  return (
    <KpiTile
      {...name}
      className="px-2.5!"
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
  const course = useCourse(period).data?.find((series) => series.metric === view.metric);
  if (course === undefined) return <div className="h-6" />;
  const points = course.points.slice(-SPARK_MONTHS);
  const label = trendSentence(
    {
      name: view.label,
      unit: unitOf(view, course.currency),
      points: points.map((point) => ({ day: point.on, value: point.value })),
    },
    format,
  );
  return <Sparkline height={24} values={points.map((point) => point.value)} label={label} />;
}
