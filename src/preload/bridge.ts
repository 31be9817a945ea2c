/**
 * What the desktop host gives to the page: `window.vario`, and ports to the
 * engine. A MessagePort cannot pass the wall between preload and page as a
 * value; it comes as a message of the window to itself.
 */

/** What the preload exposes as `window.vario`. */
export interface PreloadApi {
  readonly version: string;
  /** Node's name of the platform: `darwin`, `win32`, `linux`. */
  readonly platform: string;
  /** Asks for a port; to be called once the page listens. */
  connect(): void;
}

/** What the page works with. */
export interface VarioBridge extends Pick<PreloadApi, 'version' | 'platform'> {
  /** Called with every port to the engine: once after loading, and again when the engine was restarted. */
  onPort(receive: (port: MessagePort) => void): void;
}

export const PORT_MESSAGE = 'vario:port';

interface WindowMessage {
  readonly data: unknown;
  readonly source: unknown;
  readonly ports: readonly MessagePort[];
}

interface PageWindow {
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void;
}

/** Turns the preload's api and the window's messages into a bridge. Only messages of the window to itself count. */
export function bridgeOf(api: PreloadApi, window: PageWindow): VarioBridge {
  return {
    version: api.version,
    platform: api.platform,
    onPort(receive) {
      window.addEventListener('message', ({ data, source, ports }) => {
        const [port] = ports;
        if (source === window && data === PORT_MESSAGE && port !== undefined) receive(port);
      });
      api.connect();
    },
  };
}
