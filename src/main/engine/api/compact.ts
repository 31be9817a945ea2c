/** Keeps the database compact: after a first sync, and whenever it has grown by half, its pages are filled anew. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { Logger } from '../runtime/index.ts';
import type { ReaderPool, Store } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';

/**
 * Makes a compact copy on a thread, while calls go on being answered, and puts
 * it in the database's place unless something was written meanwhile: then the
 * next chance is taken.
 * @returns whether the database was replaced.
 */
export async function compactWhenDue(
  store: Pick<Store, 'isCompactionDue' | 'changeCount' | 'takeCompacted' | 'dropCompacted'>,
  readers: Pick<ReaderPool<QueryTable>, 'openDeriving' | 'whileClosed'>,
  logger: Logger,
): Promise<boolean> {
  if (!store.isCompactionDue()) return false;
  const before = store.changeCount();
  const threads = await readers.openDeriving<Derivations>(1);
  try {
    await threads.run('store.compact', null);
  } catch (error) {
    // Boundary: a database that is not compact is no worse than it was. The disk may have no room for two.
    if (!isAppError(error, 'storage_failed')) throw error;
    logger.warn('The database was not compacted', { reason: error.message });
    return false;
  } finally {
    await threads.close();
  }
  const replaced = await readers.whileClosed((key) => {
    if (store.changeCount() === before) {
      store.takeCompacted(key);
      return true;
    }
    store.dropCompacted();
    return false;
  });
  logger.info(replaced ? 'The database was compacted' : 'The database was written to while it was compacted');
  return replaced;
}
