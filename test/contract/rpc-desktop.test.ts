import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { servePort } from '../../src/main/hosts/transport/port.ts';
import { createEngineClient, EngineConnection, portDial } from '../../src/renderer/lib/engine/index.ts';
import { asMessagePortMain, openDesktopPage, provideBuiltPreload, type DesktopPage } from './desktop-wire.ts';
import { describeCalls } from './rpc-behaviour.ts';
import { testWorkspace, type TestWorkspace } from './test-workspace.ts';
import { PATIENTLY } from '../support/patience.ts';

beforeAll(provideBuiltPreload, 120_000);

/** The shell's part: a new channel, one end to the engine, one to the page. */
function handOver(workspace: TestWorkspace, page: DesktopPage, nonce?: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  servePort(workspace.calls, asMessagePortMain(port1));
  page.hand(port2, nonce);
  return port1;
}

/** A page connected to the workspace's engine, as the renderer connects itself. */
function connectPage(workspace: TestWorkspace) {
  const engineEnds: MessagePort[] = [];
  const page = openDesktopPage((asking) => void engineEnds.push(handOver(workspace, asking)));
  const connection = new EngineConnection(portDial(page.bridge), () => Promise.resolve());
  void connection.run();
  const client = createEngineClient(connection);
  return { page, connection, client, engineEnds };
}

describeCalls('the desktop’s ports, through the built preload', async (workspace) => {
  const { client, connection, page } = connectPage(workspace);
  await vi.waitFor(() => expect(connection.state).toEqual({ kind: 'open' }), PATIENTLY);
  const [port] = page.ports;
  if (port === undefined) throw new Error('the page got no port');
  const ended = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
  return {
    connection: { client, ended, sendRaw: (data) => port.postMessage(data), disconnect: () => port.close() },
    release: () => {
      connection.stop();
      return Promise.resolve();
    },
  };
});

describe('after a restart of the engine', () => {
  const open: TestWorkspace[] = [];
  afterEach(async () => {
    for (const workspace of open.splice(0)) await workspace.remove();
  });
  const engine = (): TestWorkspace => {
    const workspace = testWorkspace();
    open.push(workspace);
    return workspace;
  };

  it('the page goes on with the new port, and queries asked meanwhile are answered by it', async () => {
    const first = engine();
    const { client, connection, engineEnds, page } = connectPage(first);
    onTestFinished(() => connection.stop());
    expect((await client.session.status()).state).toBe('new');
    for (const port of engineEnds) port.close();
    await vi.waitFor(() => expect(connection.state.kind).toBe('lost'), PATIENTLY);
    const asked = client.session.status();
    await expect(client.session.lock()).rejects.toMatchObject({ code: 'unavailable' });

    const second = engine();
    await second.host.context.session.openDemo();
    handOver(second, page);
    expect((await asked).state).toBe('unlocked');
    expect((await client.workspace.get()).companyName).toBe('My company');
    expect(connection.state).toEqual({ kind: 'open' });
  });

  it('of several ports that came meanwhile the last one counts', async () => {
    const { client, connection, engineEnds, page } = connectPage(engine());
    onTestFinished(() => connection.stop());
    await client.session.status();
    const stale = engine();
    const live = engine();
    await live.host.context.session.openDemo();
    handOver(stale, page).close();
    handOver(live, page);
    for (const port of engineEnds) port.close();
    await vi.waitFor(async () => expect((await client.session.status()).state).toBe('unlocked'), PATIENTLY);
  });

  it('a port that was meant for the page before is not taken', async () => {
    const { connection, page } = connectPage(engine());
    onTestFinished(() => connection.stop());
    await vi.waitFor(() => expect(page.ports).toHaveLength(1), PATIENTLY);
    handOver(engine(), page, crypto.randomUUID());
    expect(page.ports).toHaveLength(1);
  });
});
