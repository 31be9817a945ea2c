/** A page that is left open over midnight shows the new day: no change of the engine says that a day has begun. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { dayAt } from '../../../shared/kernel/day.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useNow } from '../../lib/now.ts';
import { useFreshness } from './use-cockpit.ts';

export function NewDay(): ReactNode {
  const { api } = useEngine();
  const queries = useQueryClient();
  const now = useNow();
  const zone = useQuery(api.workspace.get.queryOptions()).data?.timeZone;
  const shown = useFreshness().data?.today;
  const isOver = zone !== undefined && shown !== undefined && dayAt(now, zone) > shown;
  useEffect(() => {
    if (!isOver) return;
    for (const queryKey of [api.metrics.key(), api.cockpit.key(), api.since.key()])
      void queries.invalidateQueries({ queryKey });
  }, [isOver, api, queries]);
  return null;
}
