/** Offers that nobody has answered yet, and what they would add a month. They are no revenue. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { OpenQuotes as Report } from '../../../../shared/contract/cash.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { decimalText, money } from '../../../../shared/kernel/money.ts';
import { partOf, useFilters } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import type { Formatter } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const HEIGHT = 296;
type Quote = Report['rows'][number];

/** Shown only where a quote is open: who sells without quotes sees nothing of them. */
export function OpenQuotes(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const { slice } = partOf(useFilters());
  const quotes = useQuery(api.cash.openQuotes.queryOptions({ input: slice === undefined ? {} : { slice } }));
  const { data } = quotes;
  if (data === undefined || data.rows.length === 0) return null;
  return (
    <Tile flush title="Open quotes" subtitle={summary(data, format)}>
      <DataTable
        label="Open quotes"
        columns={columnsOf(format)}
        rows={data.rows}
        rowKey={({ quoteId }) => quoteId}
        state={stateOf(quotes)}
        maxHeight={HEIGHT}
        onOpen={({ customerId }) => {
          if (customerId !== null) void navigate({ to: '/customers/$customerId', params: { customerId } });
        }}
        exportName="open quotes"
      />
    </Tile>
  );
}

function summary({ rows, monthly, unvalued, currency }: Report, format: Formatter): string {
  const count = format.count(rows.length, { one: 'offer', other: 'offers' });
  const worth =
    monthly === null
      ? `not valued: ${format.count(unvalued)} in a currency without a rate of today`
      : `${format.money(money(monthly, currency))} a month if all that were sent are accepted`;
  return `${count}, ${worth}. They count in no figure`;
}

function columnsOf(format: Formatter): Column<Quote>[] {
  const amount = (id: 'total' | 'monthly', header: string): Column<Quote> => ({
    id,
    header,
    align: 'end',
    width: 132,
    value: (row) => row[id],
    text: ({ [id]: value, currency }) =>
      value === null || currency === null || !isCurrencyCode(currency)
        ? NO_VALUE
        : format.money(money(value, currencyCode(currency))),
    exported: ({ [id]: value, currency }) =>
      value === null || currency === null || !isCurrencyCode(currency)
        ? null
        : decimalText(value, currencyCode(currency)),
  });
  return [
    { id: 'customer', header: 'Customer', value: (row) => row.customerName },
    { id: 'number', header: 'Quote', width: 190, value: (row) => row.number ?? row.quoteId },
    { id: 'status', header: 'Status', width: 90, value: (row) => (row.status === 'draft' ? 'draft' : 'sent') },
    amount('monthly', 'A month'),
    amount('total', 'At acceptance'),
    {
      id: 'createdOn',
      header: 'Created',
      width: 120,
      value: (row) => row.createdOn,
      text: (row) => format.day(row.createdOn),
    },
    {
      id: 'expiresOn',
      header: 'Runs out',
      width: 120,
      value: (row) => row.expiresOn,
      text: (row) => format.day(row.expiresOn),
    },
  ];
}
