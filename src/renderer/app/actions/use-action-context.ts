/** What the frame's actions work on: the router, the engine's commands, and what makes sense now. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { addToMonth, monthOf } from '../../../shared/kernel/day.ts';
import { filtersSet, useFilterActions, useFilters, useHelp } from '../../lib/address/index.ts';
import { useActiveJob, useEngine } from '../../lib/engine/index.ts';
import { linkOfPath } from '../../../shared/contract/deep-link.ts';
import { useToast } from '../../ui/toast.tsx';
import { applyTheme } from '../../lib/theme.ts';
import { useNotificationPermission } from '../frame/use-notification-permission.ts';
import type { ActionContext } from './action-list.ts';

type Opened = Pick<ActionContext, 'openPalette' | 'openShortcuts' | 'importFile' | 'focusFilters' | 'openJobs'>;

export function useActionContext(opened: Opened): ActionContext {
  const { api } = useEngine();
  const router = useRouter();
  const navigate = useNavigate();
  const help = useHelp();
  const note = useMutation(api.onboarding.note.mutationOptions());
  const sync = useMutation(api.sources.sync.mutationOptions());
  const update = useMutation(api.workspace.update.mutationOptions());
  const lock = useMutation(api.session.lock.mutationOptions());
  const print = useMutation(api.reports.printBoard.mutationOptions());
  const sources = useQuery(api.sources.list.queryOptions());
  const session = useQuery(api.session.status.queryOptions());
  const freshness = useQuery(api.metrics.freshness.queryOptions());
  const workspace = useQuery(api.workspace.get.queryOptions());
  const notifications = useNotificationPermission();
  const onCockpit = useLocation({ select: (location) => location.pathname === '/' });
  const filtered = filtersSet(useFilters()).length > 0;
  const { reset } = useFilterActions();
  const job = useActiveJob();
  const toast = useToast();
  const desktop = session.data?.host === 'electron';
  const copyLink = (path: string): void => {
    const link = desktop ? linkOfPath(path) : new URL(path, window.location.origin).href;
    navigator.clipboard.writeText(link).then(
      () => toast({ text: 'The link to this page is copied' }),
      () => toast({ tone: 'loss', text: `The link could not be copied: ${link}` }),
    );
  };
  const today = freshness.data?.today;
  return {
    ...opened,
    go: (path) => void navigate({ to: path }),
    back: () => router.history.back(),
    forward: () => router.history.forward(),
    openWindow: () => void window.open(router.history.location.href, '_blank', 'noopener'),
    copyLink: () => copyLink(router.history.location.href),
    resetFilters: reset,
    filtered,
    sync: () => sync.mutate({}),
    setTheme: (theme) => {
      applyTheme(theme);
      update.mutate({ theme });
    },
    printBoard: () => {
      if (today === undefined) return;
      print.mutate({ month: addToMonth(monthOf(today), -1) });
      void navigate({ to: '/reports' });
    },
    arrange: () =>
      void navigate({ to: '/', search: (known) => ({ ...known, arrange: 'yes' as const }), resetScroll: false }),
    openKiosk: () => void navigate({ to: '/kiosk' }),
    onCockpit,
    openNotes: () => void navigate({ to: '.', search: (known) => ({ ...known, notes: 'all' }), resetScroll: false }),
    lock: () => lock.mutate(undefined),
    openHelp: () => help.open(),
    showChecklist: () => {
      note.mutate({ event: 'checklistShown' });
      void navigate({ to: '.', search: (known) => ({ ...known, setup: 'open' as const }) });
    },
    askForNotifications: notifications.ask,
    syncing: job !== null || sync.isPending,
    hasSources: (sources.data?.length ?? 0) > 0,
    canLock: session.data?.protections.some((way) => way !== 'throw_away') ?? false,
    singleKeys: workspace.data?.singleKeys ?? true,
    desktop,
    canAskForNotifications: session.data?.host === 'browser' && notifications.permission === 'default',
  };
}
