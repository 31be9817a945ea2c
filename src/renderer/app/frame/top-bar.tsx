/** Whose numbers these are, what is chosen for all rooms, how fresh the figures are, and the actions of the frame. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bell, Moon, Sun } from 'lucide-react';
import { useState, type ReactNode, type Ref } from 'react';
import { useEngine } from '../../lib/engine/index.ts';
import { useFormat } from '../../lib/format-context.tsx';
import { shownTheme } from '../../lib/theme.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/button.tsx';
import type { ActionContext } from '../actions/action-list.ts';
import { ActionMenu } from '../actions/action-menu.tsx';
import { FilterBar } from '../filters/filter-bar.tsx';
import { JobTray } from '../jobs/job-tray.tsx';
import { HistoryButtons } from './history-buttons.tsx';
import { RoomsDrawer } from './rooms-drawer.tsx';
import { SyncStatus } from './sync-status.tsx';

export interface TopBarProps {
  context: ActionContext;
  /** The group of the filters, which takes the focus by its shortcut. */
  filters: Ref<HTMLDivElement>;
  /** Whether the tray of long work is open. */
  jobsShown: boolean;
  onJobs: (shown: boolean) => void;
}

export function TopBar({ context, filters, jobsShown, onJobs }: TopBarProps): ReactNode {
  const { api } = useEngine();
  const workspace = useQuery(api.workspace.get.queryOptions());
  return (
    <header className="no-print flex h-12 shrink-0 items-center gap-3 border-b border-line px-4 max-[760px]:gap-1.5">
      <RoomsDrawer context={context} />
      <HistoryButtons context={context} />
      <div className="flex min-w-0 flex-1 items-center gap-2 overflow-hidden">
        <span className="truncate text-sm font-semibold">{workspace.data?.companyName}</span>
        {workspace.data?.demo === true && (
          <span className="max-[480px]:hidden">
            <Badge tone="accent">Demo</Badge>
          </span>
        )}
      </div>
      <FilterBar ref={filters} />
      <SyncStatus context={context} />
      <JobTray open={jobsShown} onOpenChange={onJobs} />
      <div className="flex items-center gap-0.5">
        <AlertsLink />
        <span className="max-[760px]:hidden">
          <ThemeButton context={context} />
        </span>
        <ActionMenu context={context} />
      </div>
    </header>
  );
}

function AlertsLink(): ReactNode {
  const { api } = useEngine();
  const format = useFormat();
  const alerts = useQuery(api.alerts.list.queryOptions({ input: { state: 'open', limit: 20 } }));
  const open = alerts.data?.open ?? 0;
  return (
    <Link
      to="/alerts"
      aria-label={`${format.count(open, { one: 'open alert', other: 'open alerts' })}`}
      className="inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
    >
      <Bell size={15} aria-hidden strokeWidth={1.75} />
      {open > 0 && format.count(open)}
    </Link>
  );
}

function ThemeButton({ context }: { context: ActionContext }): ReactNode {
  const [shown, setShown] = useState(shownTheme);
  const next = shown === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={shown === 'dark' ? Sun : Moon}
      size="md"
      label={next === 'dark' ? 'Dark theme' : 'Light theme'}
      onClick={() => {
        context.setTheme(next);
        setShown(next);
      }}
    />
  );
}
