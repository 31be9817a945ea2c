/** Threads for large computations of the ledger: as many as there are cores besides the writer's. */
import { availableParallelism } from 'node:os';
import type { DerivingThreads } from '../metrics/index.ts';
import type { ReaderPool } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';

/** More threads than this outrun the one writer, and each takes memory. */
const MOST_THREADS = 3;

/** Opens threads beside a reader pool, on the same database. */
export function derivingThreads(pool: Pick<ReaderPool<QueryTable>, 'openDeriving'>): () => Promise<DerivingThreads> {
  return async () => {
    const size = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));
    const threads = await pool.openDeriving<Derivations>(size);
    return {
      size,
      derive: (input) => threads.run('ledger.derive', input),
      close: () => threads.close(),
    };
  };
}
