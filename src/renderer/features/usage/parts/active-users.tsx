/** People and accounts that were active, by day, week or month. */
import type { ReactNode } from 'react';
import type { ActivePoint, USAGE_PERIODS } from '../../../../shared/contract/usage.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, seriesTable, type Series } from '../../../charts/series.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { countUnit } from '../../../lib/unit.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useActive, type Span } from '../use-usage.ts';

type Period = (typeof USAGE_PERIODS)[number];

const HEIGHT = 220;
const UNIT = countUnit();
const WORDS: Readonly<Record<Period, string>> = {
  day: 'Each day',
  week: 'Each week, from Monday on',
  month: 'Each calendar month',
};

export interface ActiveUsersProps {
  span: Span;
  period: Period;
  onPeriod: (period: Period) => void;
  onHow: () => void;
  /** The accounts that were active. */
  onBehind: () => void;
}

export function ActiveUsers({ span, period, onPeriod, onHow, onBehind }: ActiveUsersProps): ReactNode {
  const format = useFormat();
  const active = useActive(span, period);
  const points = active.data?.points ?? [];
  const isExact = points.every((point) => point.isExact);
  const line = (id: string, label: string, of: (point: ActivePoint) => number): Series => ({
    id,
    label,
    points: points.map((point) => ({ day: point.startsOn, value: of(point) })),
  });
  const series = [
    line('users', 'People', ({ users }) => users),
    line('accounts', 'Accounts', ({ accounts }) => accounts),
  ];
  const sentence = series
    .map(({ label, points: of }) => trendSentence({ name: label, unit: UNIT, points: of }, format))
    .join(' ');
  const state = stateOf(active);
  return (
    <ChartFrame
      title={isExact ? 'Active users' : 'Active users ≈'}
      period={`${WORDS[period]}, everybody counted once${isExact ? '' : '; merged from sketches, right to some 2%'}. The last one is not over`}
      sentence={sentence}
      table={seriesTable(series, UNIT)}
      legend={seriesLegend(series)}
      height={HEIGHT}
      state={
        state.kind === 'ready' && points.length === 0
          ? { kind: 'empty', title: 'Nobody was active in this span', hint: 'A longer span, or a sync, may show more.' }
          : state
      }
      onWhy={onBehind}
      onHow={onHow}
      actions={
        <Segmented
          label="Counted by"
          choices={[
            { value: 'day', label: 'Day' },
            { value: 'week', label: 'Week' },
            { value: 'month', label: 'Month' },
          ]}
          value={period}
          onChange={onPeriod}
        />
      }
    >
      <LineChart series={series} unit={UNIT} sentence={sentence} grain={period} height={HEIGHT} />
    </ChartFrame>
  );
}
