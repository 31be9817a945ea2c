/** A setting that is typed: saved with Enter or when the field is left, taken back with Escape. */
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import type { TitledSetting } from '../../../../shared/contract/settings-sections.ts';
import { TextField, type TextFieldProps } from '../../../ui/text-field.tsx';
import { useSetting, type Typed } from '../use-setting.ts';
import { SettingRow } from './setting-row.tsx';

type Change = Parameters<typeof useSetting>[0];

export interface SettingTextProps<Name extends TitledSetting & Change> extends Pick<
  TextFieldProps,
  'hint' | 'inputMode' | 'placeholder' | 'maxLength' | 'type'
> {
  name: Name;
  workspace: Workspace;
  /** The value as it stands in the field. */
  show: (value: Workspace[Name]) => string;
  /** The value that a text means; a sentence where it means none. */
  read: (text: string) => { readonly value: Typed<Name> } | { readonly wrong: string };
}

export function SettingText<Name extends TitledSetting & Change>(props: SettingTextProps<Name>): ReactNode {
  const { name, workspace, show, read, ...field } = props;
  const setting = useSetting(name, workspace);
  const kept = show(setting.value);
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const commit = (): void => {
    if (draft === null) return;
    const meant = read(draft.trim());
    if ('wrong' in meant) {
      setWrong(meant.wrong);
      return;
    }
    setWrong(null);
    setDraft(null);
    setting.save(meant.value);
  };
  const error = wrong ?? setting.wrong;
  return (
    <SettingRow id={name} title={setting.title}>
      <TextField
        {...field}
        label={setting.title}
        labelHidden
        className="max-w-80"
        value={draft ?? kept}
        onChange={(text) => {
          setDraft(text);
          setWrong(null);
          setting.clear();
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key !== 'Escape' || draft === null) return;
          event.preventDefault();
          setDraft(null);
          setWrong(null);
        }}
        {...(error === null ? {} : { error })}
      />
    </SettingRow>
  );
}
