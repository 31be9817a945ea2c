/** A setting that is chosen: of a few all in sight, of many from a list. */
import type { ReactNode } from 'react';
import type { TitledSetting } from '../../../../shared/contract/settings-sections.ts';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select, type Option } from '../../../ui/select.tsx';
import { useSetting, type Typed } from '../use-setting.ts';
import { SettingRow } from './setting-row.tsx';

type Change = Parameters<typeof useSetting>[0];

export interface SettingChoiceProps<Name extends TitledSetting & Change> {
  name: Name;
  workspace: Workspace;
  options: readonly Option<string>[];
  /** The value of an option; default: its text. */
  read: (chosen: string) => Typed<Name>;
  show?: (value: Workspace[Name]) => string;
  hint?: ReactNode;
  /** All in sight; for five and fewer. */
  inSight?: boolean;
}

export function SettingChoice<Name extends TitledSetting & Change>(props: SettingChoiceProps<Name>): ReactNode {
  const { name, workspace, options, read, show = String, hint, inSight = false } = props;
  const setting = useSetting(name, workspace);
  const value = show(setting.value);
  const choose = (chosen: string): void => setting.save(read(chosen));
  return (
    <SettingRow id={name} title={setting.title}>
      {inSight ? (
        <div className="flex flex-col gap-1 pt-0.5">
          <Segmented label={setting.title} choices={options} value={value} onChange={choose} />
          {hint !== undefined && <p className="text-xs text-pretty text-subtle">{hint}</p>}
          {setting.wrong !== null && (
            <p role="alert" className="text-xs text-loss">
              {setting.wrong}
            </p>
          )}
        </div>
      ) : (
        <Select
          label={setting.title}
          labelHidden
          className="max-w-80"
          options={options}
          value={value}
          onChange={choose}
          {...(hint === undefined ? {} : { hint })}
          {...(setting.wrong === null ? {} : { error: setting.wrong })}
        />
      )}
    </SettingRow>
  );
}
