/** The declared actions with their pictures and what they do in the page. */
import {
  AppWindow,
  ArrowLeft,
  ArrowRight,
  BellRing,
  CircleQuestionMark,
  FileUp,
  FilterX,
  Keyboard,
  LayoutDashboard,
  Link2,
  ListChecks,
  ListFilter,
  Lock,
  MonitorPlay,
  Moon,
  NotebookPen,
  PanelLeft,
  Printer,
  RefreshCw,
  Search,
  Sun,
  SunMoon,
  type LucideIcon,
} from 'lucide-react';
import {
  keysOf,
  OTHER_ACTIONS,
  ROOM_ACTIONS,
  type ActionText,
  type OtherActionId,
  type RoomPath,
} from '../../../shared/contract/actions.ts';
import type { Theme } from '../../lib/theme.ts';
import { toggleSidebar } from '../frame/sidebar-width.ts';
import { ROOM_ICONS } from '../rooms.ts';

/** What actions work on; the frame provides it. */
export interface ActionContext {
  go(path: RoomPath): void;
  back(): void;
  forward(): void;
  sync(): void;
  /** The same page in one more window or tab. */
  openWindow(): void;
  copyLink(): void;
  /** The focus goes to the filters of all rooms. */
  focusFilters(): void;
  openJobs(): void;
  resetFilters(): void;
  setTheme(theme: Theme): void;
  printBoard(): void;
  /** Opens the system's chooser. */
  importFile(): void;
  /** Opens the list of what stands beside days. */
  openNotes(): void;
  lock(): void;
  askForNotifications(): void;
  openPalette(): void;
  openShortcuts(): void;
  /** Opens the handbook's passage about the page. */
  openHelp(): void;
  /** Brings the setup checklist back and opens it. */
  showChecklist(): void;
  /** The cockpit with its tiles to be arranged. */
  arrange(): void;
  openKiosk(): void;
  /** Whether the cockpit is on the screen. */
  readonly onCockpit: boolean;
  /** Whether any filter is set. */
  readonly filtered: boolean;
  readonly syncing: boolean;
  readonly hasSources: boolean;
  readonly canLock: boolean;
  readonly canAskForNotifications: boolean;
  /** Whether keys without Ctrl or ⌘ act. */
  readonly singleKeys: boolean;
  /** Whether this is the desktop app, whose menu takes some keys of its own. */
  readonly desktop: boolean;
}

export interface Action extends ActionText {
  readonly icon: LucideIcon;
  /** Whether it makes sense now; default always. */
  readonly when?: (context: ActionContext) => boolean;
  readonly run: (context: ActionContext) => void;
}

type Behaviour = Pick<Action, 'icon' | 'when' | 'run'>;

const BEHAVIOURS: Readonly<Record<OtherActionId, Behaviour>> = {
  back: { icon: ArrowLeft, run: (context) => context.back() },
  forward: { icon: ArrowRight, run: (context) => context.forward() },
  'new-window': { icon: AppWindow, run: (context) => context.openWindow() },
  'copy-link': { icon: Link2, run: (context) => context.copyLink() },
  sync: {
    icon: RefreshCw,
    when: (context) => context.hasSources && !context.syncing,
    run: (context) => context.sync(),
  },
  'import-file': { icon: FileUp, run: (context) => context.importFile() },
  'print-board': {
    icon: Printer,
    when: (context) => context.hasSources,
    run: (context) => context.printBoard(),
  },
  notifications: {
    icon: BellRing,
    when: (context) => context.canAskForNotifications,
    run: (context) => context.askForNotifications(),
  },
  notes: { icon: NotebookPen, run: (context) => context.openNotes() },
  jobs: { icon: ListChecks, run: (context) => context.openJobs() },
  lock: { icon: Lock, when: (context) => context.canLock, run: (context) => context.lock() },
  filters: { icon: ListFilter, run: (context) => context.focusFilters() },
  'reset-filters': {
    icon: FilterX,
    when: (context) => context.filtered,
    run: (context) => context.resetFilters(),
  },
  sidebar: { icon: PanelLeft, run: () => toggleSidebar() },
  arrange: {
    icon: LayoutDashboard,
    when: (context) => context.onCockpit,
    run: (context) => context.arrange(),
  },
  kiosk: { icon: MonitorPlay, run: (context) => context.openKiosk() },
  'theme-light': { icon: Sun, run: (context) => context.setTheme('light') },
  'theme-dark': { icon: Moon, run: (context) => context.setTheme('dark') },
  'theme-system': { icon: SunMoon, run: (context) => context.setTheme('system') },
  palette: { icon: Search, run: (context) => context.openPalette() },
  shortcuts: { icon: Keyboard, run: (context) => context.openShortcuts() },
  help: { icon: CircleQuestionMark, run: (context) => context.openHelp() },
  checklist: { icon: ListChecks, run: (context) => context.showChecklist() },
};

export const ACTIONS: readonly Action[] = [
  ...ROOM_ACTIONS.map((room) => ({
    ...room,
    icon: ROOM_ICONS[room.path],
    run: (context: ActionContext) => context.go(room.path),
  })),
  ...OTHER_ACTIONS.map((action) => ({ ...action, ...BEHAVIOURS[action.id] })),
];

export function available(actions: readonly Action[], context: ActionContext): Action[] {
  return actions.filter((action) => action.when === undefined || action.when(context));
}

/** The first of its keys, for a place that shows one. */
export function shortcutOf(
  action: ActionText,
  context: Pick<ActionContext, 'singleKeys' | 'desktop'>,
): { shortcut?: string } {
  const [shortcut] = keysOf(action, context);
  return shortcut === undefined ? {} : { shortcut };
}
