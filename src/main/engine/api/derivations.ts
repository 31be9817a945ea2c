/** Work that threads prepare for the writer. */
import { fileReading } from '../files/index.ts';
import { deriveRange } from '../metrics/index.ts';
import type { DerivingContext, ReadDb } from '../store/index.ts';

export const derivations = {
  ...fileReading,
  'ledger.derive': deriveRange,
  'store.compact': (_db: ReadDb, _input: null, { copyCompacted }: DerivingContext): void => copyCompacted(),
} as const;

export type Derivations = typeof derivations;
