/** Who a customer is made of: the records of every system that are this customer, and the way to change that. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AccountKind } from '../../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { Tile } from '../../../ui/tile.tsx';

const KINDS: Readonly<Record<AccountKind, string>> = { crm: 'Sales', product: 'Product', support: 'Support' };

interface Part {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  readonly where: string;
  readonly why: string | null;
}

export function MadeOf({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const { data } = useQuery(api.identity.ofCustomer.queryOptions({ input: { customerId } }));
  if (data === undefined) return null;
  const parts: Part[] = [
    ...data.billing.map(({ sourceId, sourceName, recordId, name }) => ({
      key: `${sourceId} ${recordId}`,
      kind: 'Billing',
      name: name ?? recordId,
      id: recordId,
      where: sourceName,
      why: null,
    })),
    ...data.accounts.map(({ sourceId, sourceName, accountId, name, kind, linked }) => ({
      key: `${sourceId} ${accountId}`,
      kind: KINDS[kind],
      name: name ?? accountId,
      id: accountId,
      where: sourceName,
      why: linked?.evidence ?? null,
    })),
  ];
  return (
    <Tile
      title="Made of"
      actions={
        <Link to="/matching" search={{ customer: customerId }} className="text-sm text-accent hover:underline">
          Merge, split, link
        </Link>
      }
    >
      <ul className="flex flex-col divide-y divide-line">
        {parts.map(({ key, kind, name, id, where, why }) => (
          <li key={key} className="flex min-w-0 items-baseline gap-3 py-1.5">
            <span className="w-16 shrink-0 text-xs text-muted">{kind}</span>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{name}</span>
              <span className="block truncate text-xs text-muted">
                {where}
                {name === id ? '' : ` · ${id}`}
                {why === null ? '' : ` · ${why}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Tile>
  );
}
