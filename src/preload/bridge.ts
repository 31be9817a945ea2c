/** What the preload exposes as `window.vario` in the desktop host: two facts and the hand-over of the engine's port. */
export interface VarioBridge {
  readonly version: string;
  /** Node's name of the platform: `darwin`, `win32`, `linux`. */
  readonly platform: string;
  /** Called with every port to the engine: once after loading, and again when the engine was restarted. */
  onPort(receive: (port: MessagePort) => void): void;
}
