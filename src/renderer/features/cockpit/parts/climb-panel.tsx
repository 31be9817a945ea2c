/** How fast: the variometer. */
import type { ReactNode } from 'react';
import { addDays } from '../../../../shared/kernel/day.ts';
import { Variometer } from '../../../charts/variometer.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { CHART_LOOKS } from '../cockpit-context.tsx';
import type { Period } from '../period.ts';
import { useClimb } from '../use-cockpit.ts';

export function ClimbPanel({ period }: { period: Period }): ReactNode {
  const evidence = useEvidence();
  const climb = useClimb(period.asOf);
  const windowDays = climb.data?.window ?? 0;
  return (
    <Variometer
      climb={climb.data ?? null}
      state={stateOf(climb)}
      className={CHART_LOOKS}
      onHow={() => evidence.open({ how: 'netNewArr' })}
      onWhy={() => evidence.open({ why: 'netNewArr', from: addDays(period.asOf, 1 - windowDays), to: period.asOf })}
    />
  );
}
