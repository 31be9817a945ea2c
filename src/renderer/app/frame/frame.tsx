/** The frame around every room: sidebar, top bar, the page, and what opens over it. */
import { Outlet, useLocation } from '@tanstack/react-router';
import { CrosshairGroup } from '../../charts/crosshair-group.tsx';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { FileIntakeProvider } from '../../lib/engine/index.ts';
import { Annotated } from '../../features/annotations/annotated.tsx';
import { EvidenceSheets } from '../../features/evidence/sheets.tsx';
import { ACTIONS } from '../actions/action-list.ts';
import { useRecording } from '../actions/recent-pages.ts';
import { Palette } from '../actions/palette.tsx';
import { ShortcutsSheet } from '../actions/shortcuts-sheet.tsx';
import { useActionContext } from '../actions/use-action-context.ts';
import { useShortcuts } from '../actions/use-shortcuts.ts';
import { RoomNote } from '../filters/room-note.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { HistoryNote } from './history-note.tsx';
import { NetworkReturn } from './network-return.tsx';
import { Notifications } from './notifications.tsx';
import { Presence } from './presence.tsx';
import { SetupSheet } from './setup-sheet.tsx';
import { Sidebar } from './sidebar.tsx';
import { SyncAnnouncer } from './sync-announcer.tsx';
import { TopBar } from './top-bar.tsx';
import { WindowDrop } from './window-drop.tsx';

/** What scrolls: the page between the frame's bars. */
export const MAIN_ID = 'main';

type Overlay = 'palette' | 'shortcuts' | null;

export function Frame(): ReactNode {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const filters = useRef<HTMLDivElement>(null);
  const [jobsShown, showJobs] = useState(false);
  const context = useActionContext({
    openJobs: () => showJobs(true),
    focusFilters: () => firstShown(filters.current)?.focus(),
    openPalette: () => setOverlay('palette'),
    openShortcuts: () => setOverlay('shortcuts'),
    importFile: () => chooser.current?.click(),
  });
  useShortcuts(ACTIONS, context);
  useRecording();
  const main = useFocusOnNavigation();
  return (
    <FileIntakeProvider>
      <div className="flex h-dvh bg-canvas text-ink print:block print:h-auto">
        <a
          href={`#${MAIN_ID}`}
          className="sr-only z-50 rounded-md bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
        >
          Skip to the page
        </a>
        <Sidebar context={context} />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar context={context} filters={filters} jobsShown={jobsShown} onJobs={showJobs} />
          <ConnectionBanner />
          <HistoryNote />
          <RoomNote />
          <main
            ref={main}
            id={MAIN_ID}
            data-scroll-restoration-id={MAIN_ID}
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none print:block print:overflow-visible"
          >
            <CrosshairGroup>
              <Annotated>
                <Outlet />
              </Annotated>
            </CrosshairGroup>
          </main>
        </div>
        <EvidenceSheets />
        <SetupSheet />
        <Palette open={overlay === 'palette'} onClose={() => setOverlay(null)} context={context} />
        <ShortcutsSheet open={overlay === 'shortcuts'} onClose={() => setOverlay(null)} context={context} />
        <SyncAnnouncer />
        <Notifications />
        <NetworkReturn />
        <Presence />
        <WindowDrop chooser={chooser} />
      </div>
    </FileIntakeProvider>
  );
}

/** After a change of page the focus goes to it, so that the keyboard and the screen reader start there; not at the first one. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

/** The first button that is on the screen; on a narrow window the filters are behind one. */
function firstShown(group: HTMLElement | null): HTMLElement | undefined {
  return [...(group?.querySelectorAll<HTMLElement>('button:enabled') ?? [])].find((button) => button.checkVisibility());
}
