/**
 * Everything the user can do from anywhere, declared once. The palette, the
 * shortcuts and their sheet, the frame's menu and the desktop app's menu are
 * all made from this list, so that a key means the same everywhere.
 */

/** The headings of the sidebar, in its order. */
export const ROOM_GROUPS = ['Now', 'Growth', 'Customers', 'Company', 'Data', 'Vario'] as const;
export type RoomGroup = (typeof ROOM_GROUPS)[number];

/** What may be chosen for all rooms at once: the stretch of time, the day, at which rates, by which rules, which part of the company. */
export const FILTER_NAMES = ['period', 'asOf', 'rates', 'policy', 'slice'] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

interface RoomText {
  readonly path: string;
  readonly title: string;
  /** A sequence: `g c` is G, then C. */
  readonly keys: string;
  readonly group: RoomGroup;
  /** What of the filters its figures follow; a part of it that does not says so beside the figure. */
  readonly follows: readonly FilterName[];
}

/** The rooms of the cockpit, in the order of the sidebar. A room is listed when it is real. */
export const ROOM_LIST = [
  { path: '/', title: 'Cockpit', keys: 'g c', group: 'Now', follows: ['period', 'asOf', 'rates', 'policy', 'slice'] },
  { path: '/today', title: 'Today', keys: 'g y', group: 'Now', follows: [] },
  { path: '/week', title: 'Week', keys: 'g k', group: 'Now', follows: [] },
  { path: '/alerts', title: 'Alerts', keys: 'g a', group: 'Now', follows: [] },
  {
    path: '/revenue',
    title: 'Revenue',
    keys: 'g v',
    group: 'Growth',
    follows: ['period', 'asOf', 'rates', 'policy', 'slice'],
  },
  { path: '/discounts', title: 'Discount cliffs', keys: 'g d', group: 'Growth', follows: ['period', 'slice'] },
  {
    path: '/retention',
    title: 'Retention',
    keys: 'g e',
    group: 'Growth',
    follows: ['period', 'asOf', 'policy', 'slice'],
  },
  { path: '/customers', title: 'Customers', keys: 'g u', group: 'Customers', follows: ['slice'] },
  { path: '/usage', title: 'Product usage', keys: 'g w', group: 'Customers', follows: ['period', 'asOf'] },
  { path: '/support', title: 'Support and NPS', keys: 'g p', group: 'Customers', follows: ['period', 'asOf'] },
  { path: '/costs', title: 'Costs', keys: 'g o', group: 'Company', follows: ['period', 'asOf'] },
  { path: '/reports', title: 'Reports', keys: 'g r', group: 'Company', follows: ['asOf'] },
  { path: '/reconciliation', title: 'Reconciliation', keys: 'g n', group: 'Company', follows: ['asOf', 'policy'] },
  { path: '/sources', title: 'Sources', keys: 'g s', group: 'Data', follows: [] },
  { path: '/import', title: 'Import', keys: 'g i', group: 'Data', follows: [] },
  { path: '/settings', title: 'Settings', keys: 'g t', group: 'Vario', follows: [] },
  { path: '/handbook', title: 'Handbook', keys: 'g h', group: 'Vario', follows: [] },
] as const satisfies readonly RoomText[];
export type RoomPath = (typeof ROOM_LIST)[number]['path'];

export const ACTION_GROUPS = ['Go to', 'Do', 'Look', 'Help'] as const;

export interface ActionText {
  readonly id: string;
  readonly label: string;
  readonly group: (typeof ACTION_GROUPS)[number];
  /** `mod+k`, `shift+s`, or a sequence `g c`. */
  readonly keys?: string;
  /** Keys of the desktop app alone: a browser keeps these for itself. */
  readonly desktopKeys?: string;
  /** Further words under which the palette finds it. */
  readonly words?: string;
}

/** What rooms have for ids: `go-discount-cliffs`. */
export type RoomActionId = `go-${string}`;

/** Browsers give ⌘1 … ⌘9 to their tabs; the desktop app gives them to the first rooms. */
const NUMBERED = 9;

const rooms = ROOM_LIST.map(
  ({ path, title, keys }, index): ActionText & { readonly id: RoomActionId; path: RoomPath } => ({
    id: `go-${title.toLowerCase().replaceAll(' ', '-')}`,
    label: title,
    group: 'Go to',
    keys,
    ...(path === '/settings' ? { desktopKeys: 'mod+,' } : index < NUMBERED ? { desktopKeys: `mod+${index + 1}` } : {}),
    words: 'open page',
    path,
  }),
);

