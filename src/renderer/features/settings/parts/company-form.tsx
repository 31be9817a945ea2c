/** Name, currency, zone and calendar of the company. */
import { useState, type ReactNode } from 'react';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { currencyOptions, monthOptions, weekdayOptions, zoneOptions } from '../../../ui/choices.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { isLocale } from '../locale.ts';
import { useSave } from '../use-save.ts';
import { SaveRow } from './save-row.tsx';

export function CompanyForm({ workspace }: { workspace: Workspace }): ReactNode {
  const { locale } = useFormat();
  const { save, saving, failure } = useSave();
  const [name, setName] = useState(workspace.companyName);
  const [currency, setCurrency] = useState<string>(workspace.reportingCurrency);
  const [zone, setZone] = useState<string>(workspace.timeZone);
  const [language, setLanguage] = useState(workspace.locale ?? '');
  const [week, setWeek] = useState(String(workspace.weekStartsOn));
  const [fiscal, setFiscal] = useState(String(workspace.fiscalYearStartMonth));
  const languageWrong = language !== '' && !isLocale(language);
  const submit = (): void => {
    if (name.trim() === '' || languageWrong) return;
    save({
      companyName: name.trim(),
      reportingCurrency: currency,
      timeZone: zone,
      locale: language === '' ? null : language,
      weekStartsOn: Number(week),
      fiscalYearStartMonth: Number(fiscal),
    });
  };
  return (
    <Tile title="Company" subtitle="Changing the currency or the time zone computes all figures again">
      <form
        className="grid grid-cols-2 gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label="Name" value={name} onChange={setName} maxLength={200} required />
        <Select label="Reporting currency" options={currencyOptions(locale)} value={currency} onChange={setCurrency} />
        <Select
          label="Time zone"
          hint="A day of the company begins at midnight there."
          options={zoneOptions(workspace.timeZone)}
          value={zone}
          onChange={setZone}
        />
        <TextField
          label="Language of figures and dates"
          hint="A tag such as en-US or de-DE; empty follows the system."
          value={language}
          onChange={setLanguage}
          {...(languageWrong ? { error: `“${language}” is not a language tag. Try en-US.` } : {})}
        />
        <Select label="Week begins on" options={weekdayOptions(locale)} value={week} onChange={setWeek} />
        <Select label="Fiscal year begins in" options={monthOptions(locale)} value={fiscal} onChange={setFiscal} />
        <SaveRow
          label="Save company"
          saving={saving}
          disabled={name.trim() === '' || languageWrong}
          failure={failure}
        />
      </form>
    </Tile>
  );
}
