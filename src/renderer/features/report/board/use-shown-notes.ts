/** The notes and releases that a pack's charts show, where they were asked for. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { marksOf } from '../../../charts/marks-of.ts';
import type { Marks } from '../../../charts/marks.tsx';
import { useEngine } from '../../../lib/engine/index.ts';

const NONE: Marks = { list: [], acts: null };

/** None unless `asked`; undefined while they are on their way. A pack without them would not be what was asked for, so that a failure is thrown. */
export function useShownNotes(asked: boolean): Marks | undefined {
  const { api } = useEngine();
  const { data } = useQuery({ ...api.annotations.list.queryOptions(), enabled: asked, throwOnError: true });
  return useMemo(() => {
    if (!asked) return NONE;
    return data === undefined ? undefined : { list: marksOf(data.notes, data.releases), acts: null };
  }, [asked, data]);
}
