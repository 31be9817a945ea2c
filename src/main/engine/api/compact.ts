/** Keeps the database compact: after a first sync, and whenever it has grown by half, its pages are filled anew. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import { letGoOfGarbage, type Logger } from '../runtime/index.ts';
import type { ReaderPool, Store } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';

/** What is written meanwhile makes a copy worthless; so often another one is made before the next occasion is waited for. */
const ATTEMPTS = 3;

/**
 * Makes a compact copy on a thread, while calls go on being answered, and puts
 * it in the database's place unless something was written meanwhile.
 * @param onStart called where there is something to do.
 * @returns whether the database was replaced.
 */
export async function compactWhenDue(
  store: Pick<Store, 'isCompactionDue' | 'changeCount' | 'takeCompacted' | 'dropCompacted'>,
  readers: Pick<ReaderPool<QueryTable>, 'openDeriving' | 'whileClosed'>,
  logger: Logger,
  onStart: () => void = () => undefined,
): Promise<boolean> {
  if (!store.isCompactionDue()) return false;
  onStart();
  letGoOfGarbage();
  const threads = await readers.openDeriving<Derivations>(1);
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = store.changeCount();
      await threads.run('store.compact', null);
      if (store.changeCount() !== before) continue;
      // The threads that copied have to let go of the file as well.
      await threads.close();
      if (await replace(store, readers, before)) {
        logger.info('The database was compacted');
        return true;
      }
      break;
    }
    store.dropCompacted();
    logger.info('The database was not compacted: it was written to meanwhile');
    return false;
  } catch (error) {
    // Boundary: a database that is not compact is no worse than it was. The disk may have no room for two.
    if (!isAppError(error, 'storage_failed')) throw error;
    logger.warn('The database was not compacted', { reason: error.message });
    return false;
  } finally {
    await threads.close();
  }
}

async function replace(
  store: Pick<Store, 'changeCount' | 'takeCompacted'>,
  readers: Pick<ReaderPool<QueryTable>, 'whileClosed'>,
  before: number,
): Promise<boolean> {
  return await readers.whileClosed((key) => {
    if (store.changeCount() !== before) return false;
    store.takeCompacted(key);
    return true;
  });
}
