/** The figures of the period: the score with how sure it is, first responses, what waits and what is open. */
import type { ReactNode } from 'react';
import type { NpsScore } from '../../../../shared/contract/support.ts';
import { daysOf, useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { countUnit, HOURS, quantity, type Quantity } from '../../../lib/unit.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import { useDesk, useNps, type Span } from '../use-support.ts';
import { certaintyOf, hoursOf, POINTS } from '../words.ts';

interface Props {
  desk: ReturnType<typeof useDesk>;
  nps: ReturnType<typeof useNps>;
  span: Span;
  before: Span;
}

export function ServiceTiles({ desk, nps, span, before }: Props): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const deskBefore = useDesk(before).data;
  const npsBefore = useNps(before).data;
  const period = `the ${format.count(daysOf(before), { one: 'day', other: 'days' })} before`;
  const times = desk.data?.times;
  const earlier = deskBefore?.times;
  const open = desk.data?.open;
  const median = open?.median.value ?? null;
  return (
    <section aria-label="Service" className="grid grid-cols-4 gap-2 max-[1180px]:grid-cols-2">
      <KpiTile
        label="Net Promoter Score"
        quantity={scoreOf(nps.data?.total)}
        state={stateOf(nps)}
        {...(npsBefore === undefined ? {} : { previous: { quantity: scoreOf(npsBefore.total), period } })}
        note={nps.data === undefined ? ' ' : certaintyOf(nps.data.total, format)}
        onWhy={() => evidence.open({ why: 'nps', ...span })}
        onHow={() => evidence.open({ how: 'nps' })}
      />
      <KpiTile
        label="First response, median"
        quantity={times === undefined ? NO_HOURS : hoursOf(times.median)}
        state={stateOf(desk)}
        good="down"
        {...(earlier === undefined ? {} : { previous: { quantity: hoursOf(earlier.median), period } })}
        note={
          times === undefined
            ? ' '
            : `${format.count(times.answered)} of ${format.count(times.opened, { one: 'request', other: 'requests' })} answered`
        }
        onWhy={() => evidence.open({ why: 'firstResponseMedian', ...span })}
        onHow={() => evidence.open({ how: 'firstResponseMedian' })}
      />
      <KpiTile
        label="First response, nine in ten within"
        quantity={times === undefined ? NO_HOURS : hoursOf(times.p90)}
        state={stateOf(desk)}
        good="down"
        {...(earlier === undefined ? {} : { previous: { quantity: hoursOf(earlier.p90), period } })}
        note={times === undefined ? ' ' : `${format.count(times.waiting)} still wait for a first answer`}
        onWhy={() => evidence.open({ why: 'firstResponseP90', ...span })}
        onHow={() => evidence.open({ how: 'firstResponseP90' })}
      />
      <KpiTile
        label="Open requests"
        quantity={{ unit: countUnit('request'), value: open?.total ?? 0 }}
        state={stateOf(desk)}
        good="down"
        note={
          median === null
            ? 'None is open'
            : `Half are open for more than ${format.duration(Math.round(median) * 1_000)}`
        }
        onWhy={() => evidence.open({ why: 'openRequests' })}
        onHow={() => evidence.open({ how: 'openRequests' })}
      />
    </section>
  );
}

const NO_HOURS: Quantity = { unit: HOURS, value: 0 };

function scoreOf(total: NpsScore | undefined): Quantity {
  return quantity(POINTS, total?.score.value ?? null, total?.score.reason ?? 'Nobody answered in the period');
}
