/** All customers: searched, filtered and sorted by the engine; the address says how. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { CUSTOMER_STATES } from '../../../shared/contract/customer-state.ts';
import { useFilters, type CustomersSearch, type FiltersText } from '../../lib/address/index.ts';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { useSize } from '../../lib/use-size.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Page } from '../../ui/page.tsx';
import { Select, type Option } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { customerColumns } from './customer-columns.tsx';
import { filterFrom, NO_FILTER, segmentIn, sliceOfSegment } from './filter.ts';
import { RangeFilters } from './parts/range-filters.tsx';
import { SegmentBar } from './parts/segment-bar.tsx';
import { inputOf, sortFrom, sortInto, useCustomers } from './use-customers.ts';
import { useExport } from './use-export.ts';
import { useSegments } from './use-segments.ts';
import { STATE_WORDS } from './customer-state.tsx';

type StateChoice = (typeof CUSTOMER_STATES)[number] | 'all';

const STATE_OPTIONS: readonly Option<StateChoice>[] = [
  { value: 'all', label: 'All states' },
  ...CUSTOMER_STATES.map((state) => ({ value: state, label: STATE_WORDS[state].label })),
];

const TOOLBAR_HEIGHT = 40;

export function CustomersPage(): ReactNode {
  const own = useSearch({ from: '/frame/customers' });
  const { slice } = useFilters();
  const search = { ...own, slice };
  const navigate = useNavigate();
  const format = useFormat();
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  const customers = useCustomers(search);
  const segments = useSegments();
  const saving = useExport(inputOf(search), format);
  const filter = filterFrom(search);
  const isFiltered = Object.keys(filter).length > 0;
  const currency = customers.currency ?? workspace.data?.reportingCurrency;
  const columns = useMemo(() => customerColumns(customers.currency, format), [customers.currency, format]);
  const [box, size] = useSize<HTMLDivElement>({ width: 900, height: 600 });
  const loaded =
    customers.total === undefined || customers.rows.length >= customers.total
      ? undefined
      : `${format.count(customers.rows.length)} of ${format.count(customers.total)} loaded; more come while scrolling`;
  const segment = segmentIn(slice);
  const change = (part: Partial<CustomersSearch & FiltersText>): void =>
    void navigate({ to: '/customers', search: (known) => ({ ...known, ...part }), replace: true, resetScroll: false });
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
          <Button
            icon={Download}
            busy={saving.isPending}
            disabled={customers.total === undefined || customers.total === 0}
            onClick={() => saving.mutate()}
          >
            Export CSV
          </Button>
        </>
      }
    >
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-2">
        <SegmentBar
          segments={segments}
          chosen={segments.all.find(({ segmentId, name }) => String(segmentId) === segment || name === segment)}
          filter={filter}
          onChoose={(segmentId) => change({ ...NO_FILTER, slice: sliceOfSegment(segmentId) })}
        />
        <div role="group" aria-label="Further filters" className="flex min-w-0 flex-wrap items-center gap-1.5">
          {currency !== undefined && (
            <RangeFilters
              ranges={{ mrr: search.mrr, firstPaid: search.firstPaid, churned: search.churned }}
              currency={currency}
              onChange={change}
            />
          )}
          {isFiltered && (
            <Button kind="ghost" onClick={() => change(NO_FILTER)}>
              Clear
            </Button>
          )}
        </div>
      </div>
      <div ref={box} className="min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface">
        <DataTable
          label="Customers"
          columns={columns}
          rows={customers.rows}
          rowKey={(row) => String(row.customerId)}
          state={customers.state}
          sort={sortFrom(search)}
          onSort={(sort) => change(sortInto(sort))}
          onEnd={customers.loadMore}
          onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.customerId } })}
          maxHeight={Math.max(280, size.height - (loaded === undefined ? 0 : TOOLBAR_HEIGHT))}
          {...(loaded === undefined ? {} : { toolbar: loaded })}
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
