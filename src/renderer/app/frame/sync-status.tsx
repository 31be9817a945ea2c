/** How fresh the figures are, and the way to read the sources now. */
import { useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { Button } from '../../ui/button.tsx';
import type { ActionContext } from '../actions/action-list.ts';
import { FreshnessMark } from '../freshness/freshness-mark.tsx';

export function SyncStatus({ context }: { context: ActionContext }): ReactNode {
  const { api } = useEngine();
  const sources = useQuery(api.sources.list.queryOptions());
  return (
    <div className="flex min-w-0 items-center gap-1">
      <FreshnessMark />
      {/* What is under way stands in the tray beside this. */}
      {sources.data !== undefined && sources.data.length > 0 && !context.syncing && (
        <Button size="sm" icon={RefreshCw} onClick={context.sync} className="max-[760px]:w-6 max-[760px]:px-0!">
          <span className="max-[760px]:sr-only">Sync now</span>
        </Button>
      )}
    </div>
  );
}
