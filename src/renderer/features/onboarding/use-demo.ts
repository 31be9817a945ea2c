/** The demo company in one click. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SessionStatus } from '../../../shared/contract/session.ts';
import { failureOf, useEngine } from '../../lib/engine/index.ts';

export interface Demo {
  readonly busy: boolean;
  readonly failure: string | null;
  /** Set when a key has to be made first and only a passphrase can protect it. */
  readonly needsKey: SessionStatus | null;
  start(): void;
}

/**
 * Starts the demo's vendors and their sync. Where there is no database yet, its
 * key goes into the system's keychain; without a keychain a passphrase is asked
 * for, because nothing may be stored that nobody can open again.
 */
export function useDemo(onStarted: (jobId: number) => void): Demo {
  const { api, client } = useEngine();
  const queries = useQueryClient();
  const status = useQuery(api.session.status.queryOptions());
  const [asksKey, setAsksKey] = useState(false);
  const start = useMutation({
    meta: { showsFailure: true },
    mutationFn: async () => {
      const now = await client.session.status();
      if (now.state === 'new') await client.session.create({ keychain: true, passphrase: null });
      return client.workspace.startDemo();
    },
    onSuccess: async ({ jobId }) => {
      onStarted(jobId);
      await queries.invalidateQueries();
    },
  });
  const unkeyed = status.data?.state === 'new' && !status.data.keychainAvailable ? status.data : null;
  return {
    busy: start.isPending,
    failure: start.error === null ? null : failureOf(start.error).message,
    needsKey: asksKey ? unkeyed : null,
    start: () => {
      if (status.data?.state === 'new' && !status.data.keychainAvailable && !asksKey) setAsksKey(true);
      else start.mutate();
    },
  };
}
