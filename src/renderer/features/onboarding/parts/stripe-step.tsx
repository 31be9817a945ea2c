/** A restricted key: checked first, stored only when it can read what is needed. What the account says is proposed at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { timeZone } from '../../../../shared/kernel/day.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { failureOf, useConnectForm, useEngine, type Descriptor } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ConnectFields } from '../../../ui/connect-fields.tsx';
import { HelpButton } from '../../../ui/help-button.tsx';
import { SourceCheckResult } from '../../../ui/source-check-result.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';
import { keyPage } from '../key-page.ts';
import { keyRemark } from '../key-kind.ts';
import { proposalOf } from '../proposals.ts';
import { ConnectFailure } from './connect-failure.tsx';
import { STEPS } from './step-list.tsx';

const SECRET = 'apiKey';

export function StripeStep(props: { descriptor: Descriptor; companyIsSet: boolean }): ReactNode {
  const { descriptor, companyIsSet } = props;
  const { api, client } = useEngine();
  const queries = useQueryClient();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const form = useConnectForm(descriptor);
  const [wantsRates, setWantsRates] = useState(true);
  const toast = useToast();
  const quiet = { meta: { showsFailure: true } };
  const check = useMutation({ ...api.sources.check.mutationOptions(), ...quiet });
  const connect = useMutation({
    ...quiet,
    mutationFn: async (found: Parameters<typeof proposalOf>[0]) => {
      if (workspace.data !== undefined) {
        const machineZone = timeZone(new Intl.DateTimeFormat().resolvedOptions().timeZone);
        const proposal = proposalOf(found, { workspace: workspace.data, companyIsSet, machineZone });
        // Known before the next step is: it begins with what stands here.
        queries.setQueryData(api.workspace.get.queryKey(), await client.workspace.update(proposal));
      }
      await client.sources.connect({ ...form.connection(), name: descriptor.title });
      if (wantsRates) await connectRates();
    },
    onSuccess: () => form.clear(),
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
  const remark = keyRemark(form.values[SECRET] ?? '');
  const ready = form.complete && remark?.tone !== 'loss';
  const submit = (): void => {
    if (ready)
      check.mutate(form.connection(), {
        onSuccess: (result) => result.ok && result.liveMode !== false && connect.mutate(result),
      });
  };
  const test = check.data?.ok === true && check.data.liveMode === false ? check.data : null;
  const busy = check.isPending || connect.isPending;
  return (
    <Tile
      title={STEPS[1].title}
      subtitle="Read-only: Vario cannot change anything at Stripe"
      actions={<HelpButton about="the key for Stripe" topic="sources-stripe#the-key" />}
    >
      <form
        className="grid grid-cols-2 gap-6 max-[700px]:grid-cols-1"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="flex flex-col gap-3">
          <ConnectFields descriptor={descriptor} form={form} disabled={busy} />
          {remark !== null && <Callout tone={remark.tone} title={remark.text} />}
          <Checkbox
            label="Exchange rates from Frankfurter"
            hint="Values customers who pay in other currencies. Public daily rates, no key; nothing about the company is sent."
            checked={wantsRates}
            onChange={setWantsRates}
          />
          {check.data !== undefined && <SourceCheckResult check={check.data} title={descriptor.title} />}
          {error !== null && <ConnectFailure error={error} />}
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              kind={test === null ? 'primary' : 'secondary'}
              size="lg"
              busy={busy}
              disabled={!ready}
            >
              Check and connect
            </Button>
            {test !== null && !busy && (
              <Button kind="primary" size="lg" autoFocus onClick={() => connect.mutate(test)}>
                Connect the test account
              </Button>
            )}
          </div>
        </div>
        <Scopes descriptor={descriptor} />
      </form>
    </Tile>
  );
}

/** How to make the key, and what it has to be able to read. */
function Scopes({ descriptor }: { descriptor: Descriptor }): ReactNode {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <ol className="list-decimal pl-4 text-muted">
        <li>
          Open <ExternalLink href={keyPage(descriptor.scopes)}>Stripe’s page for a new key, filled in</ExternalLink>
        </li>
        <li>These resources are to stand at “Read”, all others at “None”.</li>
        <li>Create the key, copy it, paste it here.</li>
      </ol>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-0.5 rounded-md bg-sunken p-3 text-xs">
        {descriptor.scopes.map((scope) => (
          <li key={scope.id} title={scope.why} className="truncate text-ink">
            {scope.title.replace(/: Read$/, '')}
            {!scope.required && <span className="text-muted"> (optional)</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
