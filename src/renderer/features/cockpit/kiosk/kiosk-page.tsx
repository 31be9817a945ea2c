/**
 * The cockpit on a wall: no frame, type that is read from four metres, one screen after the other. It follows the
 * engine's changes as every page does, and a locked database locks it too.
 */
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { KioskSearchSchema, scopeOf, usePageTitle } from '../../../lib/address/index.ts';
import { stateOf, useConnectionState } from '../../../lib/engine/index.ts';
import { StateGate } from '../../../ui/states.tsx';
import { CockpitFilters, NamesHidden } from '../cockpit-context.tsx';
import { NewDay } from '../new-day.tsx';
import { FirstNumbers } from '../parts/first-numbers.tsx';
import { COURSE_PERIOD, periodOf } from '../period.ts';
import { useFreshness } from '../use-cockpit.ts';
import { filtersOf, useViews } from '../views/use-views.ts';
import { KioskBar } from './kiosk-bar.tsx';
import { KioskControls } from './kiosk-controls.tsx';
import { KioskScreen } from './kiosk-screen.tsx';
import { kioskScale, kioskScreens, kioskUnits } from './kiosk-screens.ts';
import { useRotation } from './use-rotation.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { useWindowSize } from './use-window-size.ts';

const USUAL_PACE = '30';

export function KioskPage(): ReactNode {
  usePageTitle('Wall screen');
  useWakeLock();
  const search = KioskSearchSchema.parse(useSearch({ strict: false }));
  const freshness = useFreshness();
  const { all } = useViews();
  const size = useWindowSize();
  const scale = kioskScale(size);
  const { zoom, width, height, form } = scale;
  const wanted = search.views?.split(',').map(Number);
  const views = (all ?? []).filter(({ viewId }) => wanted === undefined || wanted.includes(viewId));
  const screens = kioskScreens(views.length > 0 ? views : (all ?? []), scale);
  const rotation = useRotation(screens.length, Number(search.every ?? USUAL_PACE));
  const screen = screens[rotation.index];
  const lost = useConnectionState().kind === 'lost';
  return (
    <main className="relative h-dvh w-full overflow-hidden bg-canvas text-ink">
      <div className="flex flex-col" style={{ zoom, width, height }}>
        {freshness.data === undefined || freshness.data.firstDay === null ? (
          <StateGate state={stateOf(freshness)}>
            <FirstNumbers />
          </StateGate>
        ) : (
          screen !== undefined && (
            <CockpitFilters value={filtersOf(screen.view)}>
              <NamesHidden value={search.names === 'hidden'}>
                <KioskBar
                  view={screen.view}
                  shown={rotation.index}
                  of={screens.length}
                  isPaused={rotation.isPaused}
                  isLost={lost}
                />
                <KioskScreen
                  key={`${screen.view.viewId} ${screen.part}`}
                  tiles={screen.tiles}
                  units={kioskUnits(height)}
                  form={form}
                  period={periodOf(scopeOf(filtersOf(screen.view), freshness.data, COURSE_PERIOD))}
                />
              </NamesHidden>
            </CockpitFilters>
          )
        )}
      </div>
      <NewDay />
      <KioskControls rotation={rotation} count={screens.length} view={screen?.view} zoom={zoom} />
    </main>
  );
}
