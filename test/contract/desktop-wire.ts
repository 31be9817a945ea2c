/**
 * The desktop's way from a page to the engine without Electron's binary: the
 * built preload in a context of its own, a page that talks to itself, and the
 * engine's end of a port that wraps messages as MessagePortMain does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { z } from 'zod';
import { bridgeOf, type PreloadApi, type VarioBridge } from '../../src/preload/bridge.ts';
import type { PortLike } from '../../src/main/hosts/transport/port.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PRELOAD = `${root}out/preload/index.cjs`;
const ReadySchema = z.object({ nonce: z.uuid() });

interface WindowMessage {
  readonly data: unknown;
  readonly source: unknown;
  readonly ports: readonly MessagePort[];
}

export interface DesktopPage {
  readonly bridge: VarioBridge;
  /** Ports that reached the page, in order. */
  readonly ports: readonly MessagePort[];
  /** Hands the page a port, as the shell does after it asked, and after each restart of the engine. */
  hand(port: MessagePort, nonce?: string): void;
}

/** Builds the preload where it is not built yet. */
export function provideBuiltPreload(): void {
  if (!existsSync(PRELOAD)) execFileSync('npx', ['electron-vite', 'build', '--logLevel', 'warn'], { cwd: root });
}

/** A page with the built preload; `onReady` is the shell hearing that it asks for a port. */
export function openDesktopPage(onReady: (page: DesktopPage) => void): DesktopPage {
  const listeners: ((event: WindowMessage) => void)[] = [];
  const ports: MessagePort[] = [];
  const ipc = new Map<string, (event: { ports: readonly MessagePort[] }, message: unknown) => void>();
  const exposed: PreloadApi[] = [];
  let nonce: string | null = null;
  const window = {
    location: { origin: 'app://vario' },
    addEventListener: (_type: 'message', listener: (event: WindowMessage) => void) => void listeners.push(listener),
    postMessage(data: unknown, _origin: string, transferred: MessagePort[]) {
      ports.push(...transferred);
      for (const listener of listeners) listener({ data, source: window, ports: transferred });
    },
  };
  const electron = {
    ipcRenderer: {
      on: (channel: string, listener: (event: { ports: readonly MessagePort[] }, message: unknown) => void) =>
        void ipc.set(channel, listener),
      send(channel: string, message: unknown) {
        if (channel !== 'vario:ready') throw new Error(`the page used the channel ${channel}`);
        ({ nonce } = ReadySchema.parse(message));
        queueMicrotask(() => onReady(page));
      },
    },
    contextBridge: { exposeInMainWorld: (_name: string, api: PreloadApi) => void exposed.push(api) },
  };
  vm.runInNewContext(readFileSync(PRELOAD, 'utf8'), {
    require: () => electron,
    window,
    crypto: globalThis.crypto,
    process: { argv: ['electron', '--vario-version=1.2.3'], platform: 'linux' },
  });
  const [api] = exposed;
  if (api === undefined) throw new Error('the preload shows the page nothing');
  const page: DesktopPage = {
    bridge: bridgeOf(api, window),
    ports,
    hand: (port, of = nonce ?? '') => ipc.get('vario:port')?.({ ports: [port] }, { nonce: of }),
  };
  return page;
}

/** A port as the engine's process gets it: messages come wrapped in an event. */
export function asMessagePortMain(port: MessagePort): PortLike {
  return {
    on(event: 'message' | 'close', listener: (message: unknown) => void) {
      port.addEventListener(event, (message) =>
        listener(message instanceof MessageEvent ? { data: message.data } : null),
      );
    },
    start: () => port.start(),
    postMessage: (data) => port.postMessage(data),
    close: () => port.close(),
  };
}
