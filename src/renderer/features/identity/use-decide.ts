/** What a person says about two records; each says what it did and can be taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountMatch } from '../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export interface Decide {
  readonly busy: boolean;
  (
    action: 'link' | 'unlink' | 'reject',
    account: AccountMatch,
    to: { customerId: CustomerId; customerName: string },
  ): void;
}

const DONE = {
  link: (account: string, customer: string) => `${account} is ${customer}`,
  unlink: (account: string, customer: string) => `${account} is no longer ${customer}`,
  reject: (account: string, customer: string) => `${account} is not ${customer}`,
} as const;

export function useUndoDecisions(): { readonly busy: boolean; readonly undo: (decisionIds: number[]) => void } {
  const { api } = useEngine();
  const queries = useQueryClient();
  const undo = useMutation({
    ...api.identity.undo.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.identity.key() }),
  });
  return { busy: undo.isPending, undo: (decisionIds) => undo.mutate({ decisionIds }) };
}

export function useDecide(): Decide {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const { undo } = useUndoDecisions();
  const decide = useMutation({
    ...api.identity.decide.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.identity.key() }),
  });
  const say = (
    action: 'link' | 'unlink' | 'reject',
    account: AccountMatch,
    { customerId, customerName }: { customerId: CustomerId; customerName: string },
  ): void => {
    const { sourceId, accountId } = account;
    decide.mutate(
      { action, sourceId, accountId, customerId },
      {
        onSuccess: ({ decisionId }) =>
          toast({
            text: DONE[action](account.name ?? accountId, customerName),
            undo: () => undo([decisionId]),
          }),
      },
    );
  };
  return Object.assign(say, { busy: decide.isPending });
}
