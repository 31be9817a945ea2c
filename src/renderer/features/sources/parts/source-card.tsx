/** One connection: its state, what to do about it, how far its streams are, and when it is synced next. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { SourcesSearch } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { isOver, useJob, type Descriptor } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { standingOf, STANDINGS } from '../words.ts';
import { AccountMark, AccountNote, accountText } from './account-mark.tsx';
import { ChangesKept } from './changes-kept.tsx';
import { Disconnect } from './disconnect.tsx';
import { EditSource } from './edit-source.tsx';
import { RemainingTime } from './remaining-time.tsx';
import { SourceActions } from './source-actions.tsx';
import { SourceFacts } from './source-facts.tsx';
import { SourceNotice } from './source-notice.tsx';
import { StreamProgress } from './stream-progress.tsx';
import { Streams } from './streams.tsx';

export interface SourceCardProps {
  source: Source;
  /** Undefined for a vendor that this version does not know. */
  descriptor: Descriptor | undefined;
}

export function SourceCard({ source, descriptor }: SourceCardProps): ReactNode {
  const format = useFormat();
  const now = useNow();
  const job = useJob(source.jobId);
  const streamsId = useId();
  const search = useSearch({ from: '/frame/sources' });
  const navigate = useNavigate();
  const isLinked = search.source === source.sourceId;
  const asking = isLinked ? search.ask : undefined;
  const card = useRef<HTMLDivElement>(null);
  const linkedAtFirst = useRef(isLinked);
  useEffect(() => {
    if (linkedAtFirst.current) card.current?.scrollIntoView({ block: 'start' });
  }, []);
  const setAsking = (ask: SourcesSearch['ask']): void =>
    void navigate({
      to: '/sources',
      search: (known) => ({ ...known, source: ask === undefined ? undefined : source.sourceId, ask }),
      replace: ask === undefined,
      resetScroll: false,
    });
  const [unfolded, setUnfolded] = useState(false);
  const running = job !== undefined && !isOver(job);
  const standing = standingOf(source, now);
  const { label, tone } = STANDINGS[standing];
  const Chevron = unfolded ? ChevronDown : ChevronRight;
  const edit = descriptor === undefined ? null : () => setAsking('edit');
  return (
    <div ref={card} className={classNames('rounded-lg', isLinked && 'outline-2 outline-offset-2 outline-focus')}>
      <Tile
        flush
        title={
          <span className="flex items-center gap-2">
            {source.name}
            <Badge tone={tone}>{label}</Badge>
            <AccountMark source={source} />
          </span>
        }
        subtitle={[
          source.title === source.name ? null : source.title,
          accountText(source),
          source.lastSyncedAt === null ? 'not synced yet' : `synced ${format.relative(source.lastSyncedAt, now)}`,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
        actions={
          <SourceActions source={source} running={running} onEdit={edit} onDisconnect={() => setAsking('disconnect')} />
        }
      >
        <div className="flex flex-col gap-3 pb-3">
          <div className="flex flex-col gap-3 px-4 empty:hidden">
            <SourceNotice
              source={source}
              standing={standing}
              onEdit={edit}
              onDisconnect={() => setAsking('disconnect')}
            />
            <AccountNote source={source} />
            <ChangesKept source={source} />
            {running && <StreamProgress source={source} job={job} />}
            {running && <RemainingTime source={source} />}
          </div>
          <div className="flex items-end justify-between gap-4 px-4 pt-1">
            <SourceFacts source={source} />
            {source.streams.length > 0 && (
              <button
                type="button"
                aria-expanded={unfolded}
                aria-controls={streamsId}
                onClick={() => setUnfolded(!unfolded)}
                className="relative flex shrink-0 items-center gap-1 rounded-md px-1 py-0.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
              >
                <Chevron size={14} aria-hidden />
                {unfolded ? 'Hide streams' : 'Show streams'}
                <span className="sr-only"> of {source.name}</span>
              </button>
            )}
          </div>
          <div id={streamsId} className="empty:hidden">
            {unfolded && <Streams source={source} />}
          </div>
        </div>
        {asking === 'disconnect' && <Disconnect source={source} onClose={() => setAsking(undefined)} />}
        {asking === 'edit' && descriptor !== undefined && (
          <EditSource source={source} descriptor={descriptor} onClose={() => setAsking(undefined)} />
        )}
      </Tile>
    </div>
  );
}
