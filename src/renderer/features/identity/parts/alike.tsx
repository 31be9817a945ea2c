/** Customers of billing that may be one company, with what they have in common: nothing is merged without a word. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Merge } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { Alike } from '../../../../shared/contract/identity.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { useFormat } from '../../../lib/format-context.tsx';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { Tile } from '../../../ui/tile.tsx';
import type { NamedCustomer } from '../use-decide.ts';
import { alikeText } from '../words.ts';
import { MergeDialog } from './merge-dialog.tsx';

export function AlikeCustomers(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const [merging, setMerging] = useState<readonly NamedCustomer[] | null>(null);
  const found = useQuery({
    ...api.identity.alike.queryOptions({ input: asked === '' ? {} : { search: asked } }),
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.groups ?? [];
  const total = found.data?.total ?? 0;
  const state = stateOf(found);
  const open = (group: Alike): void => setMerging(namesOf(group));
  return (
    <Tile
      title="Customers that may be one company"
      subtitle={`Several Stripe customers of one company count as one after a merge.${total > rows.length ? ` The first ${format.count(rows.length)} of ${format.count(total)}.` : ''}`}
      actions={
        <Button size="sm" icon={Merge} onClick={() => setMerging([])}>
          Merge customers…
        </Button>
      }
      flush
    >
      <DataTable
        label="Customers that may be one company"
        rows={rows}
        rowKey={({ rule, value }) => `${rule} ${value}`}
        onOpen={open}
        columns={columnsOf(open, (count) => format.count(count))}
        toolbar={
          <TextField
            label="Search customers alike"
            labelHidden
            placeholder="Search names, domains and addresses"
            value={search}
            onChange={setSearch}
          />
        }
        state={
          state.kind === 'ready' && rows.length === 0
            ? {
                kind: 'empty',
                title: asked === '' ? 'No two customers are alike' : 'No customer fits',
                hint: 'Customers that share an address, a company’s domain or a name appear here. Any can be merged by hand.',
              }
            : state
        }
      />
      {merging !== null && <MergeDialog customers={merging} onClose={() => setMerging(null)} />}
    </Tile>
  );
}

function namesOf({ customers }: Alike): NamedCustomer[] {
  return customers.map(({ customerId, name }) => ({ customerId, customerName: name }));
}

function columnsOf(open: (group: Alike) => void, countText: (count: number) => string): Column<Alike>[] {
  return [
    { id: 'why', header: 'In common', width: 280, value: alikeText },
    {
      id: 'who',
      header: 'Customers',
      value: ({ customers }) => customers.map(({ name }) => name).join(', '),
    },
    {
      id: 'count',
      header: 'Count',
      align: 'end',
      width: 80,
      value: ({ customers }) => customers.length,
      text: ({ customers }) => countText(customers.length),
    },
    {
      id: 'merge',
      header: 'Decide',
      width: 110,
      sortable: false,
      value: () => null,
      cell: (group) => (
        <Button size="sm" icon={Merge} onClick={() => open(group)}>
          Merge…
        </Button>
      ),
    },
  ];
}
