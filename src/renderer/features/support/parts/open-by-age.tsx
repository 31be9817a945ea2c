/** Open requests by how long they have been open. */
import type { ReactNode } from 'react';
import { BarChart } from '../../../charts/bar-chart.tsx';
import { barLegend, type BarPart } from '../../../charts/bars.ts';
import { ChartFrame } from '../../../charts/chart-frame.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit } from '../../../lib/unit.ts';
import type { useDesk } from '../use-support.ts';
import { AGE } from '../words.ts';

const HEIGHT = 260;
const PARTS: readonly BarPart[] = [
  { id: 'urgent', label: 'High or urgent priority', color: 'var(--loss-1)' },
  { id: 'other', label: 'Other', color: 'var(--series-1)' },
];

export function OpenByAge({ desk }: { desk: ReturnType<typeof useDesk> }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const open = desk.data?.open;
  const ages = open?.ages ?? [];
  const oldest = ages.find(({ age }) => age === 'older')?.count ?? 0;
  const sentence = `${format.count(open?.total ?? 0, { one: 'request is', other: 'requests are' })} open, ${format.count(oldest)} of them for over 30 days.`;
  const count = countUnit();
  return (
    <ChartFrame
      title="Open requests by age"
      period="Now, since the customer first wrote"
      height={HEIGHT}
      sentence={sentence}
      state={
        open?.total === 0
          ? { kind: 'empty', title: 'No request is open', hint: 'Everything that customers asked has been solved.' }
          : stateOf(desk)
      }
      table={{
        columns: [
          { header: 'Open for', holds: 'text' },
          { header: 'Requests', holds: 'value', unit: count },
          { header: 'Of these high or urgent', holds: 'value', unit: count },
        ],
        rows: ages.map(({ age, count: all, urgent }) => [AGE[age], all, urgent]),
      }}
      legend={barLegend(PARTS)}
      onHow={() => evidence.open({ how: 'openRequests' })}
    >
      <BarChart
        parts={PARTS}
        rows={ages.map(({ age, count: all, urgent }) => ({ label: AGE[age], values: [urgent, all - urgent] }))}
        unit={count}
        sentence={sentence}
        height={HEIGHT}
      />
    </ChartFrame>
  );
}
