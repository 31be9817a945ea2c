/** What is ahead of the climb: the next milestone, how far it is, and when it comes at which pace. */
import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Climb } from '../../../../shared/contract/metrics.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useCockpitFilters } from '../cockpit-context.tsx';
import { pacesOf } from '../pace.ts';
import type { Period } from '../period.ts';
import { useClimb } from '../use-cockpit.ts';

export function MilestoneTile({ period }: { period: Period }): ReactNode {
  const climb = useClimb(period.asOf);
  return (
    <Tile
      title="Next milestone"
      flush
      className="h-full"
      actions={climb.data !== undefined && climb.data.milestone !== null && <Method climb={climb.data} />}
    >
      <StateGate state={stateOf(climb)}>{climb.data !== undefined && <Body climb={climb.data} />}</StateGate>
    </Tile>
  );
}

function Body({ climb }: { climb: Climb }): ReactNode {
  const format = useFormat();
  const unit = moneyUnit(climb.currency);
  const { milestone } = climb;
  const { slice } = useCockpitFilters();
  if (milestone === null)
    return (
      <p className="px-4 text-pretty text-muted">
        {slice === undefined
          ? 'Every standard milestone is behind. A further one is set under Settings.'
          : 'Milestones are the whole company’s: reset the filter of its part to see the next one.'}
      </p>
    );
  const share = milestone.target === 0 ? 0 : climb.arr / milestone.target;
  const target = format.value(milestone.target, unit, { form: 'compact' });
  return (
    <div className="flex flex-col gap-1.5 px-4">
      <p className="flex items-baseline gap-1.5 leading-5">
        <span className="text-lg font-semibold tracking-tight">{target}</span>
        <span className="text-xs text-muted">ARR</span>
        <span className="ml-auto text-xs text-muted">
          {format.value(milestone.distance, unit, { form: 'compact' })} to go
        </span>
      </p>
      <Meter
        label={`Way to ${target} ARR`}
        fraction={share}
        text={`${format.percent(share)} of ${target}`}
        tone="accent"
        className="h-1.5!"
      />
      <p className="truncate text-xs leading-4">
        {milestone.expectedOn === null ? (
          <span className="text-warn">{milestone.reason}</span>
        ) : (
          <>
            <span className="font-medium text-ink">{format.day(milestone.expectedOn)}</span>{' '}
            <span className="text-subtle">at the pace of {climb.window} days</span>
          </>
        )}
      </p>
      <p className="truncate text-xs leading-4 text-subtle">
        {format.value(milestone.neededPerWeek, unit, { form: 'compact' })}/week needed by{' '}
        {format.day(milestone.dueOn, milestone.dueOn.slice(0, 4) === climb.asOf.slice(0, 4) ? 'short' : 'medium')}
      </p>
    </div>
  );
}

/** The method in words, with what other stretches would say. */
function Method({ climb }: { climb: Climb }): ReactNode {
  const format = useFormat();
  const unit = moneyUnit(climb.currency);
  return (
    <Popover
      label="How the day is worked out"
      align="end"
      trigger={<IconButton icon={CircleHelp} label="How Next milestone is computed" />}
    >
      <p className="text-pretty text-ink">
        The distance divided by the pace: net new ARR of the last {climb.window} days goes on as it is. It is no
        forecast: one large customer moves it by months.
      </p>
      <table className="mt-3 w-full text-xs">
        <thead className="text-left text-subtle">
          <tr>
            <th className="pb-1 font-medium">At the pace of</th>
            <th className="pb-1 text-right font-medium">a week</th>
            <th className="pb-1 text-right font-medium">reached</th>
          </tr>
        </thead>
        <tbody>
          {pacesOf(climb).map((pace) => (
            <tr key={pace.days} className="border-t border-line">
              <td className="py-1">the last {format.count(pace.days, { one: 'day', other: 'days' })}</td>
              <td className="py-1 text-right">{format.value(pace.perWeek, unit, { form: 'compact', signed: true })}</td>
              <td className="py-1 text-right font-medium">{pace.on === null ? 'never' : format.day(pace.on)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 text-xs text-pretty text-muted">
        The pace that is needed reaches it on the day that the growth target leads there; without a target, at the end
        of the fiscal year.
      </p>
    </Popover>
  );
}
