/** How high, and how fast it climbs: ARR with its rate per day, week and month, and what of it is past due. */
import type { ReactNode } from 'react';
import { USD } from '../../../../shared/kernel/currency.ts';
import { addDays } from '../../../../shared/kernel/day.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { KpiTile } from '../../../ui/kpi-tile.tsx';
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
    <KpiTile
      size="lg"
      className="h-full overflow-hidden pt-2! pb-2! [&>p:first-of-type]:text-[2.375rem] [&>p:first-of-type]:leading-11"
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
              <>
                <Rates period={period} />
                <button
                  type="button"
                  className="block min-h-6 max-w-full truncate underline-offset-2 hover:underline"
                  onClick={() => evidence.open({ why: 'pastDueMrr', to: period.asOf })}
                >
                  MRR {format.value(snapshot.mrr, moneyUnit(snapshot.currency), { form: 'whole' })}, past due{' '}
                  {format.value(snapshot.pastDueMrr, moneyUnit(snapshot.currency), { form: 'whole' })}
                </button>
              </>
            ),
          })}
    />
  );
}

/** Net new ARR per day, week and month, as the variometer means it; a click shows what moved. */
function Rates({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const evidence = useEvidence();
  const climb = useClimb(period.asOf).data;
  if (climb === undefined) return <span className="block h-4" />;
  const rates = [
    ['day', 'd', climb.perDay],
    ['week', 'wk', climb.perWeek],
    ['month', 'mo', climb.perMonth],
  ] as const;
  const from = addDays(period.asOf, 1 - climb.window);
  return (
    <button
      type="button"
      title={`Net new ARR, mean of the last ${climb.window} days`}
      className="flex min-h-6 max-w-full items-center gap-2 underline-offset-2 hover:underline"
      onClick={() => evidence.open({ why: 'netNewArr', from, to: period.asOf })}
    >
      {rates.map(([name, short, amount]) => (
        <span key={name} className="whitespace-nowrap">
          <span
            className={classNames('font-medium', amount < 0 ? 'text-loss' : amount > 0 ? 'text-gain' : 'text-muted')}
          >
            {format.value(amount, moneyUnit(climb.currency), { form: 'compact', signed: true })}
          </span>
          <abbr title={`a ${name}`} className="no-underline">
            /{short}
          </abbr>
        </span>
      ))}
    </button>
  );
}
