/** Hours to the first answer by the month of the request: half within, nine in ten within. */
import type { ReactNode } from 'react';
import { lastDayOf } from '../../../../shared/kernel/day.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { LineChart } from '../../../charts/line-chart.tsx';
import { seriesLegend, type Series } from '../../../charts/series.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { trendSentence } from '../../../lib/trend-sentence.ts';
import { countUnit, HOURS } from '../../../lib/unit.ts';
import type { Desk, useDesk } from '../use-support.ts';
import { hours } from '../words.ts';

const HEIGHT = 240;

export function FirstResponse({ desk }: { desk: ReturnType<typeof useDesk> }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const months = desk.data?.months ?? [];
  const line = (id: 'median' | 'p90', label: string, dashed: boolean): Series => ({
    id,
    label,
    dashed,
    points: months.map((month) => ({ day: lastDayOf(month.month), value: hours(month[id].value) })),
  });
  const median = line('median', 'Half within', false);
  const series = [median, line('p90', 'Nine in ten within', true)];
  const sentence = trendSentence(
    { name: 'Median time to the first answer', unit: HOURS, points: median.points },
    format,
  );
  return (
    <ChartFrame
      title="First response"
      period="Hours by the clock, by the month in which the request was opened"
      height={HEIGHT}
      sentence={sentence}
      state={
        desk.data !== undefined && desk.data.times.answered === 0
          ? {
              kind: 'empty',
              title: 'No answered request in the period',
              hint: 'The lines begin with the first request that was answered.',
            }
          : stateOf(desk)
      }
      table={desk.data === undefined ? { columns: [], rows: [] } : tableOf(desk.data)}
      legend={seriesLegend(series)}
      onHow={() => evidence.open({ how: 'firstResponseMedian' })}
    >
      <LineChart series={series} unit={HOURS} sentence={sentence} grain="month" height={HEIGHT} />
    </ChartFrame>
  );
}

function tableOf({ months }: Desk): ChartTable {
  const count = countUnit();
  return {
    columns: [
      { header: 'Month', holds: 'month' },
      { header: 'Opened', holds: 'value', unit: count },
      { header: 'Answered', holds: 'value', unit: count },
      { header: 'Still waiting', holds: 'value', unit: count },
      { header: 'Closed without an answer', holds: 'value', unit: count },
      { header: 'Half within', holds: 'value', unit: HOURS },
      { header: 'Nine in ten within', holds: 'value', unit: HOURS },
    ],
    rows: months.map((row) => [
      row.month,
      row.opened,
      row.answered,
      row.waiting,
      row.unanswered,
      hours(row.median.value),
      hours(row.p90.value),
    ]),
  };
}
