/** Which records of which systems are one company: what needs a word from a person, what is linked, and who said so. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { ACCOUNT_KINDS, type AccountKind, type AccountState } from '../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Page } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { Accounts } from './parts/accounts.tsx';
import { AlikeCustomers } from './parts/alike.tsx';
import { Decisions } from './parts/decisions.tsx';
import { OneCustomer } from './parts/one-customer.tsx';
import { KIND_WORDS } from './words.ts';

type View = AccountState | 'alike' | 'decisions';
const EVERY_KIND = 'every';

/** The first view and every kind are not written into the address. */
function searchOf(view: View, system: AccountKind | undefined) {
  return { ...(view === 'suggested' ? {} : { view }), ...(system === undefined ? {} : { system }) };
}

export function MatchingPage(): ReactNode {
  const { view = 'suggested', system, customer } = useSearch({ from: '/frame/matching' });
  const navigate = useNavigate();
  const { api } = useEngine();
  const { data } = useQuery(api.identity.accounts.queryOptions({ input: { state: 'suggested', limit: 1 } }));
  const counted = (state: AccountState) => (data === undefined ? {} : { count: data.counts[state] });
  const tabs: readonly Tab<View>[] = [
    { value: 'suggested', label: 'To confirm', ...counted('suggested') },
    { value: 'conflicts', label: 'Conflicts', ...counted('conflicts') },
    { value: 'linked', label: 'Linked', ...counted('linked') },
    { value: 'unlinked', label: 'No customer', ...counted('unlinked') },
    { value: 'all', label: 'All', ...counted('all') },
    { value: 'alike', label: 'Customers alike' },
    { value: 'decisions', label: 'Decisions' },
  ];
  const isAccounts = view !== 'alike' && view !== 'decisions';
  return (
    <Page
      title="Matching"
      subtitle="Which records of billing, sales, the product and support are one company. Nothing is linked on a name alone."
      className="max-w-7xl"
      actions={
        <>
          {isAccounts && customer === undefined && (
            <Segmented
              label="Kind of account"
              choices={[
                { value: EVERY_KIND, label: 'Every kind' },
                ...ACCOUNT_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
              ]}
              value={system ?? EVERY_KIND}
              onChange={(chosen) =>
                void navigate({
                  to: '/matching',
                  search: searchOf(view, chosen === EVERY_KIND ? undefined : chosen),
                })
              }
            />
          )}
          <Link
            to={customer === undefined ? '/sources' : '/matching'}
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
          >
            <ArrowLeft size={14} aria-hidden />
            {customer === undefined ? 'Sources' : 'All records'}
          </Link>
        </>
      }
    >
      {customer === undefined ? (
        <Tabs
          label="Matching"
          tabs={tabs}
          value={view}
          onChange={(next) =>
            void navigate({
              to: '/matching',
              search: searchOf(next, system),
            })
          }
        >
          {view === 'decisions' ? (
            <Decisions />
          ) : view === 'alike' ? (
            <AlikeCustomers />
          ) : (
            <>
              <p className="no-print mb-2 text-xs text-muted">
                <Kbd keys="j" /> <Kbd keys="k" /> through the rows, <Kbd keys="Enter" /> same, <Kbd keys="x" /> not the
                same, <Kbd keys="l" /> link to somebody else
              </p>
              <Accounts key={`${view} ${system ?? ''}`} state={view} kind={system} />
            </>
          )}
        </Tabs>
      ) : (
        <OneCustomer key={customer} customerId={customer as CustomerId} />
      )}
    </Page>
  );
}
