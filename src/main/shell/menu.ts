/** The application menu. What the page itself can do has its shortcuts there; the menu adds what only the system can. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellActions } from './tray.ts';

/** The pages that the menu leads to, in the order of the sidebar. */
const PAGES = [
  ['Cockpit', '/'],
  ['Customers', '/customers'],
  ['Alerts', '/alerts'],
  ['Reports', '/reports'],
  ['Sources', '/sources'],
  ['Settings', '/settings'],
] as const;

export function setMenu(actions: ShellActions): void {
  const isMac = process.platform === 'darwin';
  const data: MenuItemConstructorOptions[] = [
    { label: 'Sync now', click: () => actions.sync() },
    { label: 'Lock', accelerator: 'CmdOrCtrl+Shift+L', click: () => actions.lock() },
    { type: 'separator' },
    ...autoStart(),
    { label: 'Check for updates…', click: () => actions.checkForUpdates() },
    { role: isMac ? 'close' : 'quit' },
  ];
  const pages = PAGES.map(([label, path], index) => ({
    label,
    accelerator: `CmdOrCtrl+${index + 1}`,
    click: () => actions.open(path),
  }));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [{ role: 'appMenu' } as const] : []),
      { label: 'Data', submenu: data },
      { role: 'editMenu' },
      { role: 'viewMenu' },
      { label: 'Go', submenu: pages },
      { role: 'windowMenu' },
    ]),
  );
}

/** Starting with the session, where the system lets a program ask for it (not on Linux). */
function autoStart(): MenuItemConstructorOptions[] {
  if (process.platform === 'linux') return [];
  const { openAtLogin } = app.getLoginItemSettings();
  const click: MenuItemConstructorOptions['click'] = ({ checked }) =>
    app.setLoginItemSettings({ openAtLogin: checked });
  return [{ label: 'Start with the computer', type: 'checkbox', checked: openAtLogin, click }];
}
