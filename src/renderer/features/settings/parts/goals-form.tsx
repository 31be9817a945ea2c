/** What the company aims at: growth per month, and the next milestone of ARR. */
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { fractionFromText, minorFromText, textFromMinor } from '../amount-text.ts';
import { useSave } from '../use-save.ts';
import { SaveRow } from './save-row.tsx';

export function GoalsForm({ workspace }: { workspace: Workspace }): ReactNode {
  const { save, saving, failure } = useSave();
  const currency = workspace.reportingCurrency;
  const [growth, setGrowth] = useState(
    workspace.growthTarget === null ? '' : String(Number((workspace.growthTarget * 100).toFixed(4))),
  );
  const [milestone, setMilestone] = useState(
    workspace.milestoneMinor === null ? '' : textFromMinor(workspace.milestoneMinor, currency),
  );
  const [minutes, setMinutes] = useState(String(workspace.syncEveryMinutes));
  const growthValue = growth.trim() === '' ? null : fractionFromText(growth);
  const milestoneValue = milestone.trim() === '' ? null : minorFromText(milestone, currency);
  const everyMinutes = Number(minutes);
  const growthWrong = growth.trim() !== '' && growthValue === null;
  const milestoneWrong = milestone.trim() !== '' && milestoneValue === null;
  const minutesWrong = !Number.isInteger(everyMinutes) || everyMinutes < 5 || everyMinutes > 1_440;
  const wrong = growthWrong || milestoneWrong || minutesWrong;
  const submit = (): void => {
    if (!wrong) save({ growthTarget: growthValue, milestoneMinor: milestoneValue, syncEveryMinutes: everyMinutes });
  };
  return (
    <Tile title="Goals and sync" subtitle="They set the climb that the variometer asks for">
      <form
        className="grid grid-cols-3 gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="Growth of MRR per month, percent"
          hint="Empty: no target."
          inputMode="decimal"
          value={growth}
          onChange={setGrowth}
          {...(growthWrong ? { error: 'Enter a percentage such as 5.' } : {})}
        />
        <TextField
          label={`Milestone of ARR, ${currency}`}
          hint="Empty: the next standard one."
          inputMode="decimal"
          value={milestone}
          onChange={setMilestone}
          {...(milestoneWrong ? { error: 'Enter an amount such as 1,000,000.' } : {})}
        />
        <TextField
          label="Sync every, minutes"
          hint="From 5 minutes to a day."
          inputMode="numeric"
          value={minutes}
          onChange={setMinutes}
          {...(minutesWrong ? { error: 'Enter 5 to 1440.' } : {})}
        />
        <SaveRow label="Save goals" saving={saving} disabled={wrong} failure={failure} />
      </form>
    </Tile>
  );
}
