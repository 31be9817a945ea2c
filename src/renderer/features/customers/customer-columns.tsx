/** The columns of the table of customers. */
import { Link } from '@tanstack/react-router';
import type { CustomerRow } from '../../../shared/contract/customers.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { decimalText, money } from '../../../shared/kernel/money.ts';
import type { Formatter } from '../../lib/format.ts';
import { NO_VALUE } from '../../../shared/formats/number.ts';
import type { Column } from '../../ui/table-model.ts';
import { CustomerState, STATE_WORDS } from './customer-state.tsx';

export function customerColumns(currency: CurrencyCode | undefined, format: Formatter): Column<CustomerRow>[] {
  return [
    {
      id: 'name',
      header: 'Customer',
      value: (row) => row.name,
      cell: (row) => (
        <Link
          to="/customers/$customerId"
          params={{ customerId: row.customerId }}
          tabIndex={-1}
          className="font-medium text-ink underline-offset-2 hover:underline"
        >
          {row.name}
        </Link>
      ),
    },
    { id: 'email', header: 'Email', value: (row) => row.email, sortable: false },
    {
      id: 'state',
      header: 'State',
      width: 110,
      value: (row) => STATE_WORDS[row.state].label,
      cell: (row) => <CustomerState state={row.state} />,
    },
    { id: 'plan', header: 'Plan', value: (row) => row.plan, sortable: false, width: 150 },
    {
      id: 'mrr',
      header: currency === undefined ? 'MRR' : `MRR (${currency})`,
      align: 'end',
      width: 150,
      value: (row) => row.mrr,
      text: (row) => (row.mrr === null || currency === undefined ? NO_VALUE : format.money(money(row.mrr, currency))),
      exported: (row) => (row.mrr === null || currency === undefined ? null : decimalText(row.mrr, currency)),
    },
    {
      id: 'customerSince',
      header: 'Customer since',
      width: 145,
      value: (row) => row.customerSince,
      text: (row) => format.day(row.customerSince),
    },
    {
      id: 'churnedOn',
      header: 'Churned on',
      width: 115,
      value: (row) => row.churnedOn,
      text: (row) => format.day(row.churnedOn),
    },
    { id: 'country', header: 'Country', value: (row) => row.country, width: 98 },
  ];
}
