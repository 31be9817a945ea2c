/** Puts a backup in the database's place; what was read before is asked for again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEngine } from './engine-context.tsx';
import { failureOf } from './failure.ts';

export interface Restore {
  readonly busy: boolean;
  readonly failure: string | null;
  /** `passphrase` null asks the system's keychain. */
  start(file: string, passphrase: string | null): void;
}

export function useRestore(onDone: () => void): Restore {
  const { api } = useEngine();
  const queries = useQueryClient();
  const restore = useMutation({
    ...api.session.restore.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: async (opened) => {
      queries.setQueryData(api.session.status.queryKey(), opened);
      onDone();
      await queries.invalidateQueries();
    },
  });
  return {
    busy: restore.isPending,
    failure: restore.error === null ? null : failureOf(restore.error).message,
    start: (file, passphrase) => restore.mutate({ file, passphrase }),
  };
}
