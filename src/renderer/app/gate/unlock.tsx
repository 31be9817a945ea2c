/** The database is locked: the same screen on the desktop and in the browser. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SessionStatus } from '../../../shared/contract/session.ts';
import { failureOf, useEngine } from '../../lib/engine/index.ts';
import { Button } from '../../ui/button.tsx';
import { SecretField } from '../../ui/text-field.tsx';
import { Stage } from './stage.tsx';

export interface UnlockProps {
  status: SessionStatus;
  /** The key was right, and the database could not be opened all the same. */
  onBroken: () => void;
}

export function Unlock({ status, onBroken }: UnlockProps): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const unlock = useMutation({
    ...api.session.unlock.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (opened) => {
      setPassphrase('');
      queries.setQueryData(api.session.status.queryKey(), opened);
    },
    onError: (error) => {
      if (!['auth_failed', 'rate_limited'].includes(failureOf(error).code)) onBroken();
      // A wrong key for the right passphrase is known by the host alone.
      return queries.invalidateQueries({ queryKey: api.session.status.key() });
    },
  });
  const byPassphrase = status.protections.includes('passphrase') || status.protections.includes('recovery');
  const byKeychain = status.protections.includes('keychain') && status.keychainAvailable;
  const failure = unlock.error === null ? undefined : failureOf(unlock.error).message;
  return (
    <Stage title="Unlock Vario">
      <p className="text-muted">The numbers are encrypted on this machine. They open with your key only.</p>
      {byKeychain && (
        <Button
          kind={byPassphrase ? 'secondary' : 'primary'}
          size="lg"
          icon={KeyRound}
          busy={unlock.isPending}
          onClick={() => unlock.mutate({ passphrase: null })}
        >
          Unlock with the system’s keychain
        </Button>
      )}
      {byPassphrase && (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (passphrase !== '') unlock.mutate({ passphrase });
          }}
        >
          <SecretField
            label={status.protections.includes('passphrase') ? 'Passphrase' : 'Recovery passphrase'}
            value={passphrase}
            onChange={setPassphrase}
            autoComplete="current-password"
            autoFocus
            {...(failure === undefined ? {} : { error: failure })}
          />
          <Button type="submit" kind="primary" size="lg" busy={unlock.isPending} disabled={passphrase === ''}>
            Unlock
          </Button>
        </form>
      )}
      {!byPassphrase && failure !== undefined && (
        <p role="alert" className="text-loss">
          {failure}
        </p>
      )}
    </Stage>
  );
}
