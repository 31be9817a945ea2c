/** Who one customer is made of: its billing records and accounts, each with the way out, and the way in for others. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Link2, Merge, Split, Unlink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AccountMatch } from '../../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { stateOf, useEngine, type EngineClient } from '../../../lib/engine/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { StateGate } from '../../../ui/states.tsx';
import { Tile } from '../../../ui/tile.tsx';
import { useDecide, useRegroup, type Decide, type NamedCustomer, type Regroup } from '../use-decide.ts';
import { KIND_WORDS } from '../words.ts';
import { AccountDialog } from './account-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';

export function OneCustomer({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const records = useQuery(api.identity.ofCustomer.queryOptions({ input: { customerId } }));
  const detail = useQuery({ ...api.customers.get.queryOptions({ input: { customerId } }), retry: false });
  const decide = useDecide();
  const regroup = useRegroup();
  const navigate = useNavigate();
  const [merging, setMerging] = useState(false);
  const [linking, setLinking] = useState(false);
  const { data } = records;
  const self: NamedCustomer = { customerId, customerName: detail.data?.customer.name ?? `Customer ${customerId}` };
  if (data?.mergedInto)
    return (
      <Callout
        title={`This customer is part of ${data.mergedInto.name} since they were merged`}
        action={
          <Link
            to="/matching"
            search={{ customer: data.mergedInto.customerId }}
            className="text-accent hover:underline"
          >
            {data.mergedInto.name}
          </Link>
        }
      />
    );
  return (
    <StateGate state={stateOf(records)}>
      <div className="flex flex-col gap-4">
        <Tile
          title={`Billing records of ${self.customerName}`}
          actions={
            <Button size="sm" icon={Merge} onClick={() => setMerging(true)}>
              Merge with…
            </Button>
          }
          flush
        >
          <DataTable
            label="Billing records"
            rows={data?.billing ?? []}
            rowKey={({ sourceId, recordId }) => `${sourceId} ${recordId}`}
            columns={recordColumns(regroup, data?.billing.length ?? 0)}
            state={
              data?.billing.length === 0
                ? { kind: 'empty', title: 'No billing record', hint: 'No source speaks of this customer any more.' }
                : { kind: 'ready' }
            }
          />
        </Tile>
        <Tile
          title="Accounts in other systems"
          actions={
            <Button size="sm" icon={Link2} onClick={() => setLinking(true)}>
              Link an account…
            </Button>
          }
          flush
        >
          <DataTable
            label="Accounts of the customer"
            rows={data?.accounts ?? []}
            rowKey={({ sourceId, accountId }) => `${sourceId} ${accountId}`}
            rowKeys={{ x: (account) => decide('unlink', account, self) }}
            columns={accountColumns(decide, self)}
            state={
              data?.accounts.length === 0
                ? {
                    kind: 'empty',
                    title: 'No account is linked',
                    hint: 'Link one by hand, or confirm what is suggested in the lists of this room.',
                  }
                : { kind: 'ready' }
            }
          />
        </Tile>
      </div>
      {linking && <AccountDialog customer={self} decide={decide} onClose={() => setLinking(false)} />}
      {merging && (
        <MergeDialog
          customers={[self]}
          onClose={() => setMerging(false)}
          onMerged={(into) => void navigate({ to: '/matching', search: { customer: into.customerId } })}
        />
      )}
    </StateGate>
  );
}

type BillingRecord = Awaited<ReturnType<EngineClient['identity']['ofCustomer']>>['billing'][number];

function recordColumns(regroup: Regroup, records: number): Column<BillingRecord>[] {
  return [
    { id: 'name', header: 'Record', value: ({ name, recordId }) => name ?? recordId },
    { id: 'id', header: 'Id', value: ({ recordId }) => recordId, width: 220 },
    { id: 'source', header: 'Source', value: ({ sourceName }) => sourceName, width: 140 },
    {
      id: 'split',
      header: 'Split',
      width: 120,
      sortable: false,
      value: () => null,
      cell: (record) => (
        <Button
          size="sm"
          icon={Split}
          disabled={regroup.busy || records < 2}
          onClick={() => regroup.split(record, () => undefined)}
        >
          Split off
        </Button>
      ),
    },
  ];
}

function accountColumns(decide: Decide, self: NamedCustomer): Column<AccountMatch>[] {
  return [
    { id: 'name', header: 'Account', value: ({ name, accountId }) => name ?? accountId },
    { id: 'kind', header: 'Kind', value: ({ kind }) => KIND_WORDS[kind], width: 90 },
    { id: 'source', header: 'Source', value: ({ sourceName }) => sourceName, width: 140 },
    { id: 'why', header: 'Why', value: ({ linked }) => linked?.evidence ?? null },
    {
      id: 'unlink',
      header: 'Unlink',
      width: 110,
      sortable: false,
      value: () => null,
      cell: (account) => (
        <Button size="sm" icon={Unlink} disabled={decide.busy} onClick={() => decide('unlink', account, self)}>
          Unlink
        </Button>
      ),
    },
  ];
}
