/** What sync needs from the engine. */
import type { Clock, Http, RandomSource } from '../runtime/ports.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Source } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';

export interface SyncDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly http: Http;
  readonly logger: Logger;
  /** Other sources than the registry's, for tests. */
  readonly sources?: readonly Source[];
}

/** How a running sync speaks of itself. */
export interface SyncProgress {
  readonly stream: string;
  readonly title: string;
  readonly fetched: number;
  /** Fetched and to come, by the best estimate; null while nothing is known. */
  readonly total: number | null;
}

export interface StreamResult {
  readonly stream: string;
  readonly title: string;
  readonly fetched: number;
  readonly changed: number;
  readonly quarantined: number;
  readonly complete: boolean;
  /** What proves it complete, or what is missing, in a sentence. */
  readonly proof: string;
}

export interface SyncResult {
  readonly sourceId: number;
  /** The vendor, as the command line names it. */
  readonly id: string;
  readonly streams: readonly StreamResult[];
  readonly seconds: number;
  readonly requests: number;
  /** Sentences about what was odd: everything listed again, a feed about to expire. */
  readonly notes: readonly string[];
}
