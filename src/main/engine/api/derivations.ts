/** Work that threads prepare for the writer. */
import { deriveRange } from '../metrics/index.ts';

export const derivations = { 'ledger.derive': deriveRange } as const;

export type Derivations = typeof derivations;
