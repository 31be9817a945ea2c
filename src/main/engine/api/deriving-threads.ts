/** Threads for large computations of the ledger: as many as there are cores besides the writer's. */
import { availableParallelism } from 'node:os';
import type { DerivingThreads } from '../metrics/index.ts';
import type { ReaderPool } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';

/** More threads than this outrun the one writer, and each takes memory. */
const MOST_THREADS = 3;
/** A thread for fewer customers is not worth its memory. */
const CUSTOMERS_PER_THREAD = 16_000;

/** Opens threads beside a reader pool, on the same database, for a computation of so many customers. */
export function derivingThreads(
  pool: Pick<ReaderPool<QueryTable>, 'openDeriving'>,
): (customers: number) => Promise<DerivingThreads> {
  return async (customers) => {
    const useful = Math.min(MOST_THREADS, availableParallelism() - 1, Math.ceil(customers / CUSTOMERS_PER_THREAD));
    const size = Math.max(1, useful);
    const threads = await pool.openDeriving<Derivations>(size);
    return {
      size,
      derive: (input) => threads.run('ledger.derive', input),
      close: () => threads.close(),
    };
  };
}
