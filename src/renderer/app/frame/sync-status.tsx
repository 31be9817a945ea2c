/** How fresh the figures are: when all sources were last complete. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../shared/contract/sources.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { useActiveJob, useEngine } from '../../lib/engine/index.ts';
import { useNow } from '../../lib/now.ts';
import { Button } from '../../ui/button.tsx';
import { Freshness } from '../../ui/freshness.tsx';
import type { ActionContext } from '../actions/action-list.ts';

export function SyncStatus({ context }: { context: ActionContext }): ReactNode {
  const { api } = useEngine();
  const sources = useQuery(api.sources.list.queryOptions());
  const job = useActiveJob();
  // What is under way stands in the tray beside this.
  if (job !== null || sources.data === undefined || sources.data.length === 0) return null;
  return (
    <div className="flex items-center gap-2">
      <AllSources sources={sources.data} />
      <Button size="sm" icon={RefreshCw} onClick={context.sync} disabled={context.syncing}>
        Sync now
      </Button>
    </div>
  );
}

/**
 * The oldest source speaks for all: figures are as fresh as what was synced last. Files and sources that were cut off
 * on purpose have no age.
 */
function AllSources({ sources: all }: { sources: readonly Source[] }): ReactNode {
  const sources = all.filter(({ state, family }) => state !== 'disconnected' && family !== 'files');
  const now = useNow();
  const failing = sources.find((source) => source.state === 'failing');
  const oldest = sources.map((source) => source.lastSyncedAt ?? 0).sort((a, b) => a - b)[0] ?? 0;
  const incomplete = sources.some((source) => source.streams.some((stream) => !stream.complete));
  if (failing !== undefined)
    return (
      <Link to="/sources" className="flex items-center gap-1.5 text-xs font-medium text-loss hover:underline">
        <TriangleAlert size={14} aria-hidden />
        {failing.name}: sync fails
      </Link>
    );
  return (
    <Link to="/sources" className="inline-flex h-7 items-center rounded-md px-1.5 hover:bg-hover">
      <Freshness
        kind={oldest === 0 ? 'never' : incomplete ? 'stale' : 'fresh'}
        at={oldest === 0 ? null : instant(oldest)}
        now={now}
      />
      {incomplete && <span className="ml-1 text-xs text-warn">incomplete</span>}
    </Link>
  );
}
