/** Where the figures come from: every connection with its proof of completeness, and what did not fit. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { stateOf, useActiveJob, useEngine } from '../../lib/engine/index.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { AddSource } from './parts/add-source.tsx';
import { Catalogue } from './parts/catalogue.tsx';
import { FilesCard } from './parts/files-card.tsx';
import { Quarantine } from './parts/quarantine.tsx';
import { RateCheck } from './parts/rate-check.tsx';
import { SourceList } from './parts/source-list.tsx';

/** The vendor under which tables from files are kept. */
const FILES = 'files';
/** In the address: the catalogue of vendors is open. */
const CATALOGUE = 'choose';

export function SourcesPage(): ReactNode {
  const { api } = useEngine();
  const sources = useQuery(api.sources.list.queryOptions());
  const catalogue = useQuery(api.sources.catalogue.queryOptions());
  const sync = useMutation(api.sources.sync.mutationOptions());
  const running = useActiveJob() !== null;
  const search = useSearch({ from: '/frame/sources' });
  const navigate = useNavigate();
  const offered = catalogue.data ?? [];
  const choosing = search.add === CATALOGUE && offered.length > 0;
  const adding = offered.find(({ vendor }) => vendor === search.add);
  const show = (add: string | undefined): void =>
    void navigate({
      to: '/sources',
      search: (known) => ({ ...known, add }),
      replace: add !== CATALOGUE,
      resetScroll: false,
    });
  // What was imported from files has a card and a room of its own.
  const list = (sources.data ?? []).filter(({ vendor }) => vendor !== FILES);
  const add = (
    <Button kind="primary" icon={Plus} disabled={offered.length === 0} onClick={() => show(CATALOGUE)}>
      Add source
    </Button>
  );
  return (
    <Page
      title="Sources"
      subtitle="Read-only connections. Data comes to this machine, nothing goes out."
      className="max-w-7xl"
      actions={
        <>
          <Button
            icon={RefreshCw}
            busy={sync.isPending}
            disabled={running || list.every(({ state }) => state === 'disconnected')}
            onClick={() => sync.mutate({})}
          >
            Sync all
          </Button>
          {add}
        </>
      }
    >
      <StateGate state={stateOf(sources)}>
        {list.length === 0 ? (
          <EmptyState
            title="No source is connected"
            hint="Connect Stripe with a restricted, read-only key to see your own figures."
            action={{ label: 'Add source', run: () => show(CATALOGUE) }}
          />
        ) : (
          <SourceList sources={list} offered={offered} />
        )}
      </StateGate>
      {list.length > 0 && (
        <p className="flex flex-wrap gap-x-4 text-sm">
          <Link to="/matching" className="inline-flex min-h-6 items-center text-accent hover:underline">
            Which accounts are which customers
          </Link>
          {list.some(({ family }) => family === 'crm') && (
            <Link to="/sources/fields" className="inline-flex min-h-6 items-center text-accent hover:underline">
              What custom fields mean
            </Link>
          )}
          {list.some(({ family }) => family === 'analytics') && (
            <Link to="/usage/mapping" className="inline-flex min-h-6 items-center text-accent hover:underline">
              What events mean
            </Link>
          )}
        </p>
      )}
      <FilesCard />
      {list.some(({ family }) => family === 'rates') && <RateCheck />}
      {list.length > 0 && <Quarantine />}
      {choosing && (
        <Catalogue
          offered={offered}
          connected={list}
          onChoose={({ vendor }) => show(vendor)}
          onClose={() => show(undefined)}
        />
      )}
      {adding !== undefined && (
        <AddSource key={adding.vendor} descriptor={adding} connected={list} onClose={() => show(undefined)} />
      )}
    </Page>
  );
}
