/** How old the data of each source is, and whether it is whole. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Circle, CircleAlert, CircleCheck, CirclePause, RefreshCw, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { ListTile } from './list-tile.tsx';

interface Condition {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly word: string | null;
  /** The worst first. */
  readonly rank: number;
}

function conditionOf(source: Source, now: Instant): Condition {
  if (source.state === 'failing') return { icon: CircleAlert, tone: 'text-loss', word: 'fails', rank: 0 };
  if (source.state === 'syncing') return { icon: RefreshCw, tone: 'text-accent', word: 'syncing', rank: 3 };
  if (source.state === 'paused') return { icon: CirclePause, tone: 'text-subtle', word: 'paused', rank: 4 };
  if (source.lastSyncedAt === null) return { icon: Circle, tone: 'text-subtle', word: 'not read yet', rank: 2 };
  if (source.streams.some(({ complete }) => !complete))
    return { icon: CircleAlert, tone: 'text-warn', word: 'incomplete', rank: 1 };
  if (source.staleAt !== null && source.staleAt <= now)
    return { icon: CircleAlert, tone: 'text-warn', word: null, rank: 1 };
  return { icon: CircleCheck, tone: 'text-gain', word: null, rank: 5 };
}

const ROW = 20;

export function FreshnessTile(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const now = useNow();
  const sources = useQuery(api.sources.list.queryOptions());
  const rows = (sources.data ?? [])
    .filter(({ state, family }) => state !== 'disconnected' && family !== 'files')
    .map((source) => ({ source, condition: conditionOf(source, now) }))
    .toSorted(
      (a, b) => a.condition.rank - b.condition.rank || (a.source.lastSyncedAt ?? 0) - (b.source.lastSyncedAt ?? 0),
    );
  const state = stateOf(sources);
  return (
    <ListTile
      title="Data freshness"
      state={
        state.kind === 'ready' && rows.length === 0
          ? { kind: 'empty', title: 'No source', hint: 'Connect one to keep the figures fresh.' }
          : state
      }
      rows={rows}
      rowHeight={ROW}
      total={rows.length}
    >
      {({ source, condition: { icon: Icon, tone, word } }) => (
        <li key={source.sourceId}>
          <Link to="/sources" className="flex h-5 items-center gap-1.5 px-4 text-xs hover:bg-hover">
            <Icon size={13} aria-hidden strokeWidth={2} className={classNames('shrink-0', tone)} />
            <span className="min-w-0 flex-1 truncate text-ink">{source.name}</span>
            <span className="shrink-0 text-2xs text-muted">{word ?? format.relative(source.lastSyncedAt, now)}</span>
          </Link>
        </li>
      )}
    </ListTile>
  );
}
