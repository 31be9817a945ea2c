/** Finds a customer: typed into a field, searched by the engine, chosen by click or with arrows and Enter. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { CustomerRow } from '../../../../shared/contract/customers.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import type { NamedCustomer } from '../use-decide.ts';

const SHOWN = 50;

export interface CustomerPickerProps {
  label: string;
  /** What the field holds at first: the account's name. */
  initial?: string;
  /** Who cannot be chosen. */
  without: readonly number[];
  onPick: (customer: NamedCustomer) => void;
}

export function CustomerPicker({ label, initial = '', without, onPick }: CustomerPickerProps): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [search, setSearch] = useState(initial);
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...api.customers.list.queryOptions({
      input: {
        ...(asked === '' ? {} : { filter: { search: asked } }),
        sort: 'mrr',
        direction: 'desc',
        offset: 0,
        limit: SHOWN + without.length,
      },
    }),
    placeholderData: keepPreviousData,
  });
  const rows = (found.data?.rows ?? []).filter(({ customerId }) => !without.includes(customerId)).slice(0, SHOWN);
  const state = stateOf(found);
  const pick = ({ customerId, name }: CustomerRow): void => onPick({ customerId, customerName: name });
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label={label}
        placeholder="Name, address or the billing system’s id"
        autoFocus
        value={search}
        onChange={setSearch}
        onKeyDown={(event) => {
          const [first] = rows;
          if (event.key === 'Enter' && first !== undefined && asked === search.trim()) pick(first);
        }}
      />
      <DataTable
        label="Customers found"
        columns={columnsOf((day) => format.day(day))}
        rows={rows}
        rowKey={({ customerId }) => String(customerId)}
        onOpen={pick}
        maxHeight={260}
        state={
          state.kind === 'ready' && rows.length === 0
            ? { kind: 'empty', title: 'No customer fits', hint: 'Try a part of the name, or the id in billing.' }
            : state
        }
      />
    </div>
  );
}

function columnsOf(dayText: (day: CustomerRow['customerSince']) => string): Column<CustomerRow>[] {
  return [
    { id: 'name', header: 'Customer', value: ({ name }) => name, sortable: false },
    { id: 'email', header: 'Address', value: ({ email }) => email, sortable: false },
    {
      id: 'since',
      header: 'Since',
      width: 120,
      sortable: false,
      value: ({ customerSince }) => customerSince,
      text: ({ customerSince }) => dayText(customerSince),
    },
  ];
}
