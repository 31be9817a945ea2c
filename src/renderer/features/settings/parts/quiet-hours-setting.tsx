/** Hours without notifications. */
import { useState, type ReactNode } from 'react';
import { QuietHoursSchema, type QuietHours, type Workspace } from '../../../../shared/contract/workspace.ts';
import { timeOfDay } from '../../../../shared/kernel/time-of-day.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { useSetting } from '../use-setting.ts';
import { SettingRow } from './setting-row.tsx';

const USUAL: QuietHours = { from: timeOfDay('22:00'), to: timeOfDay('07:00'), criticalThrough: true };

export function QuietHoursSetting({ workspace }: { workspace: Workspace }): ReactNode {
  const setting = useSetting('quietHours', workspace);
  const hours = setting.value;
  const [draft, setDraft] = useState<{ from: string; to: string } | null>(null);
  const from = draft?.from ?? hours?.from ?? USUAL.from;
  const to = draft?.to ?? hours?.to ?? USUAL.to;
  const typed = QuietHoursSchema.safeParse({ from, to, criticalThrough: (hours ?? USUAL).criticalThrough });
  const commit = (): void => {
    if (draft === null || !typed.success) return;
    setDraft(null);
    setting.save(typed.data);
  };
  const error = draft !== null && !typed.success ? 'Enter two different times.' : setting.wrong;
  return (
    <SettingRow id="quietHours">
      <div className="flex flex-col gap-2">
        <Switch
          label="Quiet hours"
          hint="No notifications; what came meanwhile is told in one digest when they end."
          checked={hours !== null}
          onChange={(on) => setting.save(on ? USUAL : null)}
        />
        {hours !== null && (
          <>
            <div className="flex items-start gap-3" onBlur={commit}>
              <TextField
                label="Quiet from"
                type="time"
                value={from}
                onChange={(time) => setDraft({ from: time, to })}
                className="w-28"
              />
              <TextField
                label="Quiet until"
                type="time"
                value={to}
                onChange={(time) => setDraft({ from, to: time })}
                className="w-28"
                {...(error === null ? {} : { error })}
              />
            </div>
            <Switch
              label="Critical alerts come through"
              checked={hours.criticalThrough}
              onChange={(criticalThrough) => setting.save({ ...hours, criticalThrough })}
            />
          </>
        )}
      </div>
    </SettingRow>
  );
}
