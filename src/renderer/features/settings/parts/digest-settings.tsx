/** When the digests of the day and the week are announced; they stand on their pages all the same. */
import { useState, type ReactNode } from 'react';
import type { DailyDigest, WeeklyDigest, Workspace } from '../../../../shared/contract/workspace.ts';
import { isTimeOfDay, timeOfDay } from '../../../../shared/kernel/time-of-day.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { weekdayOptions } from '../../../ui/choices.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Switch } from '../../../ui/toggle.tsx';
import { useSetting } from '../use-setting.ts';
import { SettingRow } from './setting-row.tsx';

const MORNING = timeOfDay('08:00');
const DAILY: DailyDigest = { at: MORNING, workdaysOnly: true, whenQuiet: false };

export function DailyDigestSetting({ workspace }: { workspace: Workspace }): ReactNode {
  const setting = useSetting('dailyDigest', workspace);
  const digest = setting.value;
  return (
    <SettingRow id="dailyDigest">
      <div className="flex flex-col gap-2">
        <Switch
          label="Digest of the day"
          hint="Sign-ups, conversions, failed payments and what else needs a look, once a day."
          checked={digest !== null}
          onChange={(on) => setting.save(on ? DAILY : null)}
        />
        {digest !== null && (
          <>
            <TimeField
              label="Every day at"
              time={digest.at}
              onSave={(at) => setting.save({ ...digest, at })}
              wrong={setting.wrong}
            />
            <Switch
              label="Not on Saturdays and Sundays"
              checked={digest.workdaysOnly}
              onChange={(workdaysOnly) => setting.save({ ...digest, workdaysOnly })}
            />
            <Switch
              label="Also when nothing happened"
              checked={digest.whenQuiet}
              onChange={(whenQuiet) => setting.save({ ...digest, whenQuiet })}
            />
          </>
        )}
      </div>
    </SettingRow>
  );
}

export function WeeklyDigestSetting({ workspace }: { workspace: Workspace }): ReactNode {
  const setting = useSetting('weeklyDigest', workspace);
  const { locale } = useFormat();
  const digest = setting.value;
  const usual: WeeklyDigest = { on: workspace.weekStartsOn, at: MORNING };
  return (
    <SettingRow id="weeklyDigest">
      <div className="flex flex-col gap-2">
        <Switch
          label="View of the week"
          hint="The week against the target, once a week."
          checked={digest !== null}
          onChange={(on) => setting.save(on ? usual : null)}
        />
        {digest !== null && (
          <div className="flex items-start gap-3">
            <Select
              label="Every"
              options={weekdayOptions(locale)}
              value={String(digest.on)}
              onChange={(on) => setting.save({ ...digest, on: Number(on) })}
              className="w-36"
            />
            <TimeField
              label="At"
              time={digest.at}
              onSave={(at) => setting.save({ ...digest, at })}
              wrong={setting.wrong}
            />
          </div>
        )}
      </div>
    </SettingRow>
  );
}

interface TimeFieldProps {
  label: string;
  time: string;
  onSave: (time: string) => void;
  wrong: string | null;
}

/** A time of day, saved when the field is left. */
function TimeField({ label, time, onSave, wrong }: TimeFieldProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const bad = draft !== null && !isTimeOfDay(draft) ? 'Enter hours and minutes.' : wrong;
  return (
    <TextField
      label={label}
      type="time"
      className="w-28"
      value={draft ?? time}
      onChange={setDraft}
      onBlur={() => {
        if (draft !== null && isTimeOfDay(draft)) {
          setDraft(null);
          onSave(draft);
        }
      }}
      {...(bad === null ? {} : { error: bad })}
    />
  );
}
