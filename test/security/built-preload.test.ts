import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { bridgeOf, type PreloadApi } from '../../src/preload/bridge.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const file = `${root}out/preload/index.cjs`;

beforeAll(() => {
  if (!existsSync(file)) execFileSync('npx', ['electron-vite', 'build', '--logLevel', 'warn'], { cwd: root });
}, 300_000);

/** Runs the built preload as the sandbox does: no module but `electron`, no Node but a little `process`. */
function runPreload() {
  const required: string[] = [];
  const sent: { channel: string; message: unknown }[] = [];
  const exposed: { name: string; api: PreloadApi }[] = [];
  const posted: { message: unknown; origin: string; ports: MessagePort[] }[] = [];
  const heard = new Map<string, (event: { ports: MessagePort[] }, message: unknown) => void>();
  const electron = {
    ipcRenderer: {
      on: (channel: string, listener: (event: { ports: MessagePort[] }, message: unknown) => void) =>
        void heard.set(channel, listener),
      send: (channel: string, message: unknown) => void sent.push({ channel, message }),
    },
    contextBridge: { exposeInMainWorld: (name: string, api: PreloadApi) => void exposed.push({ name, api }) },
  };
  const window = {
    location: { origin: 'app://vario' },
    postMessage: (message: unknown, origin: string, ports: MessagePort[]) =>
      void posted.push({ message, origin, ports }),
  };
  vm.runInNewContext(readFileSync(file, 'utf8'), {
    require(name: string) {
      required.push(name);
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    },
    window,
    crypto: globalThis.crypto,
    process: { argv: ['electron', '--vario-version=1.2.3'], platform: 'linux' },
  });
  return { required, sent, exposed, posted, heard };
}

describe('the built preload', () => {
  it('is one file that asks for nothing but electron, also by other ways than running shows', () => {
    expect(readdirSync(`${root}out/preload`)).toEqual(['index.cjs']);
    const source = readFileSync(file, 'utf8');
    expect([...source.matchAll(/\brequire\s*\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(source).not.toMatch(/\bimport\s*\(|\beval\s*\(|new Function|process\.binding|webFrame|nativeRequire/);
    expect(runPreload().required).toEqual(['electron']);
  });

  it('shows the page two facts and one question, nothing that looks like IPC', () => {
    const { exposed } = runPreload();
    expect(exposed).toEqual([
      { name: 'vario', api: { version: '1.2.3', platform: 'linux', connect: expect.any(Function) } },
    ]);
    expect(exposed[0]!.api.connect.length).toBe(0);
  });

  it('asks on one channel and listens on one', () => {
    const { exposed, heard, sent } = runPreload();
    expect(sent).toEqual([]);
    exposed[0]!.api.connect();
    expect(sent).toEqual([{ channel: 'vario:ready', message: { nonce: expect.stringMatching(/^[0-9a-f-]{36}$/) } }]);
    expect([...heard.keys()]).toEqual(['vario:port']);
  });

  it('passes a port on to the page’s own origin, and only one that carries its nonce', () => {
    const { exposed, heard, posted, sent } = runPreload();
    exposed[0]!.api.connect();
    const { port1, port2 } = new MessageChannel();
    const { nonce } = sent[0]!.message as { nonce: string };
    heard.get('vario:port')!({ ports: [port1] }, { nonce: 'that of the page before' });
    expect(posted).toEqual([]);
    heard.get('vario:port')!({ ports: [port1] }, { nonce });
    expect(posted).toEqual([{ message: 'vario:port', origin: 'app://vario', ports: [port1] }]);
    port1.close();
    port2.close();
  });
});

describe('the page’s side of the hand-over', () => {
  it('takes ports that its own window posted, and asks only once it listens', () => {
    type Listener = (event: { data: unknown; source: unknown; ports: readonly MessagePort[] }) => void;
    const listeners: Listener[] = [];
    const window = { addEventListener: (_type: 'message', listener: Listener) => void listeners.push(listener) };
    const connect = vi.fn(() => expect(listeners).toHaveLength(1));
    const receive = vi.fn();
    const { port1, port2 } = new MessageChannel();
    bridgeOf({ version: '1', platform: 'linux', connect }, window).onPort(receive);
    expect(connect).toHaveBeenCalledOnce();
    for (const event of [
      { data: 'vario:port', source: {}, ports: [port1] },
      { data: 'vario:port', source: null, ports: [port1] },
      { data: 'something else', source: window, ports: [port1] },
      { data: 'vario:port', source: window, ports: [] },
    ])
      listeners[0]!(event);
    expect(receive).not.toHaveBeenCalled();
    listeners[0]!({ data: 'vario:port', source: window, ports: [port1] });
    expect(receive).toHaveBeenCalledExactlyOnceWith(port1);
    port1.close();
    port2.close();
  });
});
