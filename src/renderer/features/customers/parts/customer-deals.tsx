/** A customer's deals in the CRM, and the records of other systems that are this customer. */
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import type { CrmMeaning } from '../../../../shared/contract/crm-fields.ts';
import type { AccountMatch, CustomerDeal } from '../../../../shared/contract/identity.ts';
import { currencyCode, isCurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { ExternalLink } from '../../../lib/address/external-link.tsx';
import { useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { NO_VALUE } from '../../../../shared/formats/number.ts';
import type { Formatter } from '../../../lib/format.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { Tile } from '../../../ui/tile.tsx';

/** Shown only where an account of a CRM is linked: without a CRM the page says nothing of one. */
export function CustomerDeals({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const { data } = useQuery(api.identity.ofCustomer.queryOptions({ input: { customerId } }));
  const workspace = useQuery(api.workspace.get.queryOptions());
  const accounts = data?.accounts.filter(({ kind }) => kind === 'crm') ?? [];
  if (data === undefined || accounts.length === 0) return null;
  return (
    <Tile title="Deals" subtitle={<Accounts accounts={accounts} />} flush>
      <DataTable
        label="Deals"
        columns={columnsOf(format, data.deals)}
        rows={data.deals}
        rowKey={({ sourceId, dealId }) => `${sourceId} ${dealId}`}
        state={
          data.deals.length === 0
            ? { kind: 'empty', title: 'No deal', hint: 'The account is known to the CRM; nothing is being sold to it.' }
            : { kind: 'ready' }
        }
      />
      {workspace.data?.demo === true && (
        <p className="border-t border-line px-4 py-2 text-xs text-subtle">
          The demo company’s CRM runs on this computer: its accounts and deals have no page to open.
        </p>
      )}
    </Tile>
  );
}

/** Each leads to its page in the CRM, where it has one. */
function Accounts({ accounts }: { accounts: readonly AccountMatch[] }): ReactNode {
  return accounts.map(({ sourceId, accountId, name, sourceName, linked, page }, index) => (
    <Fragment key={`${sourceId} ${accountId}`}>
      {index > 0 && '; '}
      {page === null ? (name ?? accountId) : <ExternalLink href={page}>{name ?? accountId}</ExternalLink>}
      {` in ${sourceName}${linked === null ? '' : ` (${linked.evidence.toLowerCase()})`}`}
    </Fragment>
  ));
}

const SAID_WORDS: Readonly<Record<CrmMeaning, string>> = {
  billing_customer: 'billing',
  channel: 'came by',
  slice: 'is',
  loss_reason: 'lost because of',
  competitor: 'against',
  contract_start: 'from',
  contract_end: 'until',
  annual_amount: 'a year',
};

function saidText({ meaning, text }: CustomerDeal['said'][number]): string {
  return meaning === 'annual_amount' ? `${text} ${SAID_WORDS[meaning]}` : `${SAID_WORDS[meaning]} ${text}`;
}

function columnsOf(format: Formatter, deals: readonly CustomerDeal[]): Column<CustomerDeal>[] {
  return [
    {
      id: 'name',
      header: 'Deal',
      value: ({ name }) => name,
      cell: ({ name, page }) => (page === null ? name : <ExternalLink href={page}>{name}</ExternalLink>),
    },
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
    {
      id: 'said',
      header: 'Further',
      value: ({ said }) => (said.length === 0 ? null : said.map(saidText).join('; ')),
    },
    { id: 'owner', header: 'Owner', width: 120, value: ({ owner }) => owner },
    // Most companies keep none.
    ...(deals.some(({ territory }) => territory !== null)
      ? [{ id: 'territory', header: 'Territory', width: 150, value: ({ territory }: CustomerDeal) => territory }]
      : []),
  ];
}
