/** Changes a connection in place: its name, its settings, and a new key. What was read stays. */
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import { failureOf, useEngine, type Descriptor } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SecretField, TextField } from '../../../ui/text-field.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { SignInSource } from './sign-in-source.tsx';

export interface EditSourceProps {
  source: Source;
  descriptor: Descriptor;
  onClose: () => void;
}

type Values = Readonly<Record<string, string>>;

export function EditSource(props: EditSourceProps): ReactNode {
  const [signsIn, setSignsIn] = useState(false);
  const { source, descriptor, onClose } = props;
  return descriptor.signIn !== null && signsIn ? (
    <SignInSource
      descriptor={descriptor}
      fields={descriptor.signIn.fields}
      firstName={source.name}
      config={source.config}
      onClose={onClose}
      onToken={() => setSignsIn(false)}
    />
  ) : (
    <EditFields {...props} onSignIn={() => setSignsIn(true)} />
  );
}

function EditFields({ source, descriptor, onClose, onSignIn }: EditSourceProps & { onSignIn: () => void }): ReactNode {
  const { api } = useEngine();
  const toast = useToast();
  const [name, setName] = useState(source.name);
  const [config, setConfig] = useState<Values>(source.config);
  const [secrets, setSecrets] = useState<Values>({});
  const isAgain = source.state === 'disconnected';
  const edit = useMutation({
    ...api.sources.edit.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: ({ jobId }) => {
      setSecrets({});
      toast({ text: jobId === null ? 'Saved.' : `${name} is connected; a sync is under way.`, tone: 'gain' });
      onClose();
    },
  });
  const settings = descriptor.fields.filter(({ secret }) => !secret);
  const keys = descriptor.fields.filter(({ secret }) => secret);
  const ready = name.trim() !== '' && (!isAgain || keys.every((key) => !key.required || filled(secrets, key.name)));
  const submit = (): void => {
    if (!ready) return;
    const isTouched = isAgain || settings.some((field) => changed(config, source.config, field.name));
    const hasKey = keys.some((key) => filled(secrets, key.name));
    edit.mutate({
      sourceId: source.sourceId,
      name: name.trim(),
      ...(isTouched || hasKey ? { config, secrets } : {}),
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={isAgain ? `Connect ${source.name} again` : `Edit ${source.name}`}
      description="Checked at the vendor before anything is stored. It has to be the same account; what was read stays."
      className="w-[min(34rem,calc(100vw-2rem))]"
      footer={
        <>
          {descriptor.signIn !== null && <Button onClick={onSignIn}>Sign in again…</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={edit.isPending} disabled={!ready} onClick={submit}>
            Check and save
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
        {keys.map((key) => (
          <SecretField
            key={key.name}
            label={key.label}
            value={secrets[key.name] ?? ''}
            onChange={(value) => setSecrets({ ...secrets, [key.name]: value })}
            required={isAgain && key.required}
            hint={isAgain ? (key.help ?? '') : 'Stored here and never shown. Left empty, it stays as it is.'}
            {...(key.placeholder === null ? {} : { placeholder: key.placeholder })}
          />
        ))}
        <TextField label="Name in Vario" value={name} onChange={setName} maxLength={100} required />
        {settings.map((field) => (
          <TextField
            key={field.name}
            label={field.label}
            value={config[field.name] ?? ''}
            onChange={(value) => setConfig({ ...config, [field.name]: value })}
            {...(field.help === null ? {} : { hint: field.help })}
            {...(field.placeholder === null ? {} : { placeholder: field.placeholder })}
          />
        ))}
        {edit.error !== null && (
          <p role="alert" className="text-loss">
            {failureOf(edit.error).message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function filled(values: Values, name: string): boolean {
  return (values[name] ?? '').trim() !== '';
}

function changed(values: Values, before: Values, name: string): boolean {
  return (values[name] ?? '') !== (before[name] ?? '');
}
