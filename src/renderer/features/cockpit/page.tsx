/** The cockpit: how fast it climbs, what is ahead, who is about to leave, and what needs the founder today. */
import type { ReactNode } from 'react';
import { scopeOf, useFilters } from '../../lib/address/index.ts';
import { stateOf } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { CockpitFilters } from './cockpit-context.tsx';
import { tilesOf } from './layout.ts';
import { FirstNumbers } from './parts/first-numbers.tsx';
import { TileGrid } from './parts/tile-grid.tsx';
import { Unvalued } from './parts/unvalued.tsx';
import { COURSE_PERIOD, periodOf } from './period.ts';
import { useFreshness } from './use-cockpit.ts';

export function CockpitPage(): ReactNode {
  const filters = useFilters();
  const freshness = useFreshness();
  if (freshness.data === undefined || freshness.data.firstDay === null)
    return (
      <Page title="Cockpit">
        <StateGate state={stateOf(freshness)}>
          <FirstNumbers />
        </StateGate>
      </Page>
    );
  const period = periodOf(scopeOf(filters, freshness.data, COURSE_PERIOD));
  return (
    <CockpitFilters value={filters}>
      <Page
        title="Cockpit"
        className="flex-1 gap-2! pt-2.5! pb-3!"
        actions={<Unvalued asOf={period.asOf} count={freshness.data.unvaluedItems} />}
      >
        <TileGrid tiles={tilesOf(null)} period={period} />
      </Page>
    </CockpitFilters>
  );
}
