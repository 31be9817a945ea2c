/** Creates the key of the database: the system's keychain where it can be trusted, else a passphrase. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { PassphraseSchema, type SessionStatus } from '../../../../shared/contract/session.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { SecretField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { Checkbox } from '../../../ui/toggle.tsx';

export interface KeyStepProps {
  status: SessionStatus;
  title: string;
}

export function KeyStep({ status, title }: KeyStepProps): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [keychain, setKeychain] = useState(status.keychainAvailable);
  const create = useMutation({
    ...api.session.create.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (created) => {
      setPassphrase('');
      setAgain('');
      queries.setQueryData(api.session.status.queryKey(), created);
    },
  });
  const short = passphrase !== '' && !PassphraseSchema.safeParse(passphrase).success;
  const differs = again !== '' && again !== passphrase;
  const typed = PassphraseSchema.safeParse(passphrase).success && again === passphrase;
  const ready = keychain ? passphrase === '' || typed : typed;
  return (
    <Tile title={title} subtitle="The database is encrypted from its first byte">
      <form
        className="flex max-w-sm flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) create.mutate({ keychain, passphrase: passphrase === '' ? null : passphrase });
        }}
      >
        {status.keychainAvailable && (
          <Checkbox
            label="Open with the system’s keychain"
            hint="No passphrase to type; whoever can log in as you can open it."
            checked={keychain}
            onChange={setKeychain}
          />
        )}
        <SecretField
          label={keychain ? 'Passphrase beside it (optional)' : 'Passphrase'}
          hint="At least 12 characters. Nobody can reset it: keep it in a password manager."
          value={passphrase}
          onChange={setPassphrase}
          autoComplete="new-password"
          {...(short ? { error: 'It has fewer than 12 characters.' } : {})}
        />
        <SecretField
          label="Passphrase again"
          value={again}
          onChange={setAgain}
          autoComplete="new-password"
          {...(differs ? { error: 'The two are not the same.' } : {})}
        />
        {create.error !== null && (
          <p role="alert" className="text-loss">
            {failureOf(create.error).message}
          </p>
        )}
        <div>
          <Button type="submit" kind="primary" size="lg" busy={create.isPending} disabled={!ready}>
            Create the encrypted database
          </Button>
        </div>
      </form>
    </Tile>
  );
}
