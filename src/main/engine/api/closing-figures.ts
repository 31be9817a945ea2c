/** What a month is closed with, worked out on a thread of its own, so that calls are answered meanwhile. */
import type { PlainMonth } from '../../../shared/kernel/day.ts';
import type { ClosingFigures } from '../closing/index.ts';
import { snapshot, type MetricsContext } from '../metrics/index.ts';
import { packToFreeze } from '../reports/index.ts';
import type { ReadDb, ReaderPool } from '../store/index.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';

export interface ClosingInput {
  readonly month: PlainMonth;
  readonly companyName: string;
  readonly context: MetricsContext;
}

/** The month's figures and its board pack, as they are known now. */
export function closingFigures(db: ReadDb, { month, companyName, context }: ClosingInput): ClosingFigures {
  return { snapshot: snapshot(db, { month }, context), pack: packToFreeze(db, { month, companyName }, context) };
}

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
