/** Who is about to leave: called off or past due, most MRR at risk first. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { stateOf } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { useCustomerName } from '../cockpit-context.tsx';
import { useLeaving } from '../use-cockpit.ts';
import { ListTile } from './list-tile.tsx';
import { LinkedName } from './linked-name.tsx';
import { usePartNote } from './whole-company-note.tsx';

const ROW = 26;
const LEAD = 44;

export function LeavingTile(): ReactNode {
  const format = useFormat();
  const name = useCustomerName();
  const note = usePartNote();
  const leaving = useLeaving();
  const { data } = leaving;
  const state = stateOf(leaving);
  const money = (amount: number | null): string =>
    data === undefined ? '' : format.value(amount, moneyUnit(data.currency), { form: 'whole' });
  return (
    <ListTile
      title="About to leave"
      {...(note === null ? {} : { subtitle: note })}
      actions={
        <Link
          to="/alerts"
          className="no-print rounded-md px-2 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
        >
          {data === undefined ? 'Alerts' : format.count(data.alerts, { one: 'open alert', other: 'open alerts' })}
        </Link>
      }
      lead={
        data !== undefined && (
          <p className="flex h-11 flex-wrap items-baseline gap-x-2 overflow-hidden px-4">
            <span className="text-lg font-semibold tracking-tight text-ink">{money(data.atRisk)}</span>
            <span className="text-xs text-muted">
              MRR at risk{data.share.value === null ? '' : `, ${format.percent(data.share.value)}`}
            </span>
            <span className="w-full truncate text-xs text-subtle">
              {money(data.calledOff.mrr)} called off by {format.count(data.calledOff.customers)},{' '}
              {money(data.pastDue.mrr)} past due of {format.count(data.pastDue.customers)}
            </span>
          </p>
        )
      }
      leadHeight={LEAD}
      state={
        state.kind === 'ready' && data?.total === 0
          ? {
              kind: 'empty',
              title: 'Nobody is about to leave',
              hint: 'Customers who call off or owe stand here, by the MRR at risk.',
            }
          : state
      }
      rows={data?.rows ?? []}
      rowHeight={ROW}
      total={data?.total ?? 0}
    >
      {(row) => (
        <li key={`${row.customerId} ${row.sign}`} className="border-t border-line">
          <LinkedName
            customerId={row.customerId}
            name={name(row.name)}
            note={
              row.sign === 'called_off'
                ? `ends ${row.on === null ? 'soon' : format.day(row.on, 'short')}`
                : `owes${row.on === null ? '' : ` since ${format.day(row.on, 'short')}`}`
            }
            amount={row.mrr === null ? '—' : money(row.mrr)}
            {...(row.reason === null ? {} : { title: row.reason })}
          />
        </li>
      )}
    </ListTile>
  );
}
