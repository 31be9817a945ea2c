/** The company against its targets: a drawing and sentences for each figure, and the way to change what is aimed at. */
import { Target as TargetIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { WeeklyDigestReport } from '../../../../shared/contract/digest.ts';
import type { Trajectory } from '../../../../shared/contract/targets.ts';
import { TrajectoryChart } from '../../../charts/trajectory-chart.tsx';
import { useEvidence } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { TargetsDialog } from './targets-dialog.tsx';

export function Targets({ report, kept }: { report: WeeklyDigestReport; kept: boolean }): ReactNode {
  const [editing, setEditing] = useState(false);
  const { trajectories } = report;
  return (
    <section aria-label="Targets" className="flex flex-col gap-2">
      <header className="flex items-center gap-2">
        <h2 className="text-sm font-semibold text-ink">Against the target</h2>
        {!kept && (
          <Button size="sm" icon={TargetIcon} className="no-print ml-auto" onClick={() => setEditing(true)}>
            Targets…
          </Button>
        )}
      </header>
      {trajectories.length === 0 ? (
        <Tile>
          <EmptyState
            title="No target is set"
            hint="Say what ARR, MRR or the number of customers is to be by when; or import a table of monthly targets. Each week is then held against the path that leads there."
            {...(kept ? {} : { action: { label: 'Set a target', run: () => setEditing(true) } })}
          />
        </Tile>
      ) : (
        <div
          className={classNames(
            'grid grid-cols-1 items-start gap-4',
            trajectories.length > 1 && 'min-[1180px]:grid-cols-2',
          )}
        >
          {trajectories.map((trajectory) => (
            <OneTarget key={trajectory.metric} trajectory={trajectory} />
          ))}
        </div>
      )}
      {editing && <TargetsDialog currency={report.currency} onClose={() => setEditing(false)} />}
    </section>
  );
}

function OneTarget({ trajectory }: { trajectory: Trajectory }): ReactNode {
  const evidence = useEvidence();
  const { metric, asOf } = trajectory;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <TrajectoryChart
        trajectory={trajectory}
        onHow={() => evidence.open({ how: metric })}
        onWhy={() => evidence.open({ why: metric, to: asOf })}
      />
      <ul className="flex flex-col gap-1 px-1 text-sm text-pretty text-muted">
        {trajectory.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
