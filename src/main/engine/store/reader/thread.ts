/** One worker thread of the reader: its code, its connection, its one question at a time, its end. */
import { Worker } from 'node:worker_threads';
import { AppError, assert } from '../../../../shared/kernel/errors.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { receivedError, type FromWorker, type ToWorker, type WorkerStart } from './protocol.ts';

export type Reply = Extract<FromWorker, { readonly id: number }>;

export interface ReaderThread {
  /** Asks; the reply comes exactly once, unless the thread ends. @throws DataCloneError when the input is not plain data. */
  ask(name: string, input: unknown, now: Instant, onReply: (reply: Reply) => void): void;
  /** Called once when the thread ends without having been asked to. */
  onExit(listener: (cause: unknown) => void): void;
  /** Ends the thread; a query that runs is finished first by SQLite, which knows no interruption from here. */
  stop(): Promise<void>;
}

/** A thread that loads its code, or has, and has been given no database yet. */
export interface LoadedThread {
  /**
   * Opens the database in it, once. The key travels as a transferred buffer: this side's copy of it is gone afterwards.
   * @throws AppError why the database did not open.
   */
  open(start: WorkerStart): Promise<ReaderThread>;
  /** Ends a thread that is not going to be opened. */
  stop(): Promise<void>;
}

/** Starts a thread, which loads its code by itself; what fails in that is told by opening it. It keeps no process alive. */
export function loadReaderThread(url: URL): LoadedThread {
  const worker = new Worker(url, { name: 'vario-reader', env: environment(), argv: [] });
  worker.unref();
  let failure: unknown = null;
  worker.on('error', (error) => (failure = error));
  return {
    open(start) {
      if (failure !== null) throw notStarted(failure);
      worker.ref();
      return openThread(worker, start);
    },
    async stop() {
      await worker.terminate();
    },
  };
}

/** Of the engine's environment the reader's business is only where compiled code is kept. */
function environment(): Readonly<Record<string, string>> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

function notStarted(cause: unknown): AppError {
  return new AppError('unavailable', 'The reader thread did not start', { cause });
}

async function openThread(worker: Worker, start: WorkerStart): Promise<ReaderThread> {
  const key = Uint8Array.from(start.key);
  let exitListener: ((cause: unknown) => void) | null = null;
  let cause: unknown = null;
  let stopping = false;
  let ended = false;
  let current: { id: number; onReply: (reply: Reply) => void } | null = null;
  let lastId = 0;

  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') return resolve();
      if (message.kind === 'failed') return reject(receivedError(message.error));
      const asked = current;
      assert(asked?.id === message.id, 'the reader answers the question that was asked');
      current = null;
      asked.onReply(message);
    });
    worker.on('error', (error) => {
      cause = error;
      reject(notStarted(error));
    });
    worker.on('exit', (code) => {
      ended = true;
      reject(new AppError('unavailable', `The reader thread ended with code ${code} before it was ready`));
      if (!stopping) exitListener?.(cause ?? new Error(`exit code ${code}`));
    });
    worker.postMessage({ kind: 'open', start: { ...start, key } } satisfies ToWorker, [key.buffer]);
  });

  const post = (message: ToWorker) => worker.postMessage(message);
  return {
    ask(name, input, now, onReply) {
      assert(!current, 'the reader is asked one thing at a time');
      const id = (lastId += 1);
      current = { id, onReply };
      try {
        post({ kind: 'query', id, name, input, nowMs: now });
      } catch (error) {
        current = null;
        throw error;
      }
    },
    onExit(listener) {
      exitListener = listener;
    },
    async stop() {
      stopping = true;
      if (ended) return;
      const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      post({ kind: 'close' });
      await exit;
    },
  };
}
