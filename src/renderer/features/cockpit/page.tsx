/** The cockpit: how fast it climbs, what is ahead, who is about to leave, and what needs the founder today. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import type { View } from '../../../shared/contract/views.ts';
import { scopeOf, useFilters } from '../../lib/address/index.ts';
import { stateOf, useEngine } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { CockpitFilters } from './cockpit-context.tsx';
import { tilesOf } from './layout.ts';
import { NewDay } from './new-day.tsx';
import { FirstNumbers } from './parts/first-numbers.tsx';
import { TileGrid } from './parts/tile-grid.tsx';
import { Unvalued } from './parts/unvalued.tsx';
import { COURSE_PERIOD, periodOf, type Period } from './period.ts';
import { useDigits } from './use-cockpit-keys.ts';
import { useFreshness } from './use-cockpit.ts';
import { useFiltersOfView, useViewActions, useViews } from './views/use-views.ts';
import { ViewMenu } from './views/view-menu.tsx';

const ArrangeGrid = lazy(async () => ({ default: (await import('./arrange/arrange-grid.tsx')).ArrangeGrid }));

export function CockpitPage(): ReactNode {
  const filters = useFilters();
  const freshness = useFreshness();
  const { data } = freshness;
  const period = useMemo(
    () => (data === undefined ? null : periodOf(scopeOf(filters, data, COURSE_PERIOD))),
    [filters, data],
  );
  if (data === undefined || data.firstDay === null || period === null)
    return (
      <Page title="Cockpit">
        <StateGate state={stateOf(freshness)}>
          <FirstNumbers />
        </StateGate>
      </Page>
    );
  return (
    <CockpitFilters value={filters}>
      <NewDay />
      <Cockpit period={period} unvalued={data.unvaluedItems} />
    </CockpitFilters>
  );
}

function Cockpit({ period, unvalued }: { period: Period; unvalued: number }): ReactNode {
  const { all, view } = useViews();
  const actions = useViewActions();
  const singleKeys = useSingleKeys();
  useFiltersOfView(view);
  useDigits(singleKeys, (digit) => {
    const wanted = all?.[digit - 1];
    if (wanted !== undefined) actions.show(wanted);
  });
  return (
    <Page
      title="Cockpit"
      className="flex-1 gap-2! pt-2.5! pb-3!"
      actions={
        <>
          <Unvalued asOf={period.asOf} count={unvalued} />
          {view !== undefined && all !== undefined && (
            <ViewMenu view={view} all={all} actions={actions} singleKeys={singleKeys} />
          )}
        </>
      }
    >
      {view !== undefined && <Tiles view={view} period={period} />}
    </Page>
  );
}

function Tiles({ view, period }: { view: View; period: Period }): ReactNode {
  const actions = useViewActions();
  const navigate = useNavigate();
  const { arrange } = useSearch({ from: '/frame/' });
  const usual = <TileGrid tiles={tilesOf(view.layout)} period={period} />;
  if (arrange === undefined) return usual;
  return (
    <Suspense fallback={usual}>
      <ArrangeGrid
        key={view.viewId}
        view={view}
        period={period}
        onLayout={(layout) => actions.arrange(view, layout)}
        onDone={() =>
          void navigate({ to: '/', search: (known) => ({ ...known, arrange: undefined }), resetScroll: false })
        }
      />
    </Suspense>
  );
}

function useSingleKeys(): boolean {
  const { api } = useEngine();
  return useQuery(api.workspace.get.queryOptions()).data?.singleKeys ?? true;
}
