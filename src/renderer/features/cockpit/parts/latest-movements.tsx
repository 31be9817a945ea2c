/** What moved lately, newest first: who, how, and by how much a month. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SliceMovementKind, MovementRow } from '../../../../shared/contract/metrics.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { useCustomerName } from '../cockpit-context.tsx';
import type { Period } from '../period.ts';
import { useMovements } from '../use-cockpit.ts';
import { LinkedName } from './linked-name.tsx';
import { ListTile } from './list-tile.tsx';

const MOST = 40;
const ROW = 26;
const LEAD = 36;

export const KIND_WORDS: Record<SliceMovementKind, string> = {
  movedIn: 'Moved in',
  movedOut: 'Moved out',
  new: 'New',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
  paused: 'Paused',
  resumed: 'Resumed',
  fx: 'FX',
};

/** Newest first; movements of one day by size. FX moves no customer and is left to the bridge. */
export function latest(rows: readonly MovementRow[], count: number): MovementRow[] {
  return rows
    .filter((row) => row.kind !== 'fx')
    .toSorted((a, b) => (a.on === b.on ? Math.abs(b.annualMinor) - Math.abs(a.annualMinor) : a.on < b.on ? 1 : -1))
    .slice(0, count);
}

export interface LatestMovementsProps {
  period: Period;
  /** Default «What moved». */
  title?: string;
  /** A line above the list. */
  lead?: string;
}

export function LatestMovements({ period, title = 'What moved', lead }: LatestMovementsProps): ReactNode {
  const { api } = useEngine();
  const evidence = useEvidence();
  const format = useFormat();
  const name = useCustomerName();
  const movements = useMovements(period.asOf);
  const currency = useQuery(api.workspace.get.queryOptions()).data?.reportingCurrency;
  const rows = latest(movements.data?.rows ?? [], MOST);
  const state = stateOf(movements);
  return (
    <ListTile
      title={title}
      {...(lead === undefined
        ? {}
        : { leadHeight: LEAD, lead: <p className="h-9 px-4 text-xs leading-4 text-pretty text-muted">{lead}</p> })}
      actions={
        <Button
          size="sm"
          kind="ghost"
          onClick={() => evidence.open({ why: 'netNewArr', from: period.bridgeFrom, to: period.asOf })}
        >
          All of the month
        </Button>
      }
      state={
        state.kind === 'ready' && rows.length === 0
          ? { kind: 'empty', title: 'Nothing moved', hint: 'No subscription changed in the last 30 days.' }
          : state
      }
      rows={rows}
      rowHeight={ROW}
      total={rows.length}
    >
      {(row) => {
        const amount = divideRounded(row.annualMinor, 12);
        return (
          <li key={`${row.on}-${row.subscriptionId}-${row.kind}-${row.annualMinor}`}>
            <LinkedName
              customerId={row.customerId}
              name={name(row.customerName)}
              day={format.day(row.on, 'short')}
              note={KIND_WORDS[row.kind]}
              amount={
                currency === undefined ? '' : format.value(amount, moneyUnit(currency), { signed: true, form: 'whole' })
              }
              tone={amount < 0 ? 'loss' : 'gain'}
            />
          </li>
        );
      }}
    </ListTile>
  );
}
