/** All customers: searched, filtered and sorted by the engine; the address says how. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { CUSTOMER_STATES } from '../../../shared/contract/customer-state.ts';
import type { CustomersSearch } from '../../lib/address/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { useSize } from '../../lib/use-size.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Select, type Option } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { customerColumns } from './customer-columns.tsx';
import { sortFrom, sortInto, useCustomers } from './use-customers.ts';
import { STATE_WORDS } from './customer-state.tsx';

type StateChoice = (typeof CUSTOMER_STATES)[number] | 'all';

const STATE_OPTIONS: readonly Option<StateChoice>[] = [
  { value: 'all', label: 'All states' },
  ...CUSTOMER_STATES.map((state) => ({ value: state, label: STATE_WORDS[state].label })),
];

const TOOLBAR_HEIGHT = 40;

export function CustomersPage(): ReactNode {
  const search = useSearch({ from: '/frame/customers' });
  const navigate = useNavigate();
  const format = useFormat();
  const customers = useCustomers(search);
  const [box, size] = useSize<HTMLDivElement>({ width: 900, height: 600 });
  const change = (part: Partial<CustomersSearch>): void =>
    void navigate({ to: '/customers', search: (known) => ({ ...known, ...part }), replace: true });
  return (
    <Page
      title="Customers"
      fill
      subtitle={
        customers.total === undefined ? ' ' : format.count(customers.total, { one: 'customer', other: 'customers' })
      }
      actions={
        <>
          <SearchBox
            value={search.search ?? ''}
            onChange={(text) => change({ search: text === '' ? undefined : text })}
          />
          <div className="w-40">
            <Select
              label="State"
              labelHidden
              options={STATE_OPTIONS}
              value={search.state ?? 'all'}
              onChange={(state) => change({ state: state === 'all' ? undefined : state })}
            />
          </div>
        </>
      }
    >
      <div ref={box} className="min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface">
        <DataTable
          label="Customers"
          columns={customerColumns(customers.currency, format)}
          rows={customers.rows}
          rowKey={(row) => String(row.customerId)}
          state={customers.state}
          sort={sortFrom(search)}
          onSort={(sort) => change(sortInto(sort))}
          onEnd={customers.loadMore}
          onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
          maxHeight={Math.max(280, size.height - TOOLBAR_HEIGHT)}
          exportName="customers"
          toolbar={
            customers.total !== undefined &&
            customers.rows.length < customers.total &&
            `${format.count(customers.rows.length)} of ${format.count(customers.total)} loaded; more come while scrolling`
          }
        />
      </div>
    </Page>
  );
}

const TYPING_PAUSE_MS = 150;

/** Waits for a pause in the typing before the engine is asked. */
function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }): ReactNode {
  const [text, setText] = useState(value);
  const [committed, setCommitted] = useState(value);
  if (value !== committed) {
    setCommitted(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div className="w-64">
      <TextField
        type="search"
        label="Search customers"
        labelHidden
        placeholder="Name, email or vendor’s id"
        value={text}
        onChange={setText}
      />
    </div>
  );
}
