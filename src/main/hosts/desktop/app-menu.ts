/** The desktop app's menu as data, made from the list of actions; the shell only shows it. */
import { isSingleKey, OTHER_ACTIONS, ROOM_ACTIONS, type OtherActionId } from '../../../shared/contract/actions.ts';

/** What of a menu's entry is used here, in Electron's words. */
export interface MenuEntry {
  label?: string;
  role?:
    | 'appMenu'
    | 'editMenu'
    | 'windowMenu'
    | 'close'
    | 'quit'
    | 'reload'
    | 'toggleDevTools'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen';
  type?: 'separator' | 'checkbox';
  accelerator?: string;
  checked?: boolean;
  click?: (item: { readonly checked: boolean }) => void;
  submenu?: MenuEntry[];
}

export interface MenuSurroundings {
  readonly isMac: boolean;
  /** Packaged builds have no developer tools, nor an entry that would ask for them. */
  readonly isPackaged: boolean;
  readonly open: (path: string) => void;
  /** Those of the actions that the shell can run without the page. */
  readonly run: Readonly<Partial<Record<OtherActionId, () => void>>>;
  /** What only the system can do. */
  readonly system: readonly MenuEntry[];
}

/**
 * An action's keys as Electron writes them, or null: sequences cannot be written, and a single key would be taken
 * from every text field. Those act in the page.
 * @example acceleratorOf('mod+shift+l') // 'CmdOrCtrl+Shift+L'
 */
export function acceleratorOf(keys: string | undefined): string | null {
  if (keys === undefined || keys.includes(' ') || isSingleKey(keys)) return null;
  const names: Record<string, string> = { mod: 'CmdOrCtrl', shift: 'Shift', alt: 'Alt' };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join('+');
}

export function menuTemplate({ isMac, isPackaged, open, run, system }: MenuSurroundings): MenuEntry[] {
  const entry = (action: { label: string; keys?: string; desktopKeys?: string }, click: () => void): MenuEntry => {
    const accelerator = acceleratorOf(action.desktopKeys) ?? acceleratorOf(action.keys);
    return { label: action.label, ...(accelerator !== null && { accelerator }), click };
  };
  const data = OTHER_ACTIONS.flatMap((action) => {
    const runs = run[action.id];
    return runs === undefined ? [] : [entry(action, runs)];
  });
  const view: MenuEntry[] = [
    ...(isPackaged
      ? []
      : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }, { type: 'separator' as const }]),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: 'Data', submenu: [...data, { type: 'separator' }, ...system, { role: isMac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { label: 'Go', submenu: ROOM_ACTIONS.map((room) => entry(room, () => open(room.path))) },
    { role: 'windowMenu' },
  ];
}
