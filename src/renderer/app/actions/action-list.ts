/** Everything the user can do from anywhere. Palette, shortcuts, their sheet and the menu are made from this list alone. */
import {
  ArrowLeft,
  ArrowRight,
  BellRing,
  Keyboard,
  Lock,
  Moon,
  Printer,
  RefreshCw,
  Search,
  Sun,
  SunMoon,
  type LucideIcon,
} from 'lucide-react';
import type { Theme } from '../../lib/theme.ts';
import { ROOMS, type Room } from '../rooms.ts';

/** What actions work on; the frame provides it. */
export interface ActionContext {
  go(path: Room['path']): void;
  back(): void;
  forward(): void;
  sync(): void;
  setTheme(theme: Theme): void;
  printBoard(): void;
  lock(): void;
  askForNotifications(): void;
  openPalette(): void;
  openShortcuts(): void;
  readonly syncing: boolean;
  readonly hasSources: boolean;
  readonly canLock: boolean;
  readonly canAskForNotifications: boolean;
}

export type ActionGroup = 'Go to' | 'Do' | 'Look' | 'Help';

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  readonly icon: LucideIcon;
  /** `mod+k`, `shift+s`, or a sequence `g c`. */
  readonly keys?: string;
  /** Further words under which the palette finds it. */
  readonly words?: string;
  /** Whether it makes sense now; default always. */
  readonly when?: (context: ActionContext) => boolean;
  readonly run: (context: ActionContext) => void;
}

const rooms: Action[] = ROOMS.map((room) => ({
  id: `go-${room.title.toLowerCase()}`,
  label: room.title,
  group: 'Go to',
  icon: room.icon,
  keys: room.keys,
  words: 'open page',
  run: (context) => context.go(room.path),
}));

export const ACTIONS: readonly Action[] = [
  ...rooms,
  { id: 'back', label: 'Back', group: 'Go to', icon: ArrowLeft, keys: '[', run: (context) => context.back() },
  { id: 'forward', label: 'Forward', group: 'Go to', icon: ArrowRight, keys: ']', run: (context) => context.forward() },
  {
    id: 'sync',
    label: 'Sync now',
    group: 'Do',
    icon: RefreshCw,
    keys: 'shift+s',
    words: 'refresh update stripe data',
    when: (context) => context.hasSources && !context.syncing,
    run: (context) => context.sync(),
  },
  {
    id: 'print-board',
    label: 'Print last month’s board pack',
    group: 'Do',
    icon: Printer,
    words: 'pdf report investors',
    when: (context) => context.hasSources,
    run: (context) => context.printBoard(),
  },
  {
    id: 'notifications',
    label: 'Switch on notifications of this browser',
    group: 'Do',
    icon: BellRing,
    words: 'alerts permission',
    when: (context) => context.canAskForNotifications,
    run: (context) => context.askForNotifications(),
  },
  {
    id: 'lock',
    label: 'Lock now',
    group: 'Do',
    icon: Lock,
    keys: 'mod+shift+l',
    words: 'security passphrase',
    when: (context) => context.canLock,
    run: (context) => context.lock(),
  },
  { id: 'theme-light', label: 'Light theme', group: 'Look', icon: Sun, run: (context) => context.setTheme('light') },
  { id: 'theme-dark', label: 'Dark theme', group: 'Look', icon: Moon, run: (context) => context.setTheme('dark') },
  {
    id: 'theme-system',
    label: 'Theme of the system',
    group: 'Look',
    icon: SunMoon,
    run: (context) => context.setTheme('system'),
  },
  {
    id: 'palette',
    label: 'Find anything',
    group: 'Help',
    icon: Search,
    keys: 'mod+k',
    run: (context) => context.openPalette(),
  },
  {
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Help',
    icon: Keyboard,
    keys: '?',
    run: (context) => context.openShortcuts(),
  },
];

export function available(actions: readonly Action[], context: ActionContext): Action[] {
  return actions.filter((action) => action.when === undefined || action.when(context));
}
