/** Changing targets: every change can be taken back from the message that tells of it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TargetChange } from '../../../shared/contract/targets.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export interface TargetActs {
  readonly isBusy: boolean;
  save(change: TargetChange, done: () => void): void;
  remove(targetId: number): void;
}

export function useTargetActs(): TargetActs {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.targets.key() }),
      queries.invalidateQueries({ queryKey: api.digests.key() }),
    ]);
  const undo = useMutation({
    ...api.targets.undo.mutationOptions(),
    onSuccess: () => {
      toast({ text: 'Taken back' });
      return refresh();
    },
  });
  const told = (text: string, editId: number): void => toast({ text, undo: () => undo.mutate({ editId }) });
  const save = useMutation(api.targets.save.mutationOptions());
  const remove = useMutation({
    ...api.targets.remove.mutationOptions(),
    onSuccess: ({ editId }) => {
      told('Target removed', editId);
      return refresh();
    },
  });
  return {
    isBusy: save.isPending || remove.isPending || undo.isPending,
    save: (change, done) =>
      save.mutate(change, {
        onSuccess: ({ editId }) => {
          told('Target saved', editId);
          done();
          void refresh();
        },
      }),
    remove: (targetId) => remove.mutate({ targetId }),
  };
}
