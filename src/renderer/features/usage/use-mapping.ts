/** A mapping while it is being changed: what it would do, applying it, and what takes effect at once. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '../../../shared/contract/index.ts';
import type { MappingPreview, UsageLimit, UsageMapping } from '../../../shared/contract/usage.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { failureOf, useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export type Mapping = InferContractRouterOutputs<Contract>['usage']['mapping'];

export interface MappingDraft {
  readonly mapping: UsageMapping;
  readonly isChanged: boolean;
  readonly preview: MappingPreview | undefined;
  readonly isApplying: boolean;
  /** Why it could not be applied. */
  readonly problem: string | null;
  change(part: Partial<UsageMapping>): void;
  discard(): void;
  apply(): void;
}

export function useMappingDraft(sourceId: SourceId, applied: UsageMapping): MappingDraft {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const [changes, setChanges] = useState<Partial<UsageMapping>>({});
  const mapping = { ...applied, ...changes };
  const isChanged = JSON.stringify(mapping) !== JSON.stringify(applied);
  const preview = useQuery({
    ...api.usage.preview.queryOptions({ input: { sourceId, mapping } }),
    enabled: isChanged,
    placeholderData: keepPreviousData,
  });
  const save = useMutation({
    ...api.usage.saveMapping.mutationOptions(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.usage.key() });
      setChanges({});
    },
  });
  return {
    mapping,
    isChanged,
    preview: isChanged ? preview.data : undefined,
    isApplying: save.isPending,
    problem: save.error === null ? null : failureOf(save.error).message,
    change: (part) => setChanges((known) => ({ ...known, ...part })),
    discard: () => {
      setChanges({});
      save.reset();
    },
    apply: () =>
      save.mutate(
        { sourceId, mapping },
        {
          onSuccess: () =>
            toast({
              text: 'Applied. The days are being read again',
              undo: () => save.mutate({ sourceId, mapping: applied }),
            }),
        },
      ),
  };
}

/** What needs no reading again: features and limits. */
export function useUsageChoices(sourceId: SourceId) {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const refresh = { onSuccess: () => queries.invalidateQueries({ queryKey: api.usage.key() }) };
  const feature = useMutation({ ...api.usage.saveFeature.mutationOptions(), ...refresh });
  const limit = useMutation({ ...api.usage.saveLimit.mutationOptions(), ...refresh });
  return {
    setFeature: (event: string, isFeature: boolean) =>
      feature.mutate(
        { sourceId, event, isFeature },
        {
          onSuccess: () =>
            toast({
              text: `${event} is ${isFeature ? 'a feature' : 'no feature'}`,
              undo: () => feature.mutate({ sourceId, event, isFeature: !isFeature }),
            }),
        },
      ),
    setLimit: (
      { event, measure, plan, customerId }: Omit<UsageLimit, 'amount' | 'customerName'>,
      amount: number | null,
      before: number | null,
    ) => {
      const key = { sourceId, event, measure, plan, customerId };
      limit.mutate(
        { ...key, amount },
        {
          onSuccess: () =>
            toast({
              text: amount === null ? `No limit of ${event} any more` : `The limit of ${event} is kept`,
              undo: () => limit.mutate({ ...key, amount: before }),
            }),
        },
      );
    },
  };
}
