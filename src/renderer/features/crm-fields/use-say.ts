/** Says what a field means; each change says what it did and can be taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CrmField, SaidOfField } from '../../../shared/contract/crm-fields.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';
import { sentenceOf } from './words.ts';

export interface Say {
  readonly busy: boolean;
  say(field: CrmField, said: SaidOfField): void;
  /** Has the field's values read from now on. */
  read(field: CrmField): void;
  undo(changeId: number): void;
}

export function useSay(): Say {
  const { api } = useEngine();
  const toast = useToast();
  const queries = useQueryClient();
  const forget = () => queries.invalidateQueries({ queryKey: api.crmFields.key() });
  const save = useMutation({ ...api.crmFields.save.mutationOptions(), onSuccess: forget });
  const takeBack = useMutation({ ...api.crmFields.undo.mutationOptions(), onSuccess: forget });
  const ask = useMutation({ ...api.crmFields.read.mutationOptions(), onSuccess: forget });
  const undo = (changeId: number): void => takeBack.mutate({ changeId });
  return {
    busy: save.isPending || takeBack.isPending || ask.isPending,
    say({ sourceId, object, key, label }, said) {
      save.mutate(
        { sourceId, object, key, said },
        {
          onSuccess: ({ changeId }) => toast({ text: sentenceOf(label, said), undo: () => undo(changeId) }),
        },
      );
    },
    read({ sourceId, object, key, label }) {
      ask.mutate({ sourceId, object, key }, { onSuccess: () => toast({ text: `${label} is read with this sync` }) });
    },
    undo,
  };
}
