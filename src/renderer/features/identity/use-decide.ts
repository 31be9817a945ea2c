/** What a person says about records; each says what it did and can be taken back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AccountMatch } from '../../../shared/contract/identity.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export interface NamedCustomer {
  readonly customerId: CustomerId;
  readonly customerName: string;
}

export interface Decide {
  readonly busy: boolean;
  (action: 'link' | 'unlink' | 'reject', account: AccountMatch, to: NamedCustomer): void;
}

const DONE = {
  link: (account: string, customer: string) => `${account} is ${customer}`,
  unlink: (account: string, customer: string) => `${account} is no longer ${customer}`,
  reject: (account: string, customer: string) => `${account} is not ${customer}`,
} as const;

/** Drops what is remembered of who is who, and of customers themselves. */
function useForget(): () => Promise<unknown> {
  const { api } = useEngine();
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.identity.key() }),
      queries.invalidateQueries({ queryKey: api.customers.key() }),
    ]);
}

export function useUndoDecisions(): { readonly busy: boolean; readonly undo: (decisionIds: number[]) => void } {
  const { api } = useEngine();
  const undo = useMutation({ ...api.identity.undo.mutationOptions(), onSuccess: useForget() });
  return { busy: undo.isPending, undo: (decisionIds) => undo.mutate({ decisionIds }) };
}

export function useDecide(): Decide {
  const { api } = useEngine();
  const toast = useToast();
  const { undo } = useUndoDecisions();
  const decide = useMutation({ ...api.identity.decide.mutationOptions(), onSuccess: useForget() });
  const say: (...about: Parameters<Decide>) => void = (action, account, { customerId, customerName }) => {
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

export interface Regroup {
  readonly busy: boolean;
  merge(others: readonly NamedCustomer[], into: NamedCustomer, done: () => void): void;
  split(
    record: { readonly sourceId: SourceId; readonly recordId: string },
    done: (customerId: CustomerId) => void,
  ): void;
}

export function useRegroup(): Regroup {
  const { api } = useEngine();
  const toast = useToast();
  const { undo } = useUndoDecisions();
  const forget = useForget();
  const merge = useMutation({ ...api.identity.merge.mutationOptions(), onSuccess: forget });
  const split = useMutation({ ...api.identity.split.mutationOptions(), onSuccess: forget });
  return {
    busy: merge.isPending || split.isPending,
    merge(others, into, done) {
      merge.mutate(
        { customerIds: others.map(({ customerId }) => customerId), into: into.customerId },
        {
          onSuccess: ({ decisionIds }) => {
            const names = others.map(({ customerName }) => customerName).join(', ');
            toast({ text: `${names} is part of ${into.customerName} now`, undo: () => undo(decisionIds.slice(0, 1)) });
            done();
          },
        },
      );
    },
    split({ sourceId, recordId }, done) {
      split.mutate(
        { sourceId, recordId },
        {
          onSuccess: ({ decisionId, customerId }) => {
            toast({ text: `${recordId} is a customer of its own`, undo: () => undo([decisionId]) });
            done(customerId);
          },
        },
      );
    },
  };
}
