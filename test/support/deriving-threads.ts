/** Threads that derive the ledger, over any database file. */
import { pathToFileURL } from 'node:url';
import type { Derivations } from '../../src/main/engine/api/derivations.ts';
import type { DerivingThreads } from '../../src/main/engine/metrics/index.ts';
import { createLogger, systemClock } from '../../src/main/engine/runtime/index.ts';
import { openReaderPool } from '../../src/main/engine/store/index.ts';
import { bundled } from './bundled.ts';

const url = pathToFileURL(bundled('reader-worker'));

export function openDerivingThreads(file: string, key: Uint8Array, size = 2): () => Promise<DerivingThreads> {
  return async () => {
    const logger = createLogger({ file: null, stderrLevel: 'error' });
    const pool = await openReaderPool<Derivations>({
      url,
      file,
      key,
      clock: systemClock,
      logger,
      size,
      serves: 'derivations',
    });
    return { size, derive: (input) => pool.run('ledger.derive', input), close: () => pool.close() };
  };
}
