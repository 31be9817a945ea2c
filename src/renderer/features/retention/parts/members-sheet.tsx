/** Why a cell is what it is: its cohort's customers, what they paid at the start and what they pay at that age. */
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CohortMember } from '../../../../shared/contract/retention.ts';
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { stateOf } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Sheet } from '../../../ui/dialog.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { amountColumns } from '../amount-column.ts';
import { useMembers, type Choice } from '../use-retention.ts';
import { UNIT_WORDS } from '../words.ts';
import { cohortLabel } from './cohort-matrix.tsx';

export interface MembersSheetProps {
  choice: Choice;
  /** Null: closed. */
  cell: { readonly cohort: string; readonly age: number } | null;
  onClose: () => void;
}

const STATES: Record<CohortMember['state'], { label: string; tone: Tone }> = {
  grown: { label: 'Pays more', tone: 'gain' },
  same: { label: 'Pays the same', tone: 'neutral' },
  shrunk: { label: 'Pays less', tone: 'warn' },
  left: { label: 'Does not pay', tone: 'loss' },
  not_valued: { label: 'No rate', tone: 'warn' },
};

export function MembersSheet({ choice, cell, onClose }: MembersSheetProps): ReactNode {
  const format = useFormat();
  const navigate = useNavigate();
  const members = useMembers(choice, cell);
  const first = members.data?.pages[0];
  const rows = members.data?.pages.flatMap((page) => page.rows) ?? [];
  const label = cell === null ? '' : cohortLabel(cell.cohort, choice.unit, format);
  const age = format.count(cell?.age ?? 0, {
    one: UNIT_WORDS[choice.unit].noun,
    other: `${UNIT_WORDS[choice.unit].noun}s`,
  });
  return (
    <Sheet
      open={cell !== null}
      onClose={onClose}
      title={`Cohort ${label} after ${age}`}
      description={first === undefined ? ' ' : summaryOf(first, format)}
      className="w-[min(52rem,100vw)]"
    >
      <DataTable
        label={`Customers of cohort ${label}`}
        columns={first === undefined ? [] : columnsFor(first.currency, format)}
        rows={rows}
        rowKey={(row) => String(row.customerId)}
        state={stateOf(members)}
        maxHeight={Math.max(320, window.innerHeight - 150)}
        onEnd={() => {
          if (members.hasNextPage && !members.isFetchingNextPage) void members.fetchNextPage();
        }}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        exportName={`cohort ${cell?.cohort ?? ''} age ${cell?.age ?? 0}`}
      />
    </Sheet>
  );
}

type Page = NonNullable<ReturnType<typeof useMembers>['data']>['pages'][number];

function summaryOf({ total, kept, mrrThen, mrrNow, currency, on }: Page, format: Formatter): string {
  const amounts =
    mrrThen === null || mrrNow === null
      ? ''
      : ` They pay ${format.money(money(mrrNow, currency))} MRR, after ${format.money(money(mrrThen, currency))} at the end of the first period, each at the rates of its day.`;
  return `${format.count(kept)} of ${format.count(total, { one: 'customer', other: 'customers' })} pay on ${format.day(on)}.${amounts}`;
}

function columnsFor(currency: CurrencyCode, format: Formatter): Column<CohortMember>[] {
  const amount = amountColumns<CohortMember>(currency, format, 150);
  return [
    { id: 'name', header: 'Customer', value: (row) => row.name },
    {
      id: 'firstPaidOn',
      header: 'First paid',
      width: 120,
      value: (row) => row.firstPaidOn,
      text: (row) => format.day(row.firstPaidOn),
    },
    amount({ id: 'then', header: `MRR then (${currency})`, of: (row) => row.mrrThen }),
    amount({ id: 'now', header: `MRR now (${currency})`, of: (row) => row.mrrNow }),
    {
      id: 'state',
      header: 'State',
      width: 120,
      value: (row) => STATES[row.state].label,
      cell: (row) => <Badge tone={STATES[row.state].tone}>{STATES[row.state].label}</Badge>,
    },
  ];
}
