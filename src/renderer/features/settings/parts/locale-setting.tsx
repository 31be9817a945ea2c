/** The language in which figures and days are written: of the system, of a list, or any other by its tag. */
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { isLocale } from '../locale.ts';
import { useSetting } from '../use-setting.ts';
import { SettingRow } from './setting-row.tsx';

const SYSTEM = 'system';
const OTHER = 'other';
const OFFERED = (
  'en-US en-GB en-AU en-CA en-IE en-IN en-NZ en-ZA de-DE de-AT de-CH fr-FR fr-CA fr-CH it-IT es-ES es-MX es-AR pt-BR ' +
  'pt-PT nl-NL da-DK sv-SE nb-NO fi-FI pl-PL cs-CZ hu-HU ro-RO el-GR tr-TR uk-UA he-IL ar-EG ar-AE hi-IN id-ID ja-JP ' +
  'ko-KR th-TH vi-VN zh-CN zh-TW'
).split(' ');

export function LocaleSetting({ workspace }: { workspace: Workspace }): ReactNode {
  const setting = useSetting('locale', workspace);
  const [tag, setTag] = useState<string | null>(null);
  const kept = setting.value;
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  const known = kept === null || OFFERED.includes(kept) ? OFFERED : [kept, ...OFFERED];
  const wrong =
    tag !== null && tag !== '' && !isLocale(tag) ? `“${tag}” is not a language tag. Try en-US.` : setting.wrong;
  const commit = (): void => {
    if (tag === null || tag.trim() === '' || !isLocale(tag.trim())) return;
    setting.save(tag.trim());
    setTag(null);
  };
  return (
    <SettingRow id="locale" title={setting.title}>
      <div className="flex max-w-80 flex-col gap-2">
        <Select
          label={setting.title}
          labelHidden
          options={[
            { value: SYSTEM, label: `As the system (${navigator.language})` },
            ...known.map((value) => ({ value, label: `${names.of(value) ?? value} · ${value}` })),
            { value: OTHER, label: 'Another…' },
          ]}
          value={tag === null ? (kept ?? SYSTEM) : OTHER}
          onChange={(chosen) => {
            if (chosen === OTHER) {
              setTag('');
              return;
            }
            setTag(null);
            setting.save(chosen === SYSTEM ? null : chosen);
          }}
          {...(wrong === null || tag !== null ? {} : { error: wrong })}
        />
        {tag !== null && (
          <TextField
            label="Language tag"
            hint="BCP 47, such as en-US; ar-EG-u-nu-latn writes European digits."
            value={tag}
            onChange={setTag}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commit();
            }}
            maxLength={35}
            {...(wrong === null ? {} : { error: wrong })}
          />
        )}
      </div>
    </SettingRow>
  );
}