const others = [
  { id: 'back', label: 'Back', group: 'Go to', keys: '[', desktopKeys: 'alt+arrowleft' },
  { id: 'forward', label: 'Forward', group: 'Go to', keys: ']', desktopKeys: 'alt+arrowright' },
  { id: 'new-window', label: 'New window', group: 'Do', desktopKeys: 'mod+n', words: 'second tab beside' },
  { id: 'copy-link', label: 'Copy the link to this page', group: 'Do', keys: 'y', words: 'share address url' },
  { id: 'sync', label: 'Sync now', group: 'Do', keys: 'shift+s', words: 'refresh update stripe data' },
  { id: 'import-file', label: 'Import a file…', group: 'Do', words: 'csv tsv excel xlsx upload table drop' },
  { id: 'print-board', label: 'Print last month’s board pack', group: 'Do', words: 'pdf report investors' },
  {
    id: 'notifications',
    label: 'Switch on notifications of this browser',
    group: 'Do',
    words: 'alerts permission',
  },
  { id: 'notes', label: 'Notes and releases', group: 'Look', words: 'annotations marks days charts events' },
  { id: 'jobs', label: 'What is under way', group: 'Look', words: 'jobs tray progress sync import export cancel' },
  { id: 'lock', label: 'Lock now', group: 'Do', keys: 'mod+shift+l', words: 'security passphrase' },
  {
    id: 'filters',
    label: 'Filter all rooms',
    group: 'Look',
    keys: 'f',
    words: 'period as-of day currency rates policy segment slice',
  },
  { id: 'reset-filters', label: 'Reset all filters', group: 'Look', keys: 'r', words: 'clear period slice' },
  { id: 'sidebar', label: 'Fold or unfold the sidebar', group: 'Look', keys: 'mod+b', words: 'rooms names collapse' },
  {
    id: 'arrange',
    label: 'Arrange the cockpit’s tiles',
    group: 'Look',
    keys: 'e',
    words: 'edit layout move resize hide',
  },
  { id: 'kiosk', label: 'Wall screen', group: 'Look', words: 'kiosk tv monitor rotate full screen' },
  { id: 'theme-light', label: 'Light theme', group: 'Look' },
  { id: 'theme-dark', label: 'Dark theme', group: 'Look' },
  { id: 'theme-system', label: 'Theme of the system', group: 'Look' },
  { id: 'palette', label: 'Find anything', group: 'Help', keys: 'mod+k' },
  { id: 'shortcuts', label: 'Keyboard shortcuts', group: 'Help', keys: '?' },
  { id: 'help', label: 'Help on this page', group: 'Help', keys: 'f1', words: 'handbook manual documentation' },
  { id: 'checklist', label: 'Show the setup checklist', group: 'Help', words: 'onboarding getting started set up' },
] as const satisfies readonly ActionText[];
export type OtherActionId = (typeof others)[number]['id'];

export const ROOM_ACTIONS: readonly (ActionText & { readonly path: RoomPath })[] = rooms;
export const OTHER_ACTIONS: readonly (ActionText & { readonly id: OtherActionId })[] = others;

/** Whether keys act without Ctrl or ⌘: a speech user's words, or a stray hand, can press them. Function keys (`f1`) write nothing. */
export function isSingleKey(keys: string): boolean {
  return !/(^|\+)(mod|alt)\+|^f\d+$/.test(keys);
}

/** The keys that run the action here and now, the ones of the desktop app first; single keys may be switched off. */
export function keysOf(
  action: ActionText,
  { singleKeys, desktop }: { readonly singleKeys: boolean; readonly desktop: boolean },
): string[] {
  const keys = [desktop ? action.desktopKeys : undefined, action.keys];
  return keys.flatMap((known) => (known === undefined || (isSingleKey(known) && !singleKeys) ? [] : [known]));
}

interface PlaceKeys {
  readonly title: string;
  readonly lines: readonly { readonly keys: string; readonly label: string }[];
}

/** Keys that act while a part of the screen has the focus; they stay where single keys are switched off. */
export const PLACE_KEYS: readonly PlaceKeys[] = [
  {
    title: 'Everywhere',
    lines: [
      { keys: 'mod+z', label: 'Undo, while the message shows' },
      { keys: 'escape', label: 'Close what is open' },
      { keys: 'tab', label: 'To the next control' },
    ],
  },
  {
    title: 'In lists and tables',
    lines: [
      { keys: 'arrowdown', label: 'Next row (or J)' },
      { keys: 'arrowup', label: 'Row before (or K)' },
      { keys: 'enter', label: 'Open the row' },
      { keys: 'home', label: 'First row' },
      { keys: 'end', label: 'Last row' },
    ],
  },
  {
    title: 'On an alert',
    lines: [
      { keys: 'e', label: 'Done, or open again' },
      { keys: 's', label: 'Snooze for a week' },
    ],
  },
  {
    title: 'On a chart over time',
    lines: [
      { keys: 'arrowleft', label: 'Day before' },
      { keys: 'arrowright', label: 'Day after' },
      { keys: 'plus', label: 'Look closer' },
      { keys: '-', label: 'Look from further away' },
      { keys: '0', label: 'All of it' },
      { keys: 'shift+n', label: 'Note something on the day' },
    ],
  },
  {
    title: 'In the grid of costs',
    lines: [
      { keys: 'mod+z', label: 'Take back' },
      { keys: 'mod+shift+z', label: 'Repeat' },
      { keys: 'mod+v', label: 'Paste a block' },
    ],
  },
];
