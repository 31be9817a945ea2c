/** What the customer subscribes to, each with its own dates, discounts and page at the vendor. */
import type { ReactNode } from 'react';
import { money } from '../../../../shared/kernel/money.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import type { Formatter } from '../../../lib/format.ts';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';
import type { CustomerDetail } from '../customer-detail.ts';

type Subscription = CustomerDetail['subscriptions'][number];

export function Subscriptions({ detail }: { detail: CustomerDetail }): ReactNode {
  const format = useFormat();
  const { subscriptions } = detail;
  return (
    <Tile title="Subscriptions" flush>
      <DataTable
        label="Subscriptions"
        columns={columnsOf(detail, format)}
        rows={subscriptions}
        rowKey={(row) => row.subscriptionId}
        state={
          subscriptions.length === 0
            ? { kind: 'empty', title: 'No subscription', hint: 'This customer never had one, or it is not synced yet.' }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

/** The plan, with the discounts on it. */
function planText({ plan, discounts }: Subscription): string | null {
  const parts = [plan, ...discounts].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** Pixels of a digit, and of a cell's edges. */
const DIGIT = 8;
const EDGES = 20;

function columnsOf(detail: CustomerDetail, format: Formatter): Column<Subscription>[] {
  const mrrText = ({ mrr }: Subscription) => (mrr === null ? NO_VALUE : format.money(money(mrr, detail.currency)));
  const longest = Math.max(0, ...detail.subscriptions.map((row) => mrrText(row).length));
  return [
    { id: 'plan', header: 'Plan', value: planText },
    { id: 'status', header: 'Status', value: (row) => row.status.replaceAll('_', ' '), width: 90 },
    {
      id: 'mrr',
      header: 'MRR',
      align: 'end',
      width: Math.max(100, longest * DIGIT + EDGES),
      value: (row) => row.mrr,
      text: mrrText,
    },
    {
      id: 'started',
      header: 'Started',
      width: 120,
      value: (row) => row.startedOn,
      text: (row) => format.day(row.startedOn),
    },
    {
      id: 'ends',
      header: 'Renews or ends',
      width: 160,
      value: (row) => row.endsOn ?? row.currentPeriodEndsOn,
      text: (row) =>
        row.endsOn === null
          ? row.currentPeriodEndsOn === null
            ? NO_VALUE
            : `renews ${format.day(row.currentPeriodEndsOn, 'short')}`
          : `ends ${format.day(row.endsOn)}`,
    },
    {
      id: 'source',
      header: 'Source',
      width: 90,
      sortable: false,
      value: (row) => row.subscriptionId,
      cell: (row) => (row.sourceUrl === null ? NO_VALUE : <ExternalLink href={row.sourceUrl}>Open</ExternalLink>),
    },
  ];
}
