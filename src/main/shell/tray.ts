/** The tray: today's ARR and rate of climb, and the few things one wants without the window. */
import { join } from 'node:path';
import { app, Menu, nativeImage, Tray } from 'electron';
import type { EngineMessage } from '../hosts/engine-messages.ts';

type Figures = Extract<EngineMessage, { type: 'figures' }>['figures'];

/** What tray and menu can set going. */
export interface ShellActions {
  open(path?: string): void;
  openAnother(): void;
  sync(): void;
  lock(): void;
  checkForUpdates(): void;
}

/** @returns the way to show other figures; null: none, or locked. */
export function createTray(appRoot: string, actions: ShellActions): (figures: Figures) => void {
  const isMac = process.platform === 'darwin';
  // On macOS a template image: black and clear, tinted by the menu bar.
  const icon = nativeImage.createFromPath(join(appRoot, 'build/icons', isMac ? 'trayTemplate.png' : 'tray.png'));
  const tray = new Tray(icon);
  tray.on('click', () => actions.open());

  const show = (figures: Figures): void => {
    const arr = figures === null ? 'Vario is locked, or has no figures yet' : `ARR ${figures.arr}`;
    const climb = figures === null ? [] : [{ label: `Climb ${figures.climb}`, enabled: false }];
    const alerts = figures === null || figures.openAlerts === 0 ? 'Alerts' : `Alerts (${figures.openAlerts})`;
    tray.setToolTip(figures === null ? 'Vario' : `Vario: ${arr}, ${figures.climb}`);
    if (isMac)
      tray.setTitle(figures === null ? '' : `${figures.arr} ${figures.climb}`, { fontType: 'monospacedDigit' });
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: arr, enabled: false },
        ...climb,
        { type: 'separator' },
        { label: 'Open Vario', click: () => actions.open() },
        { label: alerts, click: () => actions.open('/alerts') },
        { label: 'Sync now', click: () => actions.sync() },
        { label: 'Lock', click: () => actions.lock() },
        { type: 'separator' },
        { label: 'Quit Vario', click: () => app.quit() },
      ]),
    );
  };
  show(null);
  return show;
}
