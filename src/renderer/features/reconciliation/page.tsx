/** Reconciliation: why two numbers for the same thing differ, and what every number rests on. The address says what is shown. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReconciliationSearch } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { FilterNote } from '../../ui/filter-note.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { CompletenessTab } from './parts/completeness-tab.tsx';
import { EvidenceTab } from './parts/evidence-tab.tsx';
import { MonthsTab } from './parts/months-tab.tsx';
import { PayoutsTab } from './parts/payouts-tab.tsx';
import { PolicyTab } from './parts/policy-tab.tsx';
import { QuarantineTab } from './parts/quarantine-tab.tsx';

type View = NonNullable<ReconciliationSearch['tab']>;

export function ReconciliationPage(): ReactNode {
  const search = useSearch({ from: '/frame/reconciliation' });
  const navigate = useNavigate();
  const { api } = useEngine();
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const quarantine = useQuery(api.sources.quarantine.queryOptions({ input: { limit: 1 } }));
  const view = search.tab ?? 'policies';
  const change = (part: Partial<ReconciliationSearch>, replace = true): void =>
    void navigate({ to: '/reconciliation', search: (known) => ({ ...known, ...part }), replace, resetScroll: false });
  const setAside = quarantine.data?.total ?? 0;
  const tabs: Tab<View>[] = [
    { value: 'policies', label: 'Between policies' },
    { value: 'completeness', label: 'Completeness' },
    { value: 'payouts', label: 'Payouts' },
    { value: 'quarantine', label: 'Set aside', ...(setAside > 0 && { count: setAside }) },
    { value: 'months', label: 'Closed months' },
    { value: 'evidence', label: 'Evidence' },
  ];
  return (
    <Page
      title="Reconciliation"
      subtitle="Why two numbers for the same thing differ, and what every number rests on"
      className="max-w-7xl"
    >
      <StateGate state={stateOf(freshness)}>
        {freshness.data?.firstDay === null ? (
          <EmptyState
            title="There is nothing to reconcile yet"
            hint="As soon as a source has been synced, its figures are held against the vendor’s own here."
          />
        ) : (
          <Tabs
            label="What is reconciled"
            tabs={tabs}
            value={view}
            onChange={(tab) => change({ tab: tab === 'policies' ? undefined : tab }, false)}
          >
            {view !== 'policies' && (
              <FilterNote
                ignores={['asOf', 'policy']}
                because="what is held here is what was synced"
                className="mb-3"
              />
            )}
            {view === 'policies' && freshness.data !== undefined && (
              <PolicyTab search={search} today={freshness.data.today} onChange={change} />
            )}
            {view === 'completeness' && <CompletenessTab />}
            {view === 'payouts' && <PayoutsTab />}
            {view === 'quarantine' && <QuarantineTab />}
            {view === 'months' && <MonthsTab search={search} onChange={change} />}
            {view === 'evidence' && <EvidenceTab />}
          </Tabs>
        )}
      </StateGate>
    </Page>
  );
}
