/** Which accounts of the CRM are which customers: what needs a word from a person, what is linked, and who said so. */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { Accounts, type AccountState } from './parts/accounts.tsx';
import { Decisions } from './parts/decisions.tsx';

type View = AccountState | 'decisions';

export function MatchingPage(): ReactNode {
  const view: View = useSearch({ from: '/frame/matching' }).view ?? 'suggested';
  const navigate = useNavigate();
  const { api } = useEngine();
  const { data } = useQuery(api.identity.accounts.queryOptions({ input: { state: 'suggested', limit: 1 } }));
  const counted = (state: AccountState) => (data === undefined ? {} : { count: data.counts[state] });
  const tabs: readonly Tab<View>[] = [
    { value: 'suggested', label: 'To confirm', ...counted('suggested') },
    { value: 'linked', label: 'Linked', ...counted('linked') },
    { value: 'unlinked', label: 'No customer', ...counted('unlinked') },
    { value: 'decisions', label: 'Decisions' },
  ];
  return (
    <Page
      title="Matching"
      subtitle="Accounts of the CRM and customers of billing that are one company. Nothing is linked on a name alone."
      className="max-w-7xl"
      actions={
        <Link
          to="/sources"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft size={14} aria-hidden />
          Sources
        </Link>
      }
    >
      <Tabs
        label="Matching"
        tabs={tabs}
        value={view}
        onChange={(next) =>
          void navigate({
            to: '/matching',
            search: (known) => ({ ...known, view: next === 'suggested' ? undefined : next }),
          })
        }
      >
        {view === 'decisions' ? <Decisions /> : <Accounts key={view} state={view} />}
      </Tabs>
    </Page>
  );
}
