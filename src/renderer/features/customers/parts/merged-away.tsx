/** Leads from a customer that became part of another one to that one. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { useEngine } from '../../../lib/engine/index.ts';
import { Callout } from '../../../ui/callout.tsx';

export function MergedAway({ customerId }: { customerId: CustomerId }): ReactNode {
  const { api } = useEngine();
  const { data } = useQuery(api.identity.ofCustomer.queryOptions({ input: { customerId } }));
  if (!data?.mergedInto) return null;
  const { customerId: into, name } = data.mergedInto;
  return (
    <Callout
      title={`This customer is part of ${name} since they were merged`}
      action={
        <Link to="/customers/$customerId" params={{ customerId: into }} className="text-accent hover:underline">
          {name}
        </Link>
      }
    />
  );
}
