/** The workspace's notes and releases, and what can be done with a note; taking one away can be undone. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { marksOf } from '../../charts/marks-of.ts';
import type { ChartMark } from '../../charts/marks.tsx';
import type { DataState } from '../../lib/data-state.ts';
import { failureOf, stateOf, useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';

/** A note as it is written: without `noteId` it is new. */
export interface NoteDraft {
  readonly noteId?: number;
  readonly on: PlainDay;
  readonly text: string;
}

export interface Annotations {
  /** By day, the oldest first. */
  readonly marks: readonly ChartMark[];
  readonly state: DataState;
  readonly saving: boolean;
  /** The sentence of the last refusal. */
  readonly error: string | undefined;
  save(draft: NoteDraft, done: () => void): void;
  remove(noteId: number, text: string): void;
  forget(): void;
}

export function useAnnotations(): Annotations {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const list = useQuery(api.annotations.list.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: api.annotations.key() });
  const save = useMutation({ ...api.annotations.save.mutationOptions(), onSuccess: refresh });
  const remove = useMutation({ ...api.annotations.remove.mutationOptions(), onSuccess: refresh });
  const restore = useMutation({ ...api.annotations.restore.mutationOptions(), onSuccess: refresh });
  const { mutate: takeAway } = remove;
  const { mutate: bringBack } = restore;
  const removeWithUndo = useCallback(
    (noteId: number, text: string) =>
      takeAway({ noteId }, { onSuccess: () => toast({ text: `Deleted: ${text}`, undo: () => bringBack({ noteId }) }) }),
    [takeAway, bringBack, toast],
  );
  const failed = save.error ?? remove.error ?? restore.error;
  const { data } = list;
  const marks = useMemo(() => (data === undefined ? [] : marksOf(data.notes, data.releases)), [data]);
  return {
    marks,
    state: stateOf(list),
    saving: save.isPending,
    error: failed === null ? undefined : failureOf(failed).message,
    save: (draft, done) => save.mutate(draft, { onSuccess: done }),
    remove: removeWithUndo,
    forget: () => {
      save.reset();
      remove.reset();
      restore.reset();
    },
  };
}
