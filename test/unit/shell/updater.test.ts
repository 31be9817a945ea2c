import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bootWithPage } from './boot.ts';
import { settle, type FakeElectron } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule());
vi.mock('electron-updater', async () => (await import('./fake-electron.ts')).updaterModule());

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const packaged = (change: (electron: FakeElectron) => void = () => undefined) =>
  bootWithPage({
    before(electron) {
      electron.app.isPackaged = true;
      change(electron);
    },
  });

async function checkByHand({ menu }: FakeElectron): Promise<void> {
  const data = menu.find(({ label }) => label === 'Data');
  data!.submenu!.find(({ label }) => label === 'Check for updates…')!.click!({ checked: false });
  await settle();
}

const told = ({ dialogs }: FakeElectron) => dialogs.map(({ options }) => options['message']);

describe('updates', () => {
  it('never come down, never to an older version, and are never installed unasked', async () => {
    const { updater, dialogs } = await packaged();
    expect(updater).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false });
    expect(dialogs).toEqual([]);
  });

  it('are looked for at the start and daily', async () => {
    const { updater } = await packaged();
    expect(updater.checks).toBe(1);
    await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1_000);
    expect(updater.checks).toBe(2);
  });

  it('are fetched when the founder agrees, and installed after the engine has stopped', async () => {
    const electron = await packaged(({ updater }) => void (updater.available = '2.0.0'));
    expect(told(electron)).toEqual(['Vario 2.0.0 is available']);
    expect(electron.updater.downloads).toBe(0);
    electron.dialogAnswer = 0;
    await checkByHand(electron);
    expect(told(electron).slice(1)).toEqual(['Vario 2.0.0 is available', 'Vario 2.0.0 is ready']);
    expect(electron.engine.messages('stop')).toHaveLength(1);
    expect(electron.updater.installs).toBe(0);
    electron.engine.exit(0);
    await settle();
    expect(electron.updater.installs).toBe(1);
  });

  it('asked for by hand are answered: also when there is none, and when the feed cannot be reached', async () => {
    const electron = await packaged();
    await checkByHand(electron);
    electron.updater.failure = new Error('net::ERR_INTERNET_DISCONNECTED');
    await checkByHand(electron);
    expect(told(electron)).toEqual(['Vario is up to date', 'Updates could not be looked for']);
    await vi.advanceTimersByTimeAsync(24 * 60 * 60 * 1_000);
    expect(electron.dialogs).toHaveLength(2);
  });

  it('are not looked for by a program that runs from its source', async () => {
    const electron = await bootWithPage();
    await checkByHand(electron);
    expect(electron.updater.checks).toBe(0);
    expect(told(electron)).toEqual(['Updates are for packaged builds']);
  });
});
