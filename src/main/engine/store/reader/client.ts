/** The engine's side of the reader: queues queries, hands them to worker threads, restarts a thread that died. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { Clock } from '../../runtime/ports.ts';
import type { DatabaseKey } from '../cipher.ts';
import {
  PREPARE,
  receivedError,
  type InputOf,
  type NamedQueries,
  type OutputOf,
  type PrepareStep,
  type WorkerStart,
} from './protocol.ts';
import { restAfterQuestions, type Preparing, type Rest } from './rest.ts';
import type { SpareThreads } from './spare.ts';
import { loadReaderThread, type ReaderThread } from './thread.ts';

/** Queries slower than this are logged with their name. */
export const SLOW_QUERY_MS = 40;

export interface ReaderPoolOptions {
  /** The worker's entry, .ts in a checkout and .js when built. */
  readonly url: URL;
  readonly file: string;
  /** Copied; the copy is needed to restart a thread and is overwritten by close(). */
  readonly key: DatabaseKey;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Threads, each with its own connection. One is enough for one window. */
  readonly size?: number;
  /** Of the worker's registries the one to run; default its queries. */
  readonly serves?: WorkerStart['serves'];
  /** Whether the threads prepare for the next questions while nobody asks; default not. */
  readonly preparing?: Preparing;
  /** After so long without a question a thread ends, and the next question starts it anew; default: it stays. */
  readonly parkAfterMs?: number;
  /** Threads of the same `url` that have their code already; others are started where these are used up. */
  readonly spare?: SpareThreads | undefined;
}

export interface ReaderPool<Queries extends NamedQueries> {
  /**
   * Runs a named query on a reader thread. A call whose signal fires before it
   * has started is dropped; one that runs already goes on, and its answer is
   * not waited for.
   * @throws AppError of the query, `cancelled`, or `unavailable` when the thread died.
   */
  run<Name extends keyof Queries & string>(
    name: Name,
    input: InputOf<Queries[Name]>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<OutputOf<Queries[Name]>>;
  /**
   * Starts threads of their own for the worker's derivations, on the same
   * database. The caller closes that pool when the work is done.
   * @throws AppError `unavailable` once this pool is closed.
   */
  openDeriving<Derivations extends NamedQueries>(size: number): Promise<ReaderPool<Derivations>>;
  /**
   * Lets running queries end, closes every connection, does `work` with the
   * key, and opens them again; queries asked meanwhile wait.
   */
  whileClosed<Result>(work: (key: DatabaseKey) => Result): Promise<Result>;
  /** Rejects what waits, stops the threads, forgets the key. */
  close(): Promise<void>;
}

interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  settle(outcome: { output: unknown } | { error: AppError }): void;
}

/**
 * Starts the reader threads.
 * @throws AppError when the database does not open.
 */
export async function openReaderPool<Queries extends NamedQueries>(
  options: ReaderPoolOptions,
): Promise<ReaderPool<Queries>> {
  const pool = new Pool(options);
  await pool.start();
  return {
    async run(name, input, { signal } = {}) {
      return (await pool.call(name, input, signal)) as OutputOf<Queries[typeof name]>;
    },
    openDeriving: (size) =>
      pool.withOptions(({ preparing: _, parkAfterMs: __, ...same }) =>
        openReaderPool({ ...same, size, serves: 'derivations' }),
      ),
    whileClosed: (work) => pool.whileClosed(work),
    close: () => pool.close(),
  };
}

/** A place for one thread. `restarts` counts from its last answer: a thread that answers is healthy again. */
interface Slot {
  state: 'starting' | 'up' | 'parked' | 'dead';
  thread: ReaderThread | null;
  call: Call | null;
  restarts: number;
  parking: NodeJS.Timeout | undefined;
  /** Settles when a thread that is being parked has let go of the database, or the one that comes back has opened it. */
  settled: Promise<void>;
}

