/** Links any account of a CRM, the product or a help desk to a customer: searched by the engine. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { AccountMatch } from '../../../../shared/contract/identity.ts';
import { stateOf, useEngine } from '../../../lib/engine/index.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Column } from '../../../ui/table-model.ts';
import { TextField } from '../../../ui/text-field.tsx';
import type { Decide, NamedCustomer } from '../use-decide.ts';
import { KIND_WORDS } from '../words.ts';

const SHOWN = 50;

export interface AccountDialogProps {
  customer: NamedCustomer;
  decide: Decide;
  onClose: () => void;
}

export function AccountDialog({ customer, decide, onClose }: AccountDialogProps): ReactNode {
  const { api } = useEngine();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...api.identity.accounts.queryOptions({
      input: { state: 'all', limit: SHOWN, ...(asked === '' ? {} : { search: asked }) },
    }),
    placeholderData: keepPreviousData,
  });
  const rows = (found.data?.rows ?? []).filter(({ linked }) => linked?.customerId !== customer.customerId);
  const state = stateOf(found);
  const pick = (account: AccountMatch): void => {
    decide('link', account, customer);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Link an account to ${customer.customerName}`}
      description="An account that is linked to somebody else moves over."
      className="w-[min(44rem,calc(100vw-2rem))]"
    >
      <div className="flex flex-col gap-2">
        <TextField
          label="Account"
          placeholder="A part of the name or domain, or the whole id"
          autoFocus
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            const [first] = rows;
            if (event.key === 'Enter' && first !== undefined && asked === search.trim() && asked !== '') pick(first);
          }}
        />
        <DataTable
          label="Accounts found"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ sourceId, accountId }) => `${sourceId} ${accountId}`}
          onOpen={pick}
          maxHeight={300}
          state={
            state.kind === 'ready' && rows.length === 0
              ? {
                  kind: 'empty',
                  title: 'No account fits',
                  hint: 'Try a part of the name, the domain, or the whole id.',
                }
              : state
          }
        />
      </div>
    </Dialog>
  );
}

const COLUMNS: readonly Column<AccountMatch>[] = [
  { id: 'name', header: 'Account', value: ({ name, accountId }) => name ?? accountId, sortable: false },
  { id: 'domain', header: 'Domain', value: ({ domain }) => domain, width: 140, sortable: false },
  { id: 'kind', header: 'Kind', value: ({ kind }) => KIND_WORDS[kind], width: 80, sortable: false },
  { id: 'source', header: 'Source', value: ({ sourceName }) => sourceName, width: 100, sortable: false },
  {
    id: 'linked',
    header: 'Linked to',
    value: ({ linked }) => linked?.customerName ?? null,
    sortable: false,
  },
];
