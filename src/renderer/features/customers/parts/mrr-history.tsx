/** The customer's MRR as steps: level until the day on which it changed. */
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { addDays, type PlainDay } from '../../../../shared/kernel/day.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { AreaChart } from '../../../charts/line-chart.tsx';
import { seriesTable, type Series } from '../../../charts/series.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence, type TrendPoint } from '../../../lib/trend-sentence.ts';
import { moneyUnit } from '../../../lib/unit.ts';
import type { CustomerDetail } from '../customer-detail.ts';

const HEIGHT = 180;

/**
 * Points that draw steps: before each change one more with the old level, and
 * the last level up to today. It begins at zero on the day before the first.
 */
export function stepPoints(history: readonly { on: PlainDay; mrr: number }[], today: PlainDay): TrendPoint[] {
  const points: TrendPoint[] = [];
  let level = 0;
  for (const { on, mrr } of history) {
    points.push({ day: addDays(on, -1), value: level }, { day: on, value: mrr });
    level = mrr;
  }
  const last = points.at(-1);
  if (last !== undefined && last.day < today) points.push({ day: today, value: level });
  return points;
}

export function MrrHistory({ detail }: { detail: CustomerDetail }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const today = useQuery(api.metrics.freshness.queryOptions()).data?.today;
  const unit = moneyUnit(detail.currency);
  const points = today === undefined ? [] : stepPoints(detail.mrrHistory, today);
  const series: Series[] = [{ id: 'mrr', label: 'MRR', points }];
  const sentence = trendSentence({ name: 'MRR', unit, points }, format);
  const first = detail.mrrHistory[0];
  const changes = [
    { id: 'mrr', label: 'MRR', points: detail.mrrHistory.map(({ on, mrr }) => ({ day: on, value: mrr })) },
  ];
  return (
    <ChartFrame
      title="MRR of this customer"
      period={first === undefined ? 'No paid month so far' : `Since ${format.day(first.on)}, every change`}
      sentence={sentence}
      table={seriesTable(changes, unit)}
      height={HEIGHT}
      state={
        points.length === 0
          ? { kind: 'empty', title: 'Never paid so far', hint: 'The first paid month starts the line.' }
          : { kind: 'ready' }
      }
    >
      <AreaChart series={series} unit={unit} sentence={sentence} height={HEIGHT} />
    </ChartFrame>
  );
}
