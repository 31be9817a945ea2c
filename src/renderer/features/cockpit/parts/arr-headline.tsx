/** How high: ARR, what of it is past due, and the way to the next milestone. */
import type { ReactNode } from 'react';
import type { Climb } from '../../../../shared/contract/metrics.ts';
import { USD } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { valueOf } from '../metric-view.ts';
import type { Period } from '../period.ts';
import { useClimb, useSnapshot } from '../use-cockpit.ts';

const ARR = { metric: 'arr', kind: 'money' } as const;

export function ArrHeadline({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const current = useSnapshot(period.asOf);
  const previous = useSnapshot(period.comparedWith);
  const snapshot = current.data;
  return (
    <div className="flex min-w-0 flex-col gap-3 max-[1180px]:contents">
      <KpiTile
        size="lg"
        label="ARR, annual run rate"
        quantity={snapshot === undefined ? { unit: moneyUnit(USD), value: 0 } : valueOf(ARR, snapshot)}
        state={stateOf(current)}
        {...(previous.data === undefined
          ? {}
          : { previous: { quantity: valueOf(ARR, previous.data), period: format.day(period.comparedWith) } })}
        onWhy={() => evidence.open({ why: 'arr', to: period.asOf })}
        onHow={() => evidence.open({ how: 'arr' })}
        {...(snapshot === undefined
          ? {}
          : {
              note: (
                <button
                  type="button"
                  className="underline-offset-2 hover:underline"
                  onClick={() => evidence.open({ why: 'pastDueMrr', to: period.asOf })}
                >
                  MRR {format.value(snapshot.mrr, moneyUnit(snapshot.currency), { form: 'whole' })}, of which past due{' '}
                  {format.value(snapshot.pastDueMrr, moneyUnit(snapshot.currency), { form: 'whole' })}
                </button>
              ),
            })}
      />
      <Milestone period={period} />
    </div>
  );
}

function Milestone({ period }: { period: Period }): ReactNode {
  const climb = useClimb(period.asOf);
  return (
    <Tile title="Next milestone" className="flex-1">
      {climb.data === undefined ? <Skeleton className="h-24" /> : <MilestoneBody climb={climb.data} />}
    </Tile>
  );
}

function MilestoneBody({ climb }: { climb: Climb }): ReactNode {
  const format = useFormat();
  const amount = (minorUnits: number, compact = true): string =>
    format.money(money(minorUnits, climb.currency), { form: compact ? 'compact' : 'whole' });
  const { milestone } = climb;
  if (milestone === null)
    return (
      <p className="text-pretty text-muted">Every standard milestone is behind. A further one is set under Settings.</p>
    );
  const share = milestone.target === 0 ? 0 : climb.arr / milestone.target;
  return (
    <div className="flex h-full flex-col gap-2.5">
      <p className="flex items-baseline gap-2">
        <span className="text-xl font-semibold tracking-tight">{amount(milestone.target)}</span>
        <span className="text-muted">ARR</span>
        <span className="ml-auto text-xs text-muted">{format.percent(share, { form: 'full' })}</span>
      </p>
      <Meter
        label={`Way to ${amount(milestone.target)} ARR`}
        fraction={share}
        text={`${format.percent(share)} of ${amount(milestone.target)}`}
        tone="accent"
        className="h-1.5!"
      />
      <dl className="mt-auto grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-subtle">Distance</dt>
        <dd className="text-right font-medium">{amount(milestone.distance, false)}</dd>
        <dt className="text-subtle">Expected</dt>
        <dd className="text-right font-medium">
          {milestone.expectedOn === null ? (milestone.reason ?? 'not climbing') : format.day(milestone.expectedOn)}
        </dd>
        <dt className="text-subtle">Needed by {format.day(milestone.dueOn, 'short')}</dt>
        <dd className="text-right font-medium">{amount(milestone.neededPerWeek)} a week</dd>
      </dl>
    </div>
  );
}
