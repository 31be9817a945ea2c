/** Over a wall screen: whose figures, which view, how fresh, and the time. */
import { useQuery } from '@tanstack/react-query';
import { CloudOff, Pause } from 'lucide-react';
import type { ReactNode } from 'react';
import type { View } from '../../../../shared/contract/views.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import { classNames } from '../../../lib/class-names.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Freshness } from '../../../ui/freshness.tsx';

export interface KioskBarProps {
  view: View;
  shown: number;
  of: number;
  isPaused: boolean;
  /** The engine does not answer: the figures are the last ones received. */
  isLost: boolean;
}

export function KioskBar({ view, shown, of, isPaused, isLost }: KioskBarProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const now = useNow();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const sources = useQuery(api.sources.list.queryOptions());
  const ages = (sources.data ?? [])
    .filter(({ state, family }) => state !== 'disconnected' && family !== 'files')
    .map(({ lastSyncedAt }) => lastSyncedAt ?? 0);
  const oldest = ages.length === 0 ? 0 : Math.min(...ages);
  return (
    <header className="flex h-10 shrink-0 items-center gap-3 px-5">
      <h1 className="min-w-0 truncate font-semibold">
        {workspace.data?.companyName} <span className="font-normal text-muted">· {view.name}</span>
      </h1>
      <span className="flex items-center gap-1" role="img" aria-label={`Screen ${shown + 1} of ${of}`}>
        {Array.from({ length: of }, (_, index) => (
          <span
            key={index}
            className={classNames('h-1 rounded-full', index === shown ? 'w-4 bg-accent' : 'w-1 bg-line-strong')}
          />
        ))}
      </span>
      {isPaused && <Pause size={14} aria-label="paused" className="text-muted" />}
      <span className="ml-auto flex min-w-0 items-center gap-3 whitespace-nowrap max-sm:shrink-0">
        {isLost ? (
          <span role="status" className="flex items-center gap-1 text-xs text-warn">
            <CloudOff size={13} aria-hidden /> not connected
          </span>
        ) : (
          <span className="min-w-0 truncate max-sm:hidden">
            <Freshness kind={oldest === 0 ? 'never' : 'fresh'} at={oldest === 0 ? null : instant(oldest)} now={now} />
          </span>
        )}
        <time className="text-sm font-medium">{format.instant(now)}</time>
      </span>
    </header>
  );
}
