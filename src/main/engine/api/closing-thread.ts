/** A thread on which it is worked out what months are closed with, so that calls are answered meanwhile. */
import type { ClosingFigures } from '../closing/index.ts';
import type { ReaderPool } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { ClosingInput } from './closing-figures.ts';
import type { Derivations } from './derivations.ts';

/** A thread that works them out, until it is closed. */
export interface ClosingThread {
  figures(input: ClosingInput): Promise<ClosingFigures>;
  close(): Promise<void>;
}

export function closingThreads(pool: Pick<ReaderPool<QueryTable>, 'openDeriving'>): () => Promise<ClosingThread> {
  return async () => {
    const threads = await pool.openDeriving<Derivations>(1);
    return { figures: (input) => threads.run('closing.figures', input), close: () => threads.close() };
  };
}
