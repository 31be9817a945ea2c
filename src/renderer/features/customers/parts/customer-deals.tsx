/** A customer's deals in the CRM, and the records of other systems that are this customer. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CustomerDeal } from '../../../../shared/contract/identity.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../lib/format-number.ts';
import type { Formatter } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

/** Shown only where an account of a CRM is linked: without a CRM the page says nothing of one. */
export function CustomerDeals({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.identity.ofCustomer.queryOptions({ input: { customerId } }));
  if (data === undefined || data.accounts.length === 0) return null;
  const names = data.accounts.map(({ name, accountId, sourceName, linked }) => {
    const why = linked === null ? '' : ` (${linked.evidence.toLowerCase()})`;
    return `${name ?? accountId} in ${sourceName}${why}`;
  });
  return (
    <Tile title="Deals" subtitle={names.join('; ')} flush>
      <DataTable
        label="Deals"
        columns={columnsOf(format)}
        rows={data.deals}
        rowKey={({ dealId }) => dealId}
        state={
          data.deals.length === 0
            ? { kind: 'empty', title: 'No deal', hint: 'The account is known to the CRM; nothing is being sold to it.' }
            : { kind: 'ready' }
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<CustomerDeal>[] {
  return [
    { id: 'name', header: 'Deal', value: ({ name }) => name },
    {
      id: 'stage',
      header: 'Stage',
      width: 130,
      value: ({ stage, lossReason }) => (lossReason === null ? stage : `${stage}: ${lossReason}`),
    },
    {
      id: 'amount',
      header: 'Amount',
      align: 'end',
      width: 110,
      value: ({ amountMinor }) => amountMinor,
      text: ({ amountMinor, currency }) =>
        amountMinor === null || currency === null || !isCurrencyCode(currency)
          ? NO_VALUE
          : format.money(money(amountMinor, currencyCode(currency))),
    },
    {
      id: 'closes',
      header: 'Closes',
      width: 110,
      value: ({ closeOn }) => closeOn,
      text: ({ closeOn }) => (closeOn === null ? NO_VALUE : format.day(closeOn)),
    },
    { id: 'owner', header: 'Owner', width: 120, value: ({ owner }) => owner },
  ];
}
