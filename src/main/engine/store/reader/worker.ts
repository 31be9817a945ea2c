/** The reader's thread: one read-only connection that answers named queries, one after the other. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { AppError, assert } from '../../../../shared/kernel/errors.ts';
import type { ReadDb } from '../handles.ts';
import { openReader } from '../open.ts';
import {
  sendableError,
  type FromWorker,
  type NamedQueries,
  type QueryContext,
  type QueryRequest,
  type ToWorker,
  type WorkerStart,
} from './protocol.ts';

/**
 * Serves `queries` to the thread that started this worker. The entry file of
 * the worker consists of this one call. The key is overwritten as soon as the
 * connection is open.
 */
export function runReaderWorker(queries: NamedQueries): void {
  assert(parentPort, 'the reader runs in a worker thread');
  const port = parentPort;
  const { file, key } = workerData as WorkerStart;
  let reader: { db: ReadDb; close: () => void };
  try {
    reader = openReader(file, key);
  } catch (error) {
    // Boundary: the client turns it into the failure of everything that waits.
    send(port, { kind: 'failed', error: sendableError(error) });
    port.close();
    return;
  } finally {
    key.fill(0);
  }
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'close') {
      reader.close();
      port.close();
      return;
    }
    send(port, answer(queries, reader.db, message));
  });
  send(port, { kind: 'ready' });
}

function answer(queries: NamedQueries, db: ReadDb, { id, name, input, nowMs }: QueryRequest): FromWorker {
  const started = performance.now();
  try {
    const query = Object.hasOwn(queries, name) ? queries[name] : undefined;
    if (!query) throw new AppError('internal', `The reader knows no query “${name}”`);
    const run = query as (db: ReadDb, input: unknown, context: QueryContext) => unknown;
    const output = run(db, input, { nowMs });
    return { kind: 'result', id, output, elapsedMs: performance.now() - started };
  } catch (error) {
    // Boundary: errors cross the thread as data.
    return { kind: 'error', id, error: sendableError(error), elapsedMs: performance.now() - started };
  }
}

function send(port: MessagePort, message: FromWorker): void {
  port.postMessage(message);
}
