/** The engine's answers behind the room, and what can be done with costs; each act can be taken back. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { UNIT_ECONOMICS_SERIES } from '../../../shared/contract/unit-economics.ts';
import type { SeriesMetric } from '../../../shared/contract/metrics.ts';
import {
  addToMonth,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import { holding, useEngine } from '../../lib/engine/index.ts';
import { useToast } from '../../ui/toast.tsx';
import type { CellChange } from './grid-model.ts';

/** The last whole month by a day. */
export function lastWholeMonth(today: PlainDay): PlainMonth {
  const month = monthOf(today);
  return today === lastDayOf(month) ? month : addToMonth(month, -1);
}

export function useSheet(from: PlainMonth, to: PlainMonth) {
  const { api } = useEngine();
  return useQuery({ ...api.costs.sheet.queryOptions({ input: { from, to } }), placeholderData: keepPreviousData });
}

export function useMonth(month: PlainMonth) {
  const { api } = useEngine();
  return useQuery(api.metrics.snapshot.queryOptions({ input: { month } }));
}

/** The engine answers a dozen lines at once. */
const DRAWN: readonly SeriesMetric[] = UNIT_ECONOMICS_SERIES.filter((metric) => metric !== 'ltvBeforeMargin');

export function useTrends(last: PlainMonth, months: number) {
  const { api } = useEngine();
  return useQuery({
    ...api.metrics.series.queryOptions({
      input: {
        metrics: [...DRAWN],
        from: firstDayOf(addToMonth(last, 1 - months)),
        to: lastDayOf(last),
        grain: 'month',
      },
    }),
    placeholderData: keepPreviousData,
  });
}

export interface CostActs {
  enter(changes: readonly CellChange[], said: string): void;
  /** Takes the last act of this page back, or repeats what was taken back. */
  undo(): void;
  redo(): void;
  /** Takes any act back. */
  undoEdit(editId: number): void;
  /** Notes an act done elsewhere (an import), so that undo reaches it. */
  did(editId: number): void;
  /** What was entered and has not come back with the sheet yet. */
  readonly pending: readonly CellChange[];
}

export function useCostActs(): CostActs {
  const { api } = useEngine();
  const queries = useQueryClient();
  const toast = useToast();
  const done = useRef<number[]>([]);
  const undone = useRef<number[]>([]);
  const turns = useRef<Promise<void>>(Promise.resolve());
  const [pending, setPending] = useState<readonly CellChange[]>([]);
  const refresh = () => queries.invalidateQueries({ queryKey: api.metrics.key() });
  // Whoever asks for the sheet while an act is under way gets it without the act.
  const held = {
    meta: holding(api.costs.key()),
    onSettled: () => queries.invalidateQueries({ queryKey: api.costs.key() }),
  };
  const enter = useMutation({ ...api.costs.enter.mutationOptions(), ...held });
  const takeBack = useMutation({ ...api.costs.undo.mutationOptions(), ...held });
  /** Acts go out one after the other, so that an undo that follows at once finds what it takes back. */
  const inTurn = (act: () => Promise<void>): void => {
    const turn = turns.current.then(act);
    // The window shows what failed; the next act is not kept from its turn by it.
    turns.current = turn.catch(() => undefined);
  };
  const takeBackOnto = (editId: number, onto: { current: number[] }, said: string): Promise<void> =>
    takeBack.mutateAsync({ editId }).then(
      (act) => {
        onto.current.push(act.editId);
        toast({ text: said });
        void refresh();
      },
      (error: unknown) => {
        void refresh();
        throw error;
      },
    );
  const undoEdit = (editId: number): void =>
    inTurn(() => {
      done.current = done.current.filter((known) => known !== editId);
      return takeBackOnto(editId, undone, 'Taken back');
    });
  const step = (from: { current: number[] }, onto: { current: number[] }, said: string, nothing: string): void =>
    inTurn(async () => {
      const editId = from.current.pop();
      if (editId === undefined) toast({ text: nothing });
      else await takeBackOnto(editId, onto, said);
    });
  return {
    pending,
    enter(changes, said) {
      setPending((known) => [...known, ...changes]);
      inTurn(async () => {
        try {
          const { editId } = await enter.mutateAsync({ costs: changes.map((change) => ({ ...change })) });
          if (editId === null) return;
          done.current.push(editId);
          undone.current = [];
          toast({ text: said, undo: () => undoEdit(editId) });
        } finally {
          // The sheet has come back with what was entered, or without it where it was refused.
          setPending((known) => known.filter((change) => !changes.includes(change)));
          void refresh();
        }
      });
    },
    undo: () => step(done, undone, 'Taken back', 'Nothing of this visit is left to take back'),
    redo: () => step(undone, done, 'Repeated', 'Nothing is left to repeat'),
    undoEdit,
    did: (editId) => {
      done.current.push(editId);
      undone.current = [];
    },
  };
}
