/** Updates: looked for daily in packaged builds, fetched when the founder agrees, installed when they restart. */
import { app, dialog } from 'electron';
import electronUpdater from 'electron-updater';

const EVERY_MS = 24 * 60 * 60 * 1_000;

/**
 * Only a higher version from the feed written into the app; electron-updater
 * refuses a file whose hash or signature does not fit.
 * @returns the check that is asked for by hand, and answered also when there is nothing new.
 */
export function watchUpdates(beforeRestart: () => Promise<void>): () => Promise<void> {
  if (!app.isPackaged) return () => tell('Updates are for packaged builds', 'This one runs from its source.');
  const { autoUpdater } = electronUpdater;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.logger = null;
  autoUpdater.on('update-available', async ({ version }) => {
    if (await agreed(`Vario ${version} is available`, 'Download')) await autoUpdater.downloadUpdate();
  });
  autoUpdater.on('update-downloaded', async ({ version }) => {
    if (!(await agreed(`Vario ${version} is ready`, 'Restart now'))) return;
    await beforeRestart();
    autoUpdater.quitAndInstall();
  });
  // An emitter without a listener for errors would throw; `look` and the download tell of theirs.
  autoUpdater.on('error', () => undefined);
  const look = async (byHand: boolean): Promise<void> => {
    try {
      const result = await autoUpdater.checkForUpdates();
      if (byHand && result?.isUpdateAvailable !== true)
        await tell('Vario is up to date', `This is version ${app.getVersion()}.`);
    } catch (error) {
      if (byHand) await tell('Updates could not be looked for', error instanceof Error ? error.message : String(error));
    }
  };
  setInterval(() => void look(false), EVERY_MS).unref();
  void look(false);
  return () => look(true);
}

async function tell(message: string, detail: string): Promise<void> {
  await dialog.showMessageBox({ message, detail });
}

async function agreed(message: string, yes: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({ message, buttons: [yes, 'Later'], cancelId: 1 });
  return response === 0;
}
