/** The saved segments, and what can be done with them; each act says what it did, and taking away can be undone. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CustomerFilter, Segment } from '../../../shared/contract/segments.ts';
import { failureOf, useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

export type SavedSegment = Segment & { readonly customers: number };

export interface Segments {
  readonly all: readonly SavedSegment[];
  readonly busy: boolean;
  /** The sentence of the last refusal. */
  readonly error: string | undefined;
  save(name: string, filter: CustomerFilter, done: (segment: Segment) => void): void;
  rename(segmentId: number, name: string, done: () => void): void;
  replace(segment: Segment, filter: CustomerFilter): void;
  remove(segment: Segment, done: () => void): void;
  forget(): void;
}

export function useSegments(): Segments {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const list = useQuery(api.segments.list.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: api.segments.key() });
  const save = useMutation({ ...api.segments.save.mutationOptions(), onSuccess: refresh });
  const remove = useMutation({ ...api.segments.remove.mutationOptions(), onSuccess: refresh });
  const restore = useMutation({ ...api.segments.restore.mutationOptions(), onSuccess: refresh });
  const failed = save.error ?? remove.error ?? restore.error;
  return {
    all: list.data ?? [],
    busy: save.isPending || remove.isPending || restore.isPending,
    error: failed === null ? undefined : failureOf(failed).message,
    save: (name, filter, done) =>
      save.mutate(
        { name, filter },
        {
          onSuccess: (segment) => {
            toast({ text: `Saved: ${segment.name}` });
            done(segment);
          },
        },
      ),
    rename: (segmentId, name, done) => save.mutate({ segmentId, name }, { onSuccess: done }),
    replace: ({ segmentId, name, filter: before }, filter) =>
      save.mutate(
        { segmentId, filter },
        {
          onSuccess: () => toast({ text: `Changed: ${name}`, undo: () => save.mutate({ segmentId, filter: before }) }),
        },
      ),
    remove: ({ segmentId, name }, done) =>
      remove.mutate(
        { segmentId },
        {
          onSuccess: () => {
            toast({ text: `Deleted: ${name}`, undo: () => restore.mutate({ segmentId }) });
            done();
          },
        },
      ),
    forget: () => {
      save.reset();
      remove.reset();
      restore.reset();
    },
  };
}
