/** Connects a further source: the form is built from its descriptor, and nothing is stored before the check passes. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { failureOf, useConnectForm, useEngine, type Descriptor } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { ConnectFields } from '../../../ui/connect-fields.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SourceCheckResult } from '../../../ui/source-check-result.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { SignInSource } from './sign-in-source.tsx';

export interface AddSourceProps {
  descriptor: Descriptor;
  /** Sources there are already: a further one of the same vendor gets a name of its own. */
  connected: readonly Source[];
  onClose: () => void;
}

export function AddSource(props: AddSourceProps): ReactNode {
  const [byToken, setByToken] = useState(false);
  const { signIn } = props.descriptor;
  return signIn === null || byToken ? (
    <AddByKey {...props} />
  ) : (
    <SignInSource
      {...props}
      fields={signIn.fields}
      firstName={freeName(props.descriptor.title, props.connected)}
      onToken={() => setByToken(true)}
    />
  );
}

function AddByKey({ descriptor, connected, onClose }: AddSourceProps): ReactNode {
  const { api } = useEngine();
  const toast = useToast();
  const form = useConnectForm(descriptor);
  const [name, setName] = useState(() => freeName(descriptor.title, connected));
  const quiet = { meta: { showsFailure: true } };
  const check = useMutation({ ...api.sources.check.mutationOptions(), ...quiet });
  const connect = useMutation({
    ...api.sources.connect.mutationOptions(),
    ...quiet,
    onSuccess: () => {
      form.clear();
      toast({ text: `${name} is connected; its first sync is under way.`, tone: 'gain' });
      onClose();
    },
  });
  const error = check.error ?? connect.error;
  const ready = form.complete && name.trim() !== '';
  const submit = (): void => {
    if (!ready) return;
    check.mutate(form.connection(), {
      onSuccess: (result) => {
        if (result.ok) connect.mutate({ ...form.connection(), name: name.trim() });
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Connect ${descriptor.title}`}
      description={descriptor.description}
      className="w-[min(34rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={check.isPending || connect.isPending} disabled={!ready} onClick={submit}>
            Check and connect
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label="Name in Vario" value={name} onChange={setName} maxLength={100} />
        <ConnectFields descriptor={descriptor} form={form} inSight={tokenFields(descriptor)} />
        {check.data !== undefined && <SourceCheckResult check={check.data} title={descriptor.title} />}
        {error !== null && (
          <p role="alert" className="text-loss">
            {failureOf(error).message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** Where nothing is required, because it can be had by signing in, what stands for it is in sight. */
function tokenFields({ signIn, fields }: Descriptor): string[] {
  return signIn === null ? [] : [...signIn.fields, ...fields.flatMap(({ secret, name }) => (secret ? [name] : []))];
}

/** `Stripe`, `Stripe 2`, …: the first that no source has. */
function freeName(title: string, connected: readonly Source[]): string {
  const taken = new Set(connected.map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? title : `${title} ${number}`;
    if (!taken.has(name)) return name;
  }
}
