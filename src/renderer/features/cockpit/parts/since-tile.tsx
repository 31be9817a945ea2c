/** What changed since the visit before this one: MRR from then to now, who made it, and the way to all of it. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Since } from '../../../../shared/contract/since.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { useCustomerName } from '../cockpit-context.tsx';
import { countsOf, partsOf, PART_WORDS } from '../since-words.ts';
import { useSince } from '../use-cockpit.ts';
import type { Period } from '../period.ts';
import { KIND_WORDS, LatestMovements } from './latest-movements.tsx';
import { LinkedName } from './linked-name.tsx';
import { ListTile } from './list-tile.tsx';
import { useWholeCompanyNote } from './whole-company-note.tsx';

const SinceSheet = lazy(async () => ({ default: (await import('./since-sheet.tsx')).SinceSheet }));

const ROW = 26;
const LEAD = 46;

export function SinceTile({ period }: { period: Period }): ReactNode {
  const format = useFormat();
  const name = useCustomerName();
  const note = useWholeCompanyNote();
  const since = useSince();
  const [open, setOpen] = useState(false);
  const { data } = since;
  const state = stateOf(since);
  const isFirst = data?.lookedAt === null;
  if (isFirst)
    return (
      <LatestMovements
        period={period}
        title="Since the last look"
        lead="The first visit: from the next one on, what changed in between stands here. Lately:"
      />
    );
  return (
    <>
      <ListTile
        title={data?.lookedAt == null ? 'Since the last look' : `Since ${format.instant(data.lookedAt)}`}
        {...(note === null ? {} : { subtitle: note })}
        actions={
          data !== undefined && (
            <Button size="sm" kind="ghost" onClick={() => setOpen(true)}>
              All that changed
            </Button>
          )
        }
        lead={data !== undefined && <Lead since={data} />}
        leadHeight={LEAD}
        state={
          state.kind !== 'ready' || data === undefined
            ? state
            : data.nothing
              ? { kind: 'empty', title: 'Nothing changed', hint: 'No figure, customer, payment, source or alert.' }
              : state
        }
        rows={data?.customers.rows ?? []}
        rowHeight={ROW}
        total={data?.customers.total ?? 0}
        onAll={() => setOpen(true)}
      >
        {(row) => (
          <li key={row.customerId} className="border-t border-line">
            <LinkedName
              customerId={row.customerId}
              name={name(row.name)}
              day={format.day(row.on, 'short')}
              note={row.converted ? 'Converted' : KIND_WORDS[row.kind]}
              amount={
                data === undefined
                  ? ''
                  : format.value(row.change, moneyUnit(data.currency), { form: 'whole', signed: true })
              }
              tone={row.change < 0 ? 'loss' : 'gain'}
            />
          </li>
        )}
      </ListTile>
      {open && data !== undefined && (
        <Suspense fallback={null}>
          <SinceSheet since={data} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function Lead({ since }: { since: Since }): ReactNode {
  const format = useFormat();
  if (since.mrr === null) return null;
  const { mrr } = since;
  const money = (amount: number, signed = false): string =>
    format.value(amount, moneyUnit(since.currency), { form: 'whole', signed });
  const counts = countsOf(since, format);
  const change = mrr.to - mrr.from;
  return (
    <div className="h-11.5 overflow-hidden px-4">
      <p className="flex items-baseline gap-x-2 truncate">
        <span className="text-lg font-semibold tracking-tight text-ink">{money(mrr.to)}</span>
        <span className="truncate text-xs text-muted">
          MRR, from {money(mrr.from)} (
          <span className={classNames('font-medium', change < 0 ? 'text-loss' : change > 0 ? 'text-gain' : '')}>
            {money(change, true)}
          </span>
          {partsOf(mrr).length > 0 &&
            `: ${partsOf(mrr)
              .map(({ part, amount }) => `${PART_WORDS[part].toLowerCase()} ${money(amount, true)}`)
              .join(', ')}`}
          )
        </span>
      </p>
      <p className="truncate text-xs text-subtle">
        {counts.length === 0 ? 'No customer, payment, source or alert' : counts.map(({ text }) => text).join(' · ')}
      </p>
    </div>
  );
}
