/** Starts the engine's process and keeps it running. */
import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import {
  engineConversation,
  type ConversationOptions,
  type EngineConversation,
} from '../hosts/desktop/engine-conversation.ts';
import type { ShellMessageInput } from '../hosts/engine-messages.ts';

export interface SupervisorOptions extends Omit<ConversationOptions, 'send'> {
  readonly entry: string;
  readonly start: Omit<Extract<ShellMessageInput, { type: 'start' }>, 'type' | 'keychainAvailable'>;
  /** It failed too often in a row; nothing more is tried. */
  readonly onGivenUp: (message: string) => void;
}

/** Waits before a new start after 1, 2, 3 … failures in a row. */
const WAITS_MS = [250, 1_000, 4_000, 15_000] as const;
/** Who has run for so long has not failed in a row. */
const HEALTHY_MS = 60_000;
const STOP_MS = 10_000;

export class EngineSupervisor {
  readonly #options: SupervisorOptions;
  #child: UtilityProcess | null = null;
  #ready = false;
  #failures = 0;
  #lastFailure = 'it ended without a word';
  #stopping: Promise<void> | null = null;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** Needs the app to be ready. Keys never pass through arguments or environment. */
  async start(): Promise<void> {
    const { entry, keychain, start } = this.#options;
    // A keychain that fails is one that is not there: the passphrase still opens the database.
    const keychainAvailable = await keychain.available().catch(() => false);
    if (this.#stopping !== null) return;
    const child = utilityProcess.fork(entry, [], { serviceName: 'Vario engine', stdio: 'inherit' });
    this.#child = child;
    const startedAt = performance.now();
    const conversation = this.#converse(child);
    child.on('message', (message: unknown) => {
      if (conversation.hear(message)) return;
      this.#lastFailure = 'it speaks in messages of another version';
      child.kill();
    });
    child.on('exit', (code) => {
      conversation.end();
      this.#exited(code, performance.now() - startedAt);
    });
    child.postMessage({ type: 'start', ...start, keychainAvailable } satisfies ShellMessageInput);
  }

  #converse(child: UtilityProcess): EngineConversation {
    return engineConversation({
      ...this.#options,
      send: (message) => void (child === this.#child && child.postMessage(message)),
      onNews: (news) => {
        if (news.type === 'failed') this.#lastFailure = news.failure.message;
        if (news.type === 'ready') this.#ready = true;
        this.#options.onNews(news);
      },
    });
  }

  /** Connects a page. @returns false while there is no engine; its news `ready` is the moment to try again. */
  connect(port: MessagePortMain, windowId: number): boolean {
    if (this.#ready) this.#child?.postMessage({ type: 'port', windowId } satisfies ShellMessageInput, [port]);
    else port.close();
    return this.#ready;
  }

  /** Tells the engine to lock, to sync, or that the machine woke; nothing when it is not running. */
  tell(type: 'lock' | 'sync' | 'wake'): void {
    if (this.#ready) this.#child?.postMessage({ type } satisfies ShellMessageInput);
  }

  /** Lets the engine finish its transactions; ends the process after ten seconds. Twice is once. */
  stop(): Promise<void> {
    this.#stopping ??= new Promise((resolve) => {
      if (this.#restart !== null) clearTimeout(this.#restart);
      const child = this.#child;
      if (!child) return resolve();
      const kill = setTimeout(() => child.kill(), STOP_MS);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      child.postMessage({ type: 'stop' } satisfies ShellMessageInput);
    });
    return this.#stopping;
  }

  #exited(code: number, ranMs: number): void {
    this.#child = null;
    this.#ready = false;
    if (this.#stopping !== null) return;
    this.#failures = ranMs > HEALTHY_MS ? 1 : this.#failures + 1;
    const wait = WAITS_MS[this.#failures - 1];
    if (wait !== undefined) {
      this.#restart = setTimeout(() => void this.start(), wait);
      return;
    }
    this.#options.onGivenUp(`It failed ${this.#failures} times in a row (exit code ${code}): ${this.#lastFailure}`);
    this.#failures = 0;
  }
}
