/** Saves a part of the company's settings and says so. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureOf, useEngine, type EngineClient } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export type WorkspaceChange = Parameters<EngineClient['workspace']['update']>[0];

export interface Save {
  save(change: WorkspaceChange): void;
  readonly saving: boolean;
  /** Why the last attempt failed, for the form to show. */
  readonly failure: string | null;
}

export function useSave(): Save {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const update = useMutation({
    ...api.workspace.update.mutationOptions(),
    meta: { showsFailure: true },
    onSuccess: (saved) => {
      queries.setQueryData(api.workspace.get.queryKey(), saved);
      toast({ text: 'Saved.' });
    },
  });
  return {
    save: (change) => update.mutate(change),
    saving: update.isPending,
    failure: update.error === null ? null : failureOf(update.error).message,
  };
}
