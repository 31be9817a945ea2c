/** Where invoices say something else than the subscription was seen to be. MRR follows what was seen. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { EvidenceDisagreement } from '../../../../shared/contract/evidence.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { ExternalLink } from '../../../lib/address/index.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import type { Formatter } from '../../../lib/format.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

const PAGE = 200;
const DISAGREEMENTS = { one: 'disagreement', other: 'disagreements' };
const CUSTOMERS = { one: 'customer', other: 'customers' };

const CAUSES: Readonly<Record<EvidenceDisagreement['cause'], string>> = {
  price: 'Another price',
  quantity: 'Another quantity',
  items: 'Other items',
  discount: 'Another discount',
  amount: 'Another amount',
  billed_while_not_counted: 'Billed while not counted',
  change_on_no_invoice: 'A change on no invoice',
};

export function EvidenceTab(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const navigate = useNavigate();
  const pages = useInfiniteQuery(
    api.metrics.evidenceDisagreements.infiniteOptions({
      input: (cursor: string | null) => ({ limit: PAGE, cursor }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.cursor,
    }),
  );
  const all = pages.data?.pages ?? [];
  const rows = all.flatMap((page) => page.rows);
  const last = all.at(-1);
  const [toTheEnd, setToTheEnd] = useState(false);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (!toTheEnd || !hasNextPage || isFetchingNextPage) return;
    void fetchNextPage().then(({ isFetchNextPageError }) => {
      if (isFetchNextPageError) setToTheEnd(false);
    });
  }, [toTheEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const state = stateOf(pages);
  const done = !hasNextPage;
  return (
    <Tile
      title="Invoices against what was seen"
      subtitle="MRR follows events and reads of a subscription; its invoices are the second opinion"
      actions={
        hasNextPage ? (
          <>
            {toTheEnd ? (
              <Button onClick={() => setToTheEnd(false)}>Stop</Button>
            ) : (
              <>
                <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Look at more customers
                </Button>
                <Button disabled={isFetchingNextPage} onClick={() => setToTheEnd(true)}>
                  Look at all
                </Button>
              </>
            )}
          </>
        ) : undefined
      }
      flush
    >
      <DataTable
        label="Disagreements between invoices and subscriptions"
        columns={columnsOf(format)}
        rows={rows}
        rowKey={(row) => `${row.subscriptionId} ${row.on} ${row.cause} ${row.invoices.objectId}`}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
        exportName="evidence disagreements"
        toolbar={
          last !== undefined && last.customersInAll > 0
            ? last.total === null
              ? `${format.count(last.foundSoFar, DISAGREEMENTS)} so far, among ${format.count(last.searchedSoFar)} of ${format.count(last.customersInAll, CUSTOMERS)}`
              : `${format.count(last.total, DISAGREEMENTS)} in all, among ${format.count(last.customersInAll, CUSTOMERS)}`
            : undefined
        }
        state={
          state.kind === 'ready' && rows.length === 0 && done
            ? {
                kind: 'empty',
                title: 'Invoices and subscriptions agree',
                hint: 'For every day on which both speak of a subscription they say the same.',
              }
            : state.kind === 'ready' && rows.length === 0
              ? {
                  kind: 'empty',
                  title: 'No disagreement so far',
                  hint: 'Among the customers looked at, invoices and subscriptions say the same. Look at more to be sure of all.',
                }
              : state
        }
      />
    </Tile>
  );
}

function columnsOf(format: Formatter): Column<EvidenceDisagreement>[] {
  const amount = (annual: number | null, currency: string): string =>
    annual === null || !isCurrencyCode(currency) ? '—' : format.money(money(annual, currencyCode(currency)));
  return [
    {
      id: 'on',
      header: 'Day',
      width: 110,
      value: (row) => row.on,
      text: (row) => format.day(row.on),
      exported: (row) => row.on,
    },
    { id: 'customer', header: 'Customer', value: (row) => row.customerName, width: 190 },
    { id: 'cause', header: 'What differs', value: (row) => CAUSES[row.cause], width: 170 },
    {
      id: 'invoices',
      header: 'By invoices, a year',
      align: 'end',
      width: 170,
      value: (row) => row.invoices.annualMinor,
      text: (row) => amount(row.invoices.annualMinor, row.currency),
    },
    {
      id: 'state',
      header: 'As seen, a year',
      align: 'end',
      width: 150,
      value: (row) => row.state.annualMinor,
      text: (row) => amount(row.state.annualMinor, row.currency),
    },
    {
      id: 'note',
      header: 'In a sentence',
      value: (row) => row.note,
      cell: (row) => (
        <span className="flex items-center gap-2">
          <span className="truncate text-muted" title={row.note}>
            {row.note}
          </span>
          {row.invoices.sourceUrl !== null && <ExternalLink href={row.invoices.sourceUrl}>Invoice</ExternalLink>}
        </span>
      ),
    },
  ];
}
