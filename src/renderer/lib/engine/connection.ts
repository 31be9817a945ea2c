/**
 * Keeps one wire to the engine: dials, notices when it breaks, waits, dials
 * again. Who asks for the link waits until there is one.
 */
import type { ClientContext, ClientLink } from '@orpc/client';
import { SECOND_MS } from '../../../shared/kernel/instant.ts';

/** A live way to the engine. */
export interface Wire {
  readonly link: ClientLink<ClientContext>;
  /** Settles when the other side is gone. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens a wire. Rejects with AppError `auth_failed` when the engine refuses this window, else with `unavailable`. */
export type Dial = () => Promise<Wire>;

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** Not reachable: dialled `attempt` times in a row without success. */
  | { readonly kind: 'lost'; readonly attempt: number; readonly cause: unknown };

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5 * SECOND_MS;

/** The pause before dial number `attempt` (from 1): doubling from a quarter second to five seconds. */
export function waitBefore(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
}

export class EngineConnection {
  readonly #dial: Dial;
  readonly #pause: (ms: number) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  #state: ConnectionState = { kind: 'connecting' };
  #wire: Wire | null = null;
  #waiting: ((wire: Wire) => void)[] = [];
  #stopped = false;

  constructor(dial: Dial, pause: (ms: number) => Promise<void> = pauseFor) {
    this.#dial = dial;
    this.#pause = pause;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Calls back on every change of state; returns the way to stop it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The link, as soon as there is one. */
  async link(): Promise<ClientLink<ClientContext>> {
    if (this.#wire !== null) return this.#wire.link;
    const wire = await new Promise<Wire>((resolve) => this.#waiting.push(resolve));
    return wire.link;
  }

  /** Dials until stopped. */
  async run(): Promise<void> {
    let attempt = 0;
    while (!this.#stopped) {
      try {
        const wire = await this.#dial();
        attempt = 0;
        this.#open(wire);
        await wire.closed;
        this.#wire = null;
        this.#enter({ kind: 'lost', attempt: 0, cause: null });
      } catch (cause) {
        this.#wire = null;
        this.#enter({ kind: 'lost', attempt: attempt + 1, cause });
      }
      attempt += 1;
      if (!this.#stopped) await this.#pause(waitBefore(attempt));
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#wire?.close();
  }

  #open(wire: Wire): void {
    this.#wire = wire;
    this.#enter({ kind: 'open' });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(wire);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
