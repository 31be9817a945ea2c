/** Promoters, passives and detractors by quarter; the score and its interval stand in the table. */
import type { ReactNode } from 'react';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart, type BarRow } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit } from '../../../lib/unit.ts';
import { monthOf } from '../../../../shared/kernel/day.ts';
import type { Nps, useNps } from '../use-support.ts';
import { POINTS } from '../words.ts';

const HEIGHT = 240;
const PARTS: readonly BarPart[] = [
  { id: 'promoters', label: 'Promoters (9, 10)', color: 'var(--gain-1)' },
  { id: 'passives', label: 'Passives (7, 8)', color: 'var(--series-neutral)' },
  { id: 'detractors', label: 'Detractors (0 to 6)', color: 'var(--loss-1)' },
];

export function ScoreByQuarter({ nps }: { nps: ReturnType<typeof useNps> }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const quarters = nps.data?.quarters ?? [];
  const rows = quarters.map(({ from, to, promoters, passives, detractors, score }): BarRow => {
    const months = `${format.month(monthOf(from), 'short')} – ${format.month(monthOf(to), 'short')}`;
    const span = `${format.quarter(monthOf(from))}, ${months}`;
    return {
      label: score.value === null ? span : `${span}: ${format.value(score.value, POINTS)}`,
      name: span,
      values: [promoters, passives, detractors],
    };
  });
  const last = quarters.findLast(({ people }) => people > 0);
  const sentence =
    last === undefined || last.score.value === null
      ? 'Nobody answered in the period.'
      : `In the last quarter with answers ${format.count(last.people, { one: 'person', other: 'people' })} answered: ${format.count(last.promoters)} promote, ${format.count(last.detractors)} detract, which makes a score of ${format.value(last.score.value, POINTS)}.`;
  return (
    <ChartFrame
      title="Who would recommend you"
      period="People by their last answer in each quarter, with the score"
      height={HEIGHT}
      sentence={sentence}
      state={
        nps.data !== undefined && nps.data.total.people === 0
          ? {
              kind: 'empty',
              title: nps.data.any ? 'Nobody answered in the period' : 'No survey yet',
              hint: 'Answers to an NPS survey come from a file: a day, a score from 0 to 10, an address.',
            }
          : stateOf(nps)
      }
      table={nps.data === undefined ? { columns: [], rows: [] } : tableOf(nps.data)}
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'nps' })}
    >
      <BarChart parts={PARTS} rows={rows} unit={countUnit()} sentence={sentence} height={HEIGHT} />
    </ChartFrame>
  );
}

function tableOf({ quarters }: Nps): ChartTable {
  const count = countUnit();
  return {
    columns: [
      { header: 'From', holds: 'day' },
      { header: 'To', holds: 'day' },
      { header: 'People', holds: 'value', unit: count },
      { header: 'Promoters', holds: 'value', unit: count },
      { header: 'Passives', holds: 'value', unit: count },
      { header: 'Detractors', holds: 'value', unit: count },
      { header: 'Score', holds: 'value', unit: POINTS },
      { header: '95% from', holds: 'value', unit: POINTS },
      { header: '95% to', holds: 'value', unit: POINTS },
    ],
    rows: quarters.map((row) => [
      row.from,
      row.to,
      row.people,
      row.promoters,
      row.passives,
      row.detractors,
      row.score.value,
      row.low,
      row.high,
    ]),
  };
}
