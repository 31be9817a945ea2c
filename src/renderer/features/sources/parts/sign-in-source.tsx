/** Connects a source by signing in at its vendor: the browser does that, the engine hears of it, this window sees no token. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { failureOf, useConnectForm, useEngine, type Descriptor, type EngineClient } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { ConnectFields } from '../../../ui/connect-fields.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';

export interface SignInSourceProps {
  descriptor: Descriptor;
  /** Names of the fields that signing in needs; the others stay folded away. */
  fields: readonly string[];
  firstName: string;
  /** Settings of a source that is signed in to again; its name then stays. */
  config?: Readonly<Record<string, string>>;
  onClose: () => void;
  /** Somebody has a token already. */
  onToken: () => void;
}

export function SignInSource({
  descriptor,
  fields,
  firstName,
  config,
  onClose,
  onToken,
}: SignInSourceProps): ReactNode {
  const { api, client } = useEngine();
  const toast = useToast();
  const form = useConnectForm(descriptor, config);
  const [name, setName] = useState(firstName);
  const isAgain = config !== undefined;
  const quiet = { meta: { showsFailure: true } };
  const cancel = useMutation({ ...api.sources.cancelSignIn.mutationOptions(), ...quiet });
  const wait = useMutation({
    mutationFn: async (signInId: string) => await endOf(client, signInId),
    ...quiet,
    onSuccess: ({ state }) => {
      if (state !== 'done') return;
      form.clear();
      toast({ text: `${name} is connected; ${isAgain ? 'a' : 'its first'} sync is under way.`, tone: 'gain' });
      onClose();
    },
  });
  const start = useMutation({
    ...api.sources.signIn.mutationOptions(),
    ...quiet,
    onSuccess: ({ signInId, address }) => {
      window.open(address, '_blank', 'noopener,noreferrer');
      wait.mutate(signInId);
    },
  });
  const waiting = wait.isPending;
  const close = (): void => {
    if (waiting && start.data !== undefined) cancel.mutate({ signInId: start.data.signInId });
    onClose();
  };
  const submit = (): void => {
    if (name.trim() !== '') start.mutate({ ...form.connection(), name: name.trim() });
  };
  const ended = wait.data?.state === 'refused' || wait.data?.state === 'timed_out' ? wait.data.message : null;
  const failed = start.error ?? wait.error;
  const problem = failed === null ? ended : failureOf(failed).message;
  return (
    <Dialog
      open
      onClose={close}
      title={isAgain ? `Sign in to ${name} again` : `Connect ${descriptor.title}`}
      description={descriptor.description}
      className="w-[min(34rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={onToken} disabled={waiting}>
            Use a token instead
          </Button>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" busy={start.isPending} disabled={name.trim() === '' || waiting} onClick={submit}>
            Sign in
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!waiting) submit();
        }}
      >
        <div role="status">
          {waiting && start.data !== undefined && (
            <Callout tone="neutral" title="Waiting for the sign-in in your browser">
              <a className="text-accent underline" href={start.data.address} target="_blank" rel="noreferrer">
                Open the sign-in page
              </a>
              {' if it did not open by itself. It comes back to this machine; the wait ends after ten minutes.'}
            </Callout>
          )}
        </div>
        {problem !== null && !waiting && (
          <p role="alert" className="text-loss">
            {problem}
          </p>
        )}
        {!waiting && (
          <>
            {!isAgain && <TextField label="Name in Vario" value={name} onChange={setName} maxLength={100} />}
            <ConnectFields descriptor={withoutTokens(descriptor)} form={form} inSight={fields} />
            <details>
              <summary className="text-xs font-medium text-muted hover:text-ink">
                What it must be allowed to read
              </summary>
              <ul className="mt-1 list-disc pl-4 text-sm">
                {descriptor.scopes.map((scope) => (
                  <li key={scope.id}>
                    <span className="font-medium">{scope.title}</span>: {scope.why}
                  </li>
                ))}
              </ul>
            </details>
          </>
        )}
      </form>
    </Dialog>
  );
}

type SignInState = Awaited<ReturnType<EngineClient['sources']['signInState']>>;

const EVERY_MS = 1_000;

/** Asks until it has ended: done, refused, or nobody came in time. */
async function endOf(client: EngineClient, signInId: string): Promise<SignInState> {
  for (;;) {
    const state = await client.sources.signInState({ signInId });
    if (state.state !== 'waiting') return state;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

/** What is asked when signing in: of all secrets only the app's own. */
function withoutTokens(descriptor: Descriptor): Descriptor {
  return { ...descriptor, fields: descriptor.fields.filter(({ secret, name }) => !secret || !name.endsWith('Token')) };
}
