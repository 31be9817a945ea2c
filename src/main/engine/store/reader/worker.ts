/** The reader's thread: one read-only connection that answers named queries, one after the other. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { AppError, assert } from '../../../../shared/kernel/errors.ts';
import type { ReadDb } from '../handles.ts';
import { openReader } from '../open.ts';
import { copyCompacted } from '../compaction.ts';
import { scratchFile } from '../scratch-file.ts';
import { openScratch } from '../scratch.ts';
import {
  PREPARE,
  sendableError,
  type DerivingContext,
  type FromWorker,
  type NamedDerivations,
  type NamedQueries,
  type Preparations,
  type PrepareStep,
  type QueryContext,
  type QueryRequest,
  type ToWorker,
  type WorkerStart,
} from './protocol.ts';

const DERIVING_CACHE_KIB = 8_192;

type Answer = (db: ReadDb, input: unknown, context: DerivingContext) => unknown;

/**
 * Serves `queries`, or `derivations`, to the thread that started this worker,
 * once that names the database. The entry file of the worker consists of this
 * one call.
 */
export function runReaderWorker(
  queries: NamedQueries,
  derivations: NamedDerivations = {},
  preparations: Preparations = [],
): void {
  assert(parentPort, 'the reader runs in a worker thread');
  const port = parentPort;
  port.once('message', (message: ToWorker) => {
    if (message.kind === 'open') serve(port, message.start, { queries, derivations, preparations });
    else port.close();
  });
}

interface Registries {
  readonly queries: NamedQueries;
  readonly derivations: NamedDerivations;
  readonly preparations: Preparations;
}

/**
 * The key is overwritten as soon as the connection is open; a thread for
 * derivations needs it for its scratch files and overwrites it when it ends.
 */
function serve(
  port: MessagePort,
  { file, key, serves }: WorkerStart,
  { queries, derivations, preparations }: Registries,
): void {
  const prepare = (db: ReadDb, { step, hasRoom }: PrepareStep, { nowMs }: QueryContext): number | null => {
    preparations[step]?.(db, { nowMs, hasRoom });
    return step + 1 < preparations.length ? step + 1 : null;
  };
  const registry = (serves === 'queries' ? { ...queries, [PREPARE]: prepare } : derivations) as Readonly<
    Record<string, Answer>
  >;
  const open = (name: string, schema: string) => {
    if (serves === 'queries') throw new AppError('internal', 'A thread for queries prepares nothing');
    return openScratch(scratchFile(file, name), key, schema);
  };
  let reader: ReturnType<typeof openReader>;
  try {
    reader = openReader(file, key);
  } catch (error) {
    // Boundary: the client turns it into the failure of everything that waits.
    send(port, { kind: 'failed', error: sendableError(error) });
    port.close();
    return;
  } finally {
    if (serves === 'queries') key.fill(0);
  }
  // Whoever goes once through everything gains nothing from remembering it.
  if (serves === 'derivations') reader.connection.pragma(`cache_size = -${DERIVING_CACHE_KIB}`);
  const context = (nowMs: number): DerivingContext => ({
    nowMs,
    openScratch: open,
    copyCompacted: () => copyCompacted(reader.connection, key),
  });
  const take = async (message: ToWorker): Promise<void> => {
    assert(message.kind !== 'open', 'a reader is opened once');
    if (message.kind === 'close') {
      reader.close();
      key.fill(0);
      port.close();
      return;
    }
    send(port, await answer(registry, reader.db, message, context(message.nowMs)));
  };
  // One after the other, also where an answer takes more than one turn of the thread.
  let turn = Promise.resolve();
  port.on('message', (message: ToWorker) => {
    turn = turn.then(() => take(message));
  });
  send(port, { kind: 'ready' });
}

async function answer(
  registry: Readonly<Record<string, Answer>>,
  db: ReadDb,
  { id, name, input }: QueryRequest,
  context: DerivingContext,
): Promise<FromWorker> {
  const started = performance.now();
  try {
    const run = Object.hasOwn(registry, name) ? registry[name] : undefined;
    if (!run) throw new AppError('internal', `The reader knows no query “${name}”`);
    const output = await run(db, input, context);
    return { kind: 'result', id, output, elapsedMs: performance.now() - started };
  } catch (error) {
    // Boundary: errors cross the thread as data.
    return { kind: 'error', id, error: sendableError(error), elapsedMs: performance.now() - started };
  }
}

function send(port: MessagePort, message: FromWorker): void {
  port.postMessage(message);
}
