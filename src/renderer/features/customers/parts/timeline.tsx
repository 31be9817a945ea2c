/** Everything that happened with this customer, newest first, from every source. */
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  Activity,
  ArrowLeftRight,
  Bell,
  CircleCheck,
  CircleDashed,
  CircleX,
  FileMinus,
  FileSignature,
  FileText,
  Gauge,
  Gavel,
  Handshake,
  LifeBuoy,
  Repeat,
  Undo2,
  UserRound,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { TimelineEntry } from '../../../../shared/contract/customers.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { EvidenceBadge } from '../../../ui/evidence-badge.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';

const ICONS: Record<TimelineEntry['kind'], LucideIcon> = {
  movement: ArrowLeftRight,
  subscription: Repeat,
  invoice: FileText,
  payment: CircleCheck,
  payment_failed: CircleX,
  payment_open: CircleDashed,
  refund: Undo2,
  dispute: Gavel,
  credit_note: FileMinus,
  alert: Bell,
  customer: UserRound,
  deal: Handshake,
  usage: Activity,
  quote: FileSignature,
  ticket: LifeBuoy,
  nps: Gauge,
};

const TONES: Record<TimelineEntry['tone'], string> = {
  gain: 'bg-gain-soft text-gain',
  loss: 'bg-loss-soft text-loss',
  warning: 'bg-warn-soft text-warn',
  neutral: 'bg-sunken text-muted',
};

const PAGE = 60;

export function Timeline({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const pages = useInfiniteQuery(
    api.customers.timeline.infiniteOptions({
      input: (before: Instant | null) => ({ customerId, limit: PAGE, ...(before === null ? {} : { before }) }),
      initialPageParam: null as Instant | null,
      getNextPageParam: (last) => (last.more ? (last.entries.at(-1)?.at ?? null) : null),
    }),
  );
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const state = stateOf(pages);
  return (
    <Tile title="Timeline">
      <StateGate
        state={
          state.kind === 'ready' && entries.length === 0
            ? {
                kind: 'empty',
                title: 'Nothing happened yet',
                hint: 'Invoices, payments and changes appear here as they come.',
              }
            : state
        }
      >
        <ol className="flex flex-col">
          {entries.map((entry, index) => (
            <Entry key={`${entry.at}-${entry.kind}-${entry.sourceObjectId ?? index}`} entry={entry} />
          ))}
        </ol>
        {pages.hasNextPage && (
          <Button className="mt-2" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Show earlier
          </Button>
        )}
      </StateGate>
    </Tile>
  );
}

function Entry({ entry }: { entry: TimelineEntry }): ReactNode {
  const format = useFormat();
  const Icon = ICONS[entry.kind];
  const amount =
    entry.amountMinor !== null && entry.currency !== null && isCurrencyCode(entry.currency)
      ? format.money(money(entry.amountMinor, currencyCode(entry.currency)))
      : null;
  return (
    <li className="relative flex gap-3 pb-3 before:absolute before:top-6 before:bottom-0 before:left-3 before:w-px before:bg-line last:before:hidden">
      <span
        className={classNames('z-10 flex size-6 shrink-0 items-center justify-center rounded-full', TONES[entry.tone])}
      >
        <Icon size={13} aria-hidden strokeWidth={1.75} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex gap-3">
          <span className="min-w-0 flex-1 text-pretty text-ink">{entry.title}</span>
          {amount !== null && <span className="shrink-0 font-medium text-ink">{amount}</span>}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-subtle">
          <time>{format.instant(entry.at)}</time>
          {entry.detail !== null && <span>{entry.detail}</span>}
          <EvidenceBadge evidence={entry.evidence} />
          {entry.sourceUrl !== null && <ExternalLink href={entry.sourceUrl}>at the source</ExternalLink>}
        </p>
      </div>
    </li>
  );
}
