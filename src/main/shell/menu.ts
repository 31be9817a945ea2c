/** The application menu, made from the list of actions, with what only the system can do. */
import { app, Menu } from 'electron';
import { menuTemplate, type MenuEntry } from '../hosts/desktop/app-menu.ts';
import type { ShellActions } from './tray.ts';

export function setMenu({ open, openAnother, sync, lock, checkForUpdates }: ShellActions): void {
  const template = menuTemplate({
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    open,
    run: { 'new-window': openAnother, sync, lock },
    system: [...autoStart(), { label: 'Check for updates…', click: checkForUpdates }],
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Starting with the session, where the system lets a program ask for it (not on Linux). */
function autoStart(): MenuEntry[] {
  if (process.platform === 'linux') return [];
  const { openAtLogin } = app.getLoginItemSettings();
  const click: MenuEntry['click'] = ({ checked }) => app.setLoginItemSettings({ openAtLogin: checked });
  return [{ label: 'Start with the computer', type: 'checkbox', checked: openAtLogin, click }];
}
