/** What is ahead in the next 30 days: what ends, what begins, what is decided anew. */
import type { ReactNode } from 'react';
import type { AheadKind } from '../../../../shared/contract/cockpit.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { useCustomerName } from '../cockpit-context.tsx';
import { useAhead } from '../use-cockpit.ts';
import { LinkedName } from './linked-name.tsx';
import { ListTile } from './list-tile.tsx';
import { usePartNote } from './whole-company-note.tsx';

const WORDS: Record<AheadKind, { one: string; other: string; short: string }> = {
  cancellation: { one: 'cancellation', other: 'cancellations', short: 'ends' },
  reduction: { one: 'reduction', other: 'reductions', short: 'pays less' },
  discount_end: { one: 'discount ends', other: 'discounts end', short: 'discount ends' },
  increase: { one: 'increase', other: 'increases', short: 'pays more' },
  trial_end: { one: 'trial ends', other: 'trials end', short: 'trial ends' },
  start: { one: 'start', other: 'starts', short: 'starts' },
  renewal: { one: 'renewal', other: 'renewals', short: 'renews' },
};

function isUndecided(kind: AheadKind): boolean {
  return kind === 'renewal' || kind === 'trial_end';
}

const ROW = 26;
const LEAD = 44;

export function AheadTile(): ReactNode {
  const format = useFormat();
  const name = useCustomerName();
  const note = usePartNote();
  const ahead = useAhead();
  const { data } = ahead;
  const state = stateOf(ahead);
  const money = (amount: number, signed = false): string =>
    data === undefined ? '' : format.value(amount, moneyUnit(data.currency), { form: 'whole', signed });
  // What is not decided yet (a trial, a renewal) is counted and not added up: it is no certain change.
  const kinds = (data?.kinds ?? []).map(
    ({ kind, count, mrr }) => format.count(count, WORDS[kind]) + (isUndecided(kind) ? '' : `\u00a0${money(mrr, true)}`),
  );
  return (
    <ListTile
      title="What is ahead"
      {...(note === null ? {} : { subtitle: note })}
      lead={
        data !== undefined && (
          <p className="mx-4 line-clamp-2 h-11 text-xs leading-5.5 text-subtle" title={kinds.join(' · ')}>
            <span className="text-lg font-semibold tracking-tight text-ink">{money(data.planned, true)}</span>{' '}
            <span className="text-muted">MRR until {format.day(data.to, 'short')}:</span>{' '}
            {kinds.map((kind, index) => (
              <span key={kind}>
                {index > 0 && ' · '}
                <span className="inline-block">{kind}</span>
              </span>
            ))}
          </p>
        )
      }
      leadHeight={LEAD}
      state={
        state.kind === 'ready' && data?.total === 0
          ? {
              kind: 'empty',
              title: 'Nothing is planned',
              hint: 'Cancellations, ends of discounts and trials, and renewals of the next 30 days stand here.',
            }
          : state
      }
      rows={data?.rows ?? []}
      rowHeight={ROW}
      total={data?.total ?? 0}
    >
      {(row) => {
        const neutral = isUndecided(row.kind);
        return (
          <li key={`${row.on} ${row.customerId} ${row.kind} ${row.mrr ?? ''}`} className="border-t border-line">
            <LinkedName
              customerId={row.customerId}
              name={name(row.name)}
              day={format.day(row.on, 'short')}
              note={WORDS[row.kind].short}
              amount={row.mrr === null ? '—' : money(row.mrr, !neutral)}
              tone={neutral || row.mrr === null ? undefined : row.mrr < 0 ? 'loss' : 'gain'}
            />
          </li>
        );
      }}
    </ListTile>
  );
}
