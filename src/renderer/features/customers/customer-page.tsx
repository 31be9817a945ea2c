/** One customer's whole story: where they stand, what they pay for, how it changed, and everything that happened. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { ExternalLink } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import type { CustomerDetail } from './customer-detail.ts';
import { CustomerHeadline } from './parts/customer-headline.tsx';
import { CustomerState } from './customer-state.tsx';
import { MadeOf } from './parts/made-of.tsx';
import { MergedAway } from './parts/merged-away.tsx';
import { CustomerLimits } from './parts/customer-limits.tsx';
import { MeterUsage } from './parts/meter-usage.tsx';
import { MrrHistory } from './parts/mrr-history.tsx';
import { Subscriptions } from './parts/subscriptions.tsx';
import { CustomerUsage } from './parts/customer-usage.tsx';
import { CustomerData } from './parts/customer-data.tsx';
import { CustomerDeals } from './parts/customer-deals.tsx';
import { CustomerService } from './parts/customer-service.tsx';
import { Timeline } from './parts/timeline.tsx';

export function CustomerPage(): ReactNode {
  const { customerId } = useParams({ from: '/frame/customers/$customerId' });
  const { api } = useEngine();
  const id = customerId as CustomerId;
  const detail = useQuery(api.customers.get.queryOptions({ input: { customerId: id } }));
  const data = detail.data;
  return (
    <Page
      title={data?.customer.name ?? 'Customer'}
      subtitle={data === undefined ? ' ' : <Identity detail={data} />}
      actions={
        <Link
          to="/customers"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden />
          All customers
        </Link>
      }
    >
      {detail.isError && <MergedAway customerId={id} />}
      <StateGate state={stateOf(detail)}>
        {data !== undefined && (
          <>
            <CustomerHeadline detail={data} />
            <div className="grid grid-cols-1 items-start gap-4 min-[1180px]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <div className="flex min-w-0 flex-col gap-4">
                <MrrHistory detail={data} />
                <Subscriptions detail={data} />
                <CustomerLimits customerId={id} />
                <MeterUsage customerId={id} />
                <CustomerUsage customerId={id} />
                <CustomerDeals customerId={id} />
                <CustomerService customerId={id} />
                <MadeOf customerId={id} />
                <CustomerData key={customerId} customer={data.customer} />
              </div>
              <Timeline customerId={id} />
            </div>
          </>
        )}
      </StateGate>
    </Page>
  );
}

function Identity({ detail }: { detail: CustomerDetail }): ReactNode {
  const { customer, sources } = detail;
  return (
    <span className="flex items-center gap-2">
      <CustomerState state={customer.state} />
      {customer.email !== null && <span className="truncate">{customer.email}</span>}
      {customer.country !== null && <span>{customer.country}</span>}
      {sources.map((source) =>
        source.url === null ? (
          <span key={source.id} className="font-mono text-xs text-subtle">
            {source.id}
          </span>
        ) : (
          <ExternalLink key={source.id} href={source.url} className="text-xs">
            {source.sourceName}
          </ExternalLink>
        ),
      )}
    </span>
  );
}
