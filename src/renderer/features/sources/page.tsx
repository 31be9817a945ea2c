/** Where the figures come from: every connection with its proof of completeness, and what did not fit. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, RefreshCw } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { stateOf, useActiveJob, useEngine, type Descriptor } from '../../lib/engine/index.ts';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, StateGate } from '../../ui/states.tsx';
import { AddSource } from './parts/add-source.tsx';
import { Quarantine } from './parts/quarantine.tsx';
import { SourceCard } from './parts/source-card.tsx';

export function SourcesPage(): ReactNode {
  const { api } = useEngine();
  const sources = useQuery(api.sources.list.queryOptions());
  const catalogue = useQuery(api.sources.catalogue.queryOptions());
  const sync = useMutation(api.sources.sync.mutationOptions());
  const running = useActiveJob() !== null;
  const [adding, setAdding] = useState<Descriptor | null>(null);
  const offered = catalogue.data ?? [];
  const list = sources.data ?? [];
  const crms = new Set(offered.filter(({ family }) => family === 'crm').map(({ vendor }) => vendor));
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
            disabled={running || list.length === 0}
            onClick={() => sync.mutate({})}
          >
            Sync all
          </Button>
          {offered.length > 0 && (
            <Menu
              trigger={
                <Button kind="primary" icon={Plus}>
                  Add source
                </Button>
              }
              groups={[
                offered.map((descriptor) => ({
                  id: descriptor.vendor,
                  label: descriptor.title,
                  run: () => setAdding(descriptor),
                })),
              ]}
            />
          )}
        </>
      }
    >
      <StateGate state={stateOf(sources)}>
        {list.length === 0 ? (
          <EmptyState
            title="No source is connected"
            hint="Connect Stripe with a restricted, read-only key to see your own figures."
          />
        ) : (
          list.map((source) => <SourceCard key={source.sourceId} source={source} />)
        )}
      </StateGate>
      {list.some(({ vendor }) => crms.has(vendor)) && (
        <Link to="/matching" className="self-start text-sm text-accent hover:underline">
          Which accounts are which customers
        </Link>
      )}
      {list.length > 0 && <Quarantine />}
      {adding !== null && <AddSource key={adding.vendor} descriptor={adding} onClose={() => setAdding(null)} />}
    </Page>
  );
}
