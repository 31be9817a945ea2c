/** What moved lately, newest first: who, how, and by how much a month. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SliceMovementKind, MovementRow } from '../../../../shared/contract/metrics.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { useEvidence } from '../../../lib/address/index.ts';
import { classNames } from '../../../lib/class-names.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { moneyUnit } from '../../../lib/unit.ts';
import { Button } from '../../../ui/button.tsx';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useQuery } from '@tanstack/react-query';
import type { Period } from '../period.ts';
import { useMovements } from '../use-cockpit.ts';

const SHOWN = 7;

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

export function LatestMovements({ period, className }: { period: Period; className?: string }): ReactNode {
  const { api } = useEngine();
  const evidence = useEvidence();
  const movements = useMovements(period.asOf);
  const currency = useQuery(api.workspace.get.queryOptions()).data?.reportingCurrency;
  const rows = latest(movements.data?.rows ?? [], SHOWN);
  const state = stateOf(movements);
  return (
    <Tile
      title="What moved"
      flush
      {...(className === undefined ? {} : { className })}
      actions={
        <Button
          size="sm"
          kind="ghost"
          onClick={() => evidence.open({ why: 'netNewArr', from: period.bridgeFrom, to: period.asOf })}
        >
          All of the month
        </Button>
      }
    >
      <StateGate
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'Nothing moved', hint: 'No subscription changed in the last 30 days.' }
            : state
        }
      >
        <ul className="pb-2">
          {rows.map((row) => (
            <Movement
              key={`${row.on}-${row.subscriptionId}-${row.kind}-${row.annualMinor}`}
              row={row}
              currency={currency}
            />
          ))}
        </ul>
      </StateGate>
    </Tile>
  );
}

type Currency = Parameters<typeof moneyUnit>[0] | undefined;

function Movement({ row, currency }: { row: MovementRow; currency: Currency }): ReactNode {
  const format = useFormat();
  const amount = divideRounded(row.annualMinor, 12);
  return (
    <li>
      <Link
        to="/customers/$customerId"
        params={{ customerId: row.customerId }}
        className="flex h-8 items-center gap-3 px-4 hover:bg-hover"
      >
        <span className="w-12 shrink-0 text-xs text-subtle">{format.day(row.on, 'short')}</span>
        <span className="min-w-0 flex-1 truncate text-ink">{row.customerName}</span>
        <span className="shrink-0 text-xs text-muted">{KIND_WORDS[row.kind]}</span>
        <span className={classNames('w-20 shrink-0 text-right font-medium', amount < 0 ? 'text-loss' : 'text-gain')}>
          {currency === undefined ? '' : format.value(amount, moneyUnit(currency), { signed: true, form: 'whole' })}
        </span>
      </Link>
    </li>
  );
}
