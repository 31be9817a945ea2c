/** Each way to the key: since when it is there, adding, changing and taking it away. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { KeyWay, SessionStatus } from '../../../../shared/contract/session.ts';
import { failureOf, stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { OpenForm } from './open-form.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

type Way = KeyWay['way'];
type Task = { readonly way: Way; readonly act: 'set' | 'remove' } | null;

const WORDS: Readonly<Record<Way, { title: string; says: string }>> = {
  keychain: { title: 'System’s keychain', says: 'Opens on this computer, for whoever is signed in to it.' },
  passphrase: { title: 'Passphrase', says: 'Opens anywhere, for whoever knows it.' },
  recovery: {
    title: 'Recovery passphrase',
    says: 'Written down and kept apart from this machine, for the day on which the others fail.',
  },
};
const ORDER: readonly Way[] = ['keychain', 'passphrase', 'recovery'];

export function KeyWays({ status }: { status: SessionStatus }): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const format = useFormat();
  const toast = useToast();
  const ways = useQuery(api.session.ways.queryOptions());
  const [task, setTask] = useState<Task>(null);
  const done = (text: string) => async (changed: SessionStatus) => {
    queries.setQueryData(api.session.status.queryKey(), changed);
    setTask(null);
    toast({ text });
    await queries.invalidateQueries({ queryKey: api.session.ways.key() });
  };
  const quiet = { meta: { showsFailure: true } };
  const change = useMutation({
    ...api.session.changePassphrase.mutationOptions(),
    ...quiet,
    onSuccess: done('The passphrase was changed. The old one opens nothing any more.'),
  });
  const set = useMutation({
    ...api.session.setPassphrase.mutationOptions(),
    ...quiet,
    onSuccess: done('The passphrase is set.'),
  });
  const recover = useMutation({
    ...api.session.setRecovery.mutationOptions(),
    ...quiet,
    onSuccess: done('The recovery passphrase is set. Keep it apart from this machine.'),
  });
  const keychain = useMutation({
    ...api.session.addKeychain.mutationOptions(),
    ...quiet,
    onSuccess: done('The system’s keychain opens the database from now on.'),
  });
  const remove = useMutation({
    ...api.session.removeWay.mutationOptions(),
    ...quiet,
    onSuccess: done('That way to the key is gone.'),
  });
  const acts = [change, set, recover, keychain, remove];
  const busy = acts.some(({ isPending }) => isPending);
  const error = acts.find((act) => act.error !== null)?.error ?? null;
  const failure = error === null ? null : failureOf(error).message;
  const start = (next: Task): void => {
    for (const act of acts) act.reset();
    setTask(next);
  };
  const known = new Map((ways.data ?? []).map(({ way, since }) => [way, since]));
  const byKeychain = known.has('keychain') && status.keychainAvailable;
  const offered = ORDER.filter((way) => way !== 'keychain' || known.has(way) || status.keychainAvailable);
  const submit = (way: Way, { current, next }: { current: string; next: string }): void => {
    if (way === 'recovery') recover.mutate({ passphrase: next, current: byKeychain ? null : current });
    else if (known.has('passphrase')) change.mutate({ current, next });
    else set.mutate({ passphrase: next, current: byKeychain ? null : current });
  };
  return (
    <StateGate state={stateOf(ways)}>
      <ul className="flex flex-col divide-y divide-line">
        {offered.map((way) => {
          const since = known.get(way);
          const { title, says } = WORDS[way];
          const verb = since === undefined ? 'Add' : way === 'passphrase' ? 'Change' : 'Replace';
          const open = task?.way === way;
          return (
            <li key={way} className="py-2.5">
              <div className="flex items-start gap-3 max-[640px]:flex-col">
                <div className="min-w-0 flex-1">
                  <p className="font-medium">{title}</p>
                  <p className="text-xs text-pretty text-subtle">
                    {says} {since === undefined ? 'Not set.' : `Set ${format.instant(since)}.`}
                  </p>
                </div>
                <div className="flex gap-2">
                  {(since === undefined || way !== 'keychain') && (
                    <Button
                      aria-expanded={open && task.act === 'set'}
                      onClick={() => start(open && task.act === 'set' ? null : { way, act: 'set' })}
                    >
                      {verb}
                      <span className="sr-only"> {title.toLowerCase()}</span>
                    </Button>
                  )}
                  {since !== undefined && known.size > 1 && (
                    <Button
                      aria-expanded={open && task.act === 'remove'}
                      onClick={() => start(open && task.act === 'remove' ? null : { way, act: 'remove' })}
                    >
                      Remove
                      <span className="sr-only"> {title.toLowerCase()}</span>
                    </Button>
                  )}
                </div>
              </div>
              {open && task.act === 'set' && way !== 'keychain' && (
                <div className="pt-3">
                  <PassphraseForm
                    needsCurrent={!byKeychain || (way === 'passphrase' && since !== undefined)}
                    busy={busy}
                    failure={failure}
                    onSubmit={(typed) => submit(way, typed)}
                  />
                </div>
              )}
              {open && task.act === 'set' && way === 'keychain' && (
                <OpenForm
                  says="The passphrase that opens the database now gives the key to the keychain."
                  label="Add the keychain"
                  busy={busy}
                  failure={failure}
                  onSubmit={(passphrase) => keychain.mutate({ passphrase })}
                />
              )}
              {open && task.act === 'remove' && (
                <OpenForm
                  says={
                    way === 'keychain' || !byKeychain
                      ? 'Another passphrase shows that the database still opens without it.'
                      : 'The system’s keychain shows that the database still opens without it.'
                  }
                  label={`Remove the ${title.toLowerCase()}`}
                  busy={busy}
                  failure={failure}
                  asks={way === 'keychain' || !byKeychain}
                  onSubmit={(passphrase) => remove.mutate({ way, current: passphrase === '' ? null : passphrase })}
                />
              )}
            </li>
          );
        })}
      </ul>
    </StateGate>
  );
}
