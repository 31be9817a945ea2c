import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { describe, expect, it, vi } from 'vitest';
import { runEngineHost, type ParentPort } from '../../../src/main/hosts/engine-host.ts';
import type { contract } from '../../../src/shared/contract/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { boot, NONCE } from './boot.ts';
import type { FakeElectron, FakeUtilityProcess } from './fake-electron.ts';
import { PATIENTLY } from '../../support/patience.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule());
vi.mock('electron-updater', async () => (await import('./fake-electron.ts')).updaterModule());

/** The real engine behind the shell, in this process instead of its own. */
function runEngine(child: FakeUtilityProcess): void {
  const waiting = child.received.splice(0);
  const listeners: Parameters<ParentPort['on']>[1][] = [];
  child.postMessage = (message, ports) => {
    for (const listener of listeners) listener({ data: structuredClone(message), ports: ports ?? [] });
  };
  runEngineHost(
    { on: (_event, listener) => listeners.push(listener), postMessage: (message) => child.say(message) },
    (code) => child.exit(code),
  );
  for (const { message, ports } of waiting) child.postMessage(message, ports);
}

/** The page's client over the port that the shell hands it. */
async function clientOf(electron: FakeElectron): Promise<ContractRouterClient<typeof contract>> {
  electron.page.send('vario:ready', { nonce: NONCE });
  await vi.waitFor(() => expect(electron.page.posted).toHaveLength(1), PATIENTLY);
  const port = electron.page.posted[0]!.ports[0]!;
  port.start();
  return createORPCClient(new RPCLink({ port }));
}

describe('the shell with its engine', () => {
  it('makes a database whose key only the keychain opens, locks with the screen, opens again, and ends in order', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const electron = await boot();
    const start = electron.engine.received[0]!.message;
    start['dataDir'] = dataDir;
    runEngine(electron.engine);
    const client = await clientOf(electron);

    expect(await client.session.status()).toMatchObject({ state: 'new', host: 'electron', keychainAvailable: true });
    expect(await client.session.create({ keychain: true, passphrase: null })).toMatchObject({ state: 'unlocked' });
    expect(existsSync(join(dataDir, 'vario.db'))).toBe(true);
    const keyring = readFileSync(join(dataDir, 'keyring.json'), 'utf8');
    const { wrappings } = JSON.parse(keyring) as { wrappings: { kind: string; blob: string }[] };
    expect(wrappings.map(({ kind }) => kind)).toEqual(['protector']);
    expect(Buffer.from(wrappings[0]!.blob, 'base64').toString()).toMatch(/^locked:/);
    expect((await client.workspace.get()).companyName).toBe('My company');

    electron.powerMonitor.emit('lock-screen');
    await vi.waitFor(async () => expect((await client.session.status()).state).toBe('locked'), PATIENTLY);
    await expect(client.workspace.get()).rejects.toMatchObject({ code: 'locked' });
    expect(electron.tray.toolTip).toBe('Vario');

    expect(await client.session.unlock({ passphrase: null })).toMatchObject({ state: 'unlocked' });
    expect((await client.alerts.list({})).open).toBe(0);

    electron.app.quit();
    await vi.waitFor(() => expect(electron.app.exited).toBe(true), PATIENTLY);
    expect(existsSync(join(dataDir, 'vario.db-wal'))).toBe(false);
  });
});
