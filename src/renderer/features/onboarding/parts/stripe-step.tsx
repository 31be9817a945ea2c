/** The company and its restricted key: checked first, stored only when it can read what is needed. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ExternalLink } from '../../../lib/address/index.ts';
import { failureOf, useConnectForm, useEngine, type Descriptor } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { currencyOptions, zoneOptions } from '../../../ui/choices.ts';
import { ConnectFields } from '../../../ui/connect-fields.tsx';
import { Select } from '../../../ui/select.tsx';
import { SourceCheckResult } from '../../../ui/source-check-result.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';

const STRIPE_KEYS = 'https://dashboard.stripe.com/apikeys/create';

export function StripeStep({
  descriptor,
  onStarted,
}: {
  descriptor: Descriptor;
  onStarted: (jobId: number) => void;
}): ReactNode {
  const { api, client } = useEngine();
  const { locale } = useFormat();
  const systemZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const workspace = useQuery(api.workspace.get.queryOptions());
  const form = useConnectForm(descriptor);
  const [company, setCompany] = useState('');
  const [currency, setCurrency] = useState<string | null>(null);
  const [zone, setZone] = useState(systemZone);
  const [wantsRates, setWantsRates] = useState(true);
  const toast = useToast();
  const chosenCurrency = currency ?? workspace.data?.reportingCurrency ?? 'USD';
  const quiet = { meta: { showsFailure: true } };
  const check = useMutation({ ...api.sources.check.mutationOptions(), ...quiet });
  const connect = useMutation({
    ...quiet,
    mutationFn: async () => {
      await client.workspace.update({ companyName: company.trim(), reportingCurrency: chosenCurrency, timeZone: zone });
      const connected = await client.sources.connect({ ...form.connection(), name: descriptor.title });
      if (wantsRates) await connectRates();
      return connected;
    },
    onSuccess: ({ jobId }) => {
      form.clear();
      onStarted(jobId);
    },
  });
  /** Without rates Stripe's figures in its own currency still stand, so a failure here is told and does not stop the start. */
  const connectRates = async (): Promise<void> => {
    try {
      await client.sources.connect({ vendor: 'frankfurter', name: 'Frankfurter', config: {}, secrets: {} });
    } catch (error) {
      toast({ text: `Exchange rates are not connected: ${failureOf(error).message}`, tone: 'warn' });
    }
  };
  const error = check.error ?? connect.error;
  const ready = form.complete && company.trim() !== '';
  const submit = (): void => {
    if (ready) check.mutate(form.connection(), { onSuccess: (result) => result.ok && connect.mutate() });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Tile title="2 · The company">
        <div className="grid grid-cols-3 gap-4 max-[700px]:grid-cols-1">
          <TextField label="Company name" value={company} onChange={setCompany} maxLength={200} required />
          <Select
            label="Reporting currency"
            options={currencyOptions(locale)}
            value={chosenCurrency}
            onChange={setCurrency}
          />
          <Select label="Time zone" options={zoneOptions(systemZone)} value={zone} onChange={setZone} />
        </div>
        <div className="mt-4">
          <Checkbox
            label="Exchange rates from Frankfurter"
            hint="Values customers who pay in other currencies. Public daily rates, no key; nothing about the company is sent."
            checked={wantsRates}
            onChange={setWantsRates}
          />
        </div>
      </Tile>
      <Tile title="3 · A restricted key" subtitle="Read-only: Vario cannot change anything at Stripe">
        <div className="grid grid-cols-2 gap-6 max-[700px]:grid-cols-1">
          <div className="flex flex-col gap-3">
            <ConnectFields descriptor={descriptor} form={form} />
            {check.data !== undefined && <SourceCheckResult check={check.data} title={descriptor.title} />}
            {error !== null && (
              <p role="alert" className="text-loss">
                {failureOf(error).message}
              </p>
            )}
            <div>
              <Button
                type="submit"
                kind="primary"
                size="lg"
                busy={check.isPending || connect.isPending}
                disabled={!ready}
              >
                Check and connect
              </Button>
            </div>
          </div>
          <Scopes descriptor={descriptor} />
        </div>
      </Tile>
    </form>
  );
}

/** How to make the key, and what it has to be able to read. */
function Scopes({ descriptor }: { descriptor: Descriptor }): ReactNode {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <ol className="list-decimal pl-4 text-muted">
        <li>
          Open <ExternalLink href={STRIPE_KEYS}>Stripe’s page for restricted keys</ExternalLink>.
        </li>
        <li>Set these resources to “Read”, leave all others at “None”.</li>
        <li>Create the key, copy it, paste it here.</li>
      </ol>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-0.5 rounded-md bg-sunken p-3 text-xs">
        {descriptor.scopes.map((scope) => (
          <li key={scope.id} title={scope.why} className="truncate text-ink">
            {scope.title}
            {!scope.required && <span className="text-subtle"> (optional)</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
