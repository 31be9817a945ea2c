/** What a customer costs and brings, of the last whole month: value, change, course of a year, why and how. */
import type { ReactNode } from 'react';
import type { SeriesMetric, SeriesSchema } from '../../../../shared/contract/metrics.ts';
import type { z } from 'zod';
import { USD } from '../../../../shared/kernel/currency.ts';
import { addToMonth, firstDayOf, lastDayOf, type PlainMonth } from '../../../../shared/kernel/day.ts';
import { Sparkline } from '../../../charts/sparkline.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import { ECONOMICS_VIEWS, economicsQuantity, economicsUnit, type EconomicsView } from '../economics-view.ts';
import { useMonth, useTrends } from '../use-costs.ts';

const SPARK_MONTHS = 12;

export function EconomicsTiles({ month }: { month: PlainMonth }): ReactNode {
  const trends = useTrends(month, SPARK_MONTHS);
  return (
    <section
      aria-label="Unit economics"
      className="grid grid-cols-8 gap-2 max-[760px]:grid-cols-2 max-[1760px]:grid-cols-4"
    >
      {ECONOMICS_VIEWS.map((view) => (
        <Figure key={view.metric} view={view} month={month} course={courseOf(trends.data, view.metric)} />
      ))}
    </section>
  );
}

type Course = z.infer<typeof SeriesSchema>;

function courseOf(series: readonly Course[] | undefined, metric: SeriesMetric): Course | undefined {
  return series?.find((candidate) => candidate.metric === metric);
}

interface FigureProps {
  view: EconomicsView;
  month: PlainMonth;
  course: Course | undefined;
}

function Figure({ view, month, course }: FigureProps): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const current = useMonth(month);
  const before = addToMonth(month, -1);
  const previous = useMonth(before);
  const state = stateOf(current);
  const shared = {
    label: view.label,
    form: view.form,
    good: view.good,
    className: 'px-2.5!',
    onHow: () => evidence.open({ how: view.metric }),
  };
  if (current.data === undefined)
    return <KpiTile {...shared} quantity={{ unit: economicsUnit(view, USD), value: 0 }} state={state} />;
  const quantity = economicsQuantity(view, current.data);
  const beforeMargin =
    view.metric === 'ltv'
      ? current.data.ltvBeforeMargin
      : view.metric === 'cacPaybackMonths'
        ? current.data.cacPaybackMonthsBeforeMargin
        : null;
  return (
    <KpiTile
      {...shared}
      quantity={quantity}
      state={state}
      {...(previous.data === undefined
        ? {}
        : { previous: { quantity: economicsQuantity(view, previous.data), period: format.month(before, 'short') } })}
      {...(quantity.value === null || course === undefined ? {} : { spark: <Spark view={view} course={course} /> })}
      {...(quantity.value === null && beforeMargin !== null
        ? { note: `Before margin ${format.value(beforeMargin, quantity.unit)}` }
        : {})}
      onWhy={() => evidence.open({ why: view.metric, from: firstDayOf(month), to: lastDayOf(month) })}
    />
  );
}

function Spark({ view, course }: { view: EconomicsView; course: Course }): ReactNode {
  const format = useFormat();
  const points = course.points.map((point) => ({ day: point.on, value: point.value }));
  const label = trendSentence({ name: view.label, unit: economicsUnit(view, course.currency), points }, format);
  return <Sparkline height={24} values={points.map((point) => point.value)} label={label} />;
}
