/** The ways to the key: passphrase, keychain, recovery; and the lock. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SessionStatus } from '../../../../shared/contract/session.ts';
import { failureOf, useEngine } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

const WAYS: Record<SessionStatus['protections'][number], string> = {
  keychain: 'the system’s keychain',
  passphrase: 'a passphrase',
  recovery: 'a recovery passphrase',
  throw_away: 'a throw-away key that ends with this process',
};

type Opened = 'passphrase' | 'recovery' | null;

export function Security({ status }: { status: SessionStatus }): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const [opened, setOpened] = useState<Opened>(null);
  const byKeychain = status.protections.includes('keychain') && status.keychainAvailable;
  const throwAway = status.protections.includes('throw_away');
  const lock = useMutation({
    ...api.session.lock.mutationOptions(),
    onSuccess: (locked) => queries.setQueryData(api.session.status.queryKey(), locked),
  });
  const done = (text: string) => (changed: SessionStatus) => {
    queries.setQueryData(api.session.status.queryKey(), changed);
    setOpened(null);
    toast({ text });
  };
  const quiet = { meta: { showsFailure: true } };
  const change = useMutation({
    ...api.session.changePassphrase.mutationOptions(),
    ...quiet,
    onSuccess: done('The passphrase was changed. The old one opens nothing any more.'),
  });
  const recover = useMutation({
    ...api.session.setRecovery.mutationOptions(),
    ...quiet,
    onSuccess: done('The recovery passphrase is set. Keep it apart from this machine.'),
  });
  const failure = opened === 'passphrase' ? change.error : recover.error;
  return (
    <Tile
      title="Security"
      subtitle={`The database is encrypted; it opens with ${status.protections.map((way) => WAYS[way]).join(', ')}`}
      actions={
        !throwAway && (
          <Button size="sm" icon={Lock} busy={lock.isPending} onClick={() => lock.mutate(undefined)}>
            Lock now
          </Button>
        )
      }
    >
      {throwAway ? (
        <Callout title="The demo uses a throw-away key">
          It is in memory only: when this process ends, nobody can open the demo’s database again, and it is deleted.
          Your own company gets a key of its own.
        </Callout>
      ) : (
        <div className="flex flex-col gap-4">
          <div className="flex gap-2">
            {status.protections.includes('passphrase') && (
              <Button
                aria-expanded={opened === 'passphrase'}
                onClick={() => setOpened(opened === 'passphrase' ? null : 'passphrase')}
              >
                Change passphrase
              </Button>
            )}
            <Button
              aria-expanded={opened === 'recovery'}
              onClick={() => setOpened(opened === 'recovery' ? null : 'recovery')}
            >
              {status.protections.includes('recovery') ? 'Replace recovery passphrase' : 'Set recovery passphrase'}
            </Button>
          </div>
          {opened !== null && (
            <PassphraseForm
              key={opened}
              needsCurrent={opened === 'passphrase' || !byKeychain}
              busy={change.isPending || recover.isPending}
              failure={failure === null ? null : failureOf(failure).message}
              onSubmit={({ current, next }) =>
                opened === 'passphrase'
                  ? change.mutate({ current, next })
                  : recover.mutate({ passphrase: next, current: byKeychain ? null : current })
              }
            />
          )}
        </div>
      )}
    </Tile>
  );
}
