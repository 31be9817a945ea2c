/** The company: proposed from the account and the machine, each with what it changes. The history streams in meanwhile. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { currencyCode, exponentOf } from '../../../../shared/kernel/currency.ts';
import { dayAt, timeZone } from '../../../../shared/kernel/day.ts';
import { minor, money } from '../../../../shared/kernel/money.ts';
import type { Workspace } from '../../../../shared/contract/workspace.ts';
import { failureOf, stateOf, useEngine } from '../../../lib/engine/index.ts';
import { createFormatter } from '../../../lib/format.ts';
import { useNow } from '../../../lib/now.ts';
import { Button } from '../../../ui/button.tsx';
import { currencyOptions, monthOptions, weekdayOptions, zoneOptions } from '../../../ui/choices.ts';
import { HelpButton } from '../../../ui/help-button.tsx';
import { Select } from '../../../ui/select.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { localeOptions, SYSTEM_LOCALE } from '../locales.ts';
import { ReadingNow } from './reading-now.tsx';
import { STEPS } from './step-list.tsx';

export function CompanyStep({ onDone }: { onDone: () => void }): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const onboarding = useQuery(api.onboarding.state.queryOptions());
  const sources = useQuery(api.sources.list.queryOptions());
  const account = sources.data?.find(({ family }) => family === 'billing')?.accountName ?? null;
  const named = onboarding.data?.checklist.items.some(({ id, done }) => id === 'company' && done) === true;
  return (
    <StateGate state={stateOf(workspace)}>
      {workspace.data !== undefined && onboarding.data !== undefined && (
        <CompanyFields workspace={workspace.data} named={named} account={account} onDone={onDone} />
      )}
      <ReadingNow />
    </StateGate>
  );
}

interface CompanyFieldsProps {
  workspace: Workspace;
  /** False while the company has the name that every company begins with. */
  named: boolean;
  /** The name of the account that was connected, where it has one. */
  account: string | null;
  onDone: () => void;
}

function CompanyFields({ workspace, named, account, onDone }: CompanyFieldsProps): ReactNode {
  const { api } = useEngine();
  const [name, setName] = useState(named ? workspace.companyName : '');
  const [currency, setCurrency] = useState<string>(workspace.reportingCurrency);
  const [zone, setZone] = useState<string>(workspace.timeZone);
  const [locale, setLocale] = useState(workspace.locale ?? SYSTEM_LOCALE);
  const [week, setWeek] = useState(String(workspace.weekStartsOn));
  const [fiscal, setFiscal] = useState(String(workspace.fiscalYearStartMonth));
  const save = useMutation({
    ...api.workspace.update.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: onDone,
  });
  const now = useNow();
  const shown = locale === SYSTEM_LOCALE ? navigator.language : locale;
  const submit = (): void => {
    if (name.trim() === '') return;
    save.mutate({
      companyName: name.trim(),
      reportingCurrency: currency,
      timeZone: zone,
      locale: locale === SYSTEM_LOCALE ? null : locale,
      weekStartsOn: Number(week),
      fiscalYearStartMonth: Number(fiscal),
    });
  };
  return (
    <Tile
      title={STEPS[2].title}
      subtitle="All of it can be changed in Settings at any time"
      actions={<HelpButton about="the company" topic="room-settings#company" />}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="grid grid-cols-2 gap-4 max-[700px]:grid-cols-1">
          <TextField
            label="Company name"
            hint={account === null ? 'Stands on board packs and in the window.' : `As Stripe has it: ${account}.`}
            value={name}
            onChange={setName}
            maxLength={200}
            required
            autoFocus
          />
          <Select
            label="Reporting currency"
            hint="What all figures are shown in; amounts in others are converted by the day’s rate. Proposed from the Stripe account, where it names one."
            options={currencyOptions(shown)}
            value={currency}
            onChange={setCurrency}
          />
          <Select
            label="Time zone"
            hint="Where the company’s day, and with it a month, begins and ends. Proposed from this machine."
            options={zoneOptions(zone)}
            value={zone}
            onChange={setZone}
          />
          <Select
            label="Numbers and dates"
            hint={`How they are written: ${sampleOf(shown, currency, zone, now)}.`}
            options={localeOptions(navigator.language, workspace.locale)}
            value={locale}
            onChange={setLocale}
          />
          <Select
            label="Fiscal year begins in"
            hint="Where quarters and years of the company are cut."
            options={monthOptions(shown)}
            value={fiscal}
            onChange={setFiscal}
          />
          <Select
            label="Week begins on"
            hint="Where weeks are cut."
            options={weekdayOptions(shown)}
            value={week}
            onChange={setWeek}
          />
        </div>
        {save.error !== null && (
          <p role="alert" className="text-loss">
            {failureOf(save.error).message}
          </p>
        )}
        <div>
          <Button type="submit" kind="primary" size="lg" busy={save.isPending} disabled={name.trim() === ''}>
            Open the cockpit
          </Button>
        </div>
      </form>
    </Tile>
  );
}

const SAMPLE_MAJOR = 12_345;

/** An amount and today, written by the choices. */
function sampleOf(locale: string, currency: string, zone: string, now: Parameters<typeof dayAt>[0]): string {
  const format = createFormatter(locale, timeZone(zone));
  const code = currencyCode(currency);
  const amount = minor(SAMPLE_MAJOR * 10 ** exponentOf(code));
  return `${format.money(money(amount, code))}, ${format.day(dayAt(now, timeZone(zone)))}`;
}
