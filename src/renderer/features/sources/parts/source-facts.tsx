/** A connection in a line: what is proven, what is missing, what the vendor still allows, and when it is synced next. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Source } from '../../../../shared/contract/sources.ts';
import type { Budget } from '../../../../shared/contract/source-upkeep.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { useNow } from '../../../lib/now.ts';
import { Meter } from '../../../ui/meter.tsx';

export function SourceFacts({ source }: { source: Source }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const now = useNow();
  const budgets = useQuery(api.sources.budgets.queryOptions({ input: { sourceId: source.sourceId } }));
  const { streams, nextSyncAt } = source;
  const complete = streams.filter((stream) => stream.complete).length;
  const gaps = streams.filter(({ outcome }) => outcome === 'gap' || outcome === 'failed');
  const setAside = streams.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const stored = streams.reduce((sum, stream) => sum + (stream.stored ?? 0), 0);
  return (
    <dl className="flex min-w-0 flex-wrap gap-x-8 gap-y-3">
      <Fact term="Proven complete">
        {streams.length === 0
          ? '—'
          : `${format.count(complete)} of ${format.count(streams.length, { one: 'stream', other: 'streams' })}`}
      </Fact>
      {stored > 0 && source.state !== 'syncing' && <Fact term="Records">{format.count(stored)}</Fact>}
      {gaps.length > 0 && (
        <Fact term="Gaps">
          <span className="text-warn">{format.list(gaps.map(({ title }) => title))}</span>
        </Fact>
      )}
      <Fact term="Set aside">
        <span className={setAside > 0 ? 'text-warn' : undefined}>{format.count(setAside)}</span>
      </Fact>
      {nextSyncAt !== null && (
        <Fact term="Next sync">{nextSyncAt <= now ? 'now' : format.relative(nextSyncAt, now)}</Fact>
      )}
      {budgets.data?.map((budget) => (
        <BudgetFact key={budget.title} budget={budget} />
      ))}
    </dl>
  );
}

/** Beyond this share of a quota the bar warns. */
const SCARCE = 0.8;

function BudgetFact({ budget }: { budget: Budget }): ReactNode {
  const format = useFormat();
  const { title, allowed, used, left, resetsAt, seenAt, statedAt } = budget;
  const text =
    allowed === null || used === null
      ? `${format.count(left)} left`
      : `${format.count(used)} used, ${format.count(left)} left`;
  const share = allowed === null || used === null || allowed === 0 ? null : used / allowed;
  const told =
    statedAt === null
      ? `As the vendor said ${format.instant(seenAt)}${resetsAt === null ? '' : `; full again ${format.instant(resetsAt)}`}`
      : `Counted here, against what ${new URL(statedAt).host} says is allowed`;
  return (
    <Fact term={title} hint={told}>
      {text}
      {share !== null && (
        <Meter label={title} fraction={share} text={text} tone={share > SCARCE ? 'warn' : 'neutral'} className="mt-1" />
      )}
    </Fact>
  );
}

function Fact({ term, hint, children }: { term: string; hint?: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex min-w-0 flex-col" title={hint}>
      <dt className="text-xs text-subtle">{term}</dt>
      <dd className="text-sm text-ink">{children}</dd>
    </div>
  );
}
