/** The cockpit: speed and height on one screen, what moved, and what needs the founder now. */
import type { ReactNode } from 'react';
import { scopeOf, useFilters } from '../../lib/address/index.ts';
import { stateOf } from '../../lib/engine/index.ts';
import { Page } from '../../ui/page.tsx';
import { StateGate } from '../../ui/states.tsx';
import { AlertList } from './parts/alert-list.tsx';
import { ArrHeadline } from './parts/arr-headline.tsx';
import { BridgePanel } from './parts/bridge-panel.tsx';
import { ClimbPanel } from './parts/climb-panel.tsx';
import { FirstNumbers } from './parts/first-numbers.tsx';
import { KpiRow } from './parts/kpi-row.tsx';
import { LatestMovements } from './parts/latest-movements.tsx';
import { MrrCourse } from './parts/mrr-course.tsx';
import { Unvalued } from './parts/unvalued.tsx';
import { COURSE_PERIOD, periodOf, type Period } from './period.ts';
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
    <Page
      title="Cockpit"
      className="gap-3!"
      actions={<Unvalued asOf={period.asOf} count={freshness.data.unvaluedItems} />}
    >
      <Panels period={period} />
    </Page>
  );
}

function Panels({ period }: { period: Period }): ReactNode {
  return (
    <>
      <div className="grid grid-cols-[minmax(0,10fr)_minmax(0,22fr)_minmax(0,12fr)] gap-3 max-[1180px]:grid-cols-2">
        <ArrHeadline period={period} />
        <ClimbPanel period={period} className="max-[1180px]:col-span-2" />
        <AlertList className="max-[1180px]:col-span-2" />
      </div>
      <KpiRow period={period} />
      <div className="grid grid-cols-[minmax(0,16fr)_minmax(0,16fr)_minmax(0,12fr)] gap-3 max-[1180px]:grid-cols-2">
        <BridgePanel period={period} />
        <MrrCourse period={period} />
        <LatestMovements period={period} className="max-[1180px]:col-span-2" />
      </div>
    </>
  );
}