class Pool {
  readonly #options: ReaderPoolOptions;
  readonly #key: Uint8Array;
  readonly #slots: Slot[];
  readonly #waiting = new Set<Call>();
  readonly #rest: Rest | null;
  #closed = false;
  #isHeld = false;

  constructor(options: ReaderPoolOptions) {
    this.#options = options;
    this.#key = Uint8Array.from(options.key);
    const { preparing } = options;
    this.#rest = preparing
      ? restAfterQuestions(preparing.afterMs, (signal) => this.#prepare(signal, preparing.hasRoom))
      : null;
    this.#slots = Array.from({ length: options.size ?? 1 }, () => ({
      state: 'starting',
      thread: null,
      call: null,
      restarts: 0,
      parking: undefined,
      settled: Promise.resolve(),
    }));
  }

  async start(): Promise<void> {
    try {
      await Promise.all(this.#slots.map((slot) => this.#startThread(slot)));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async withOptions<Result>(open: (options: ReaderPoolOptions) => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new AppError('unavailable', 'The database is closed');
    return await open({ ...this.#options, key: this.#key });
  }

  call(name: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new AppError('unavailable', 'The database is closed'));
      if (this.#allDead()) return reject(readerGone(null));
      if (signal?.aborted) return reject(cancelled(name));
      const onAbort = () => {
        this.#waiting.delete(call);
        call.settle({ error: cancelled(name) });
      };
      const call: Call = {
        name,
        input,
        signal,
        settle(outcome) {
          signal?.removeEventListener('abort', onAbort);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.output);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#rest?.asked();
      this.#waiting.add(call);
      this.#dispatch();
    });
  }

  async whileClosed<Result>(work: (key: DatabaseKey) => Result): Promise<Result> {
    if (this.#closed) throw new AppError('unavailable', 'The database is closed');
    this.#isHeld = true;
    await Promise.all(this.#slots.map(({ settled }) => settled));
    const open = this.#slots.filter(({ state }) => state !== 'parked');
    try {
      await Promise.all(
        open.map(async (slot) => {
          const { thread } = slot;
          // A query that runs is finished by its thread before it ends, and answered.
          slot.thread = null;
          await thread?.stop();
        }),
      );
      return work(this.#key);
    } finally {
      this.#isHeld = false;
      await Promise.all(open.map((slot) => this.#startThread(slot)));
      this.#dispatch();
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#rest?.end();
    this.#key.fill(0);
    const error = new AppError('unavailable', 'The database was closed');
    for (const call of this.#waiting) call.settle({ error });
    this.#waiting.clear();
    await Promise.all(
      this.#slots.map(async (slot) => {
        slot.call?.settle({ error });
        slot.call = null;
        clearTimeout(slot.parking);
        await slot.settled;
        await slot.thread?.stop();
        slot.thread = null;
      }),
    );
  }

  async #startThread(slot: Slot): Promise<void> {
    const { url, file, serves = 'queries', spare } = this.#options;
    const loaded = spare?.take() ?? loadReaderThread(url);
    const thread = await loaded.open({ file, key: this.#key, serves });
    if (this.#closed) return await thread.stop();
    slot.thread = thread;
    slot.state = 'up';
    thread.onExit((cause) => this.#threadDied(slot, cause));
    this.#dispatch();
  }

  #dispatch(): void {
    if (this.#isHeld) return;
    for (const slot of this.#slots) {
      const [call] = this.#waiting;
      if (call && slot.state === 'parked') this.#unpark(slot);
      if (!slot.thread || slot.call) continue;
      if (call) {
        this.#waiting.delete(call);
        this.#runOn(slot, slot.thread, call);
      } else this.#parkLater(slot);
    }
    if (this.#waiting.size === 0 && this.#slots.every(({ call }) => !call)) this.#rest?.rested();
  }

  #parkLater(slot: Slot): void {
    const { parkAfterMs } = this.#options;
    if (parkAfterMs === undefined || slot.parking) return;
    slot.parking = setTimeout(() => this.#park(slot), parkAfterMs).unref();
  }

  #park(slot: Slot): void {
    slot.parking = undefined;
    const { thread } = slot;
    if (!thread || slot.call || this.#isHeld || this.#closed) return;
    slot.thread = null;
    slot.state = 'parked';
    slot.settled = thread.stop();
  }

  #unpark(slot: Slot): void {
    slot.state = 'starting';
    slot.settled = slot.settled
      .then(() => this.#startThread(slot))
      .catch((error: unknown) => this.#giveUp(slot, error));
  }

  /** Has one thread after the other prepare, so that another one is free meanwhile. */
  async #prepare(signal: AbortSignal, hasRoom: () => boolean): Promise<boolean> {
    for (const slot of this.#slots) {
      let step: number | null = 0;
      while (step !== null) {
        if (signal.aborted || this.#isHeld || !slot.thread || slot.call) return false;
        step = await this.#prepareStep(slot, slot.thread, { step, hasRoom: hasRoom() });
      }
    }
    return !signal.aborted;
  }

  /** @returns the next step; null after the last one, and after one that failed. */
  #prepareStep(slot: Slot, thread: ReaderThread, input: PrepareStep): Promise<number | null> {
    return new Promise((resolve) => {
      this.#runOn(slot, thread, {
        name: PREPARE,
        input,
        signal: undefined,
        settle: (outcome) => {
          // Boundary: whoever asks for what could not be prepared is told why.
          if ('error' in outcome)
            this.#options.logger.warn('Preparing failed', { step: input.step, cause: outcome.error });
          resolve('output' in outcome && typeof outcome.output === 'number' ? outcome.output : null);
        },
      });
    });
  }

  #runOn(slot: Slot, thread: ReaderThread, call: Call): void {
    const { clock, logger } = this.#options;
    slot.call = call;
    clearTimeout(slot.parking);
    slot.parking = undefined;
    const done = (outcome: { output: unknown } | { error: AppError }) => {
      slot.call = null;
      call.settle(outcome);
      this.#dispatch();
    };
    try {
      thread.ask(call.name, call.input, clock.now(), (reply) => {
        slot.restarts = 0;
        if (reply.elapsedMs > SLOW_QUERY_MS && this.#options.serves !== 'derivations' && call.name !== PREPARE)
          logger.warn('Slow query', { query: call.name, ms: Math.round(reply.elapsedMs) });
        done(reply.kind === 'result' ? { output: reply.output } : { error: receivedError(reply.error) });
      });
    } catch (cause) {
      // Boundary: an input that cannot be cloned is the caller's defect and must not stop the queue.
      done({ error: new AppError('internal', `The input of “${call.name}” is not plain data`, { cause }) });
    }
  }

  #threadDied(slot: Slot, cause: unknown): void {
    if (this.#closed) return;
    this.#options.logger.error('The reader thread ended', { query: slot.call?.name ?? null, cause });
    slot.call?.settle({ error: readerGone(cause) });
    slot.thread = null;
    slot.call = null;
    // One restart: a thread that ends again before it has answered anything will not get better.
    if (slot.restarts > 0) return this.#giveUp(slot, cause);
    slot.restarts += 1;
    slot.state = 'starting';
    this.#startThread(slot).catch((restartError: unknown) => this.#giveUp(slot, restartError));
  }

  /** Nothing waits for a thread that will not come. */
  #giveUp(slot: Slot, cause: unknown): void {
    this.#options.logger.error('The reader thread could not be restarted', { cause });
    slot.state = 'dead';
    if (!this.#allDead()) return;
    for (const call of this.#waiting) call.settle({ error: readerGone(cause) });
    this.#waiting.clear();
  }

  #allDead(): boolean {
    return this.#slots.every(({ state }) => state === 'dead');
  }
}

function readerGone(cause: unknown): AppError {
  return new AppError('unavailable', 'The reader of the database stopped unexpectedly. Try again, or restart Vario', {
    cause,
  });
}

function cancelled(name: string): AppError {
  return new AppError('cancelled', `The query “${name}” was cancelled`);
}
