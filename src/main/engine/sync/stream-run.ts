/** Reads one stream to its end: every page is one transaction. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Page, Stream, StreamRun } from '../sources/kit/index.ts';
import { gapOf } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';
import type { SyncProgress } from './deps.ts';
import type { RecordWriter } from './page-writer.ts';
import type { Quarantine } from './quarantine.ts';
import { count, type StreamState, type StreamStates } from './stream-state.ts';

/** The parts that all streams of a run share. */
export interface RunContext {
  readonly db: WriteDb;
  readonly sourceId: number;
  readonly streams: readonly Stream[];
  readonly states: ReadonlyMap<string, StreamState>;
  readonly book: StreamStates;
  readonly writer: RecordWriter;
  readonly held: Quarantine;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SyncProgress) => void;
  /** Kinds of object that the vendor refused to show in this run. */
  readonly refused: Set<string>;
  readonly runOf: (stream: Stream) => StreamRun;
  /** Notes ids of a full listing, for the sweep after it. */
  readonly noteListed: (type: string, id: string) => void;
}

/** @throws AppError; a gap of this stream alone is noted in its proof instead. */
export async function readStream(context: RunContext, stream: Stream): Promise<void> {
  const state = stateOf(context, stream.id);
  state.proof.gap = null;
  try {
    for await (const page of stream.read(context.runOf(stream))) {
      context.signal.throwIfAborted();
      writePage(context, stream, page);
      report(context, stream, page);
    }
  } catch (error) {
    const gap = gapOf(error);
    if (gap === null || !(error instanceof Error)) throw error;
    state.proof.gap = { kind: gap, message: error.message };
    for (const type of stream.objectTypes) context.refused.add(type.type);
  }
}

/** Stores a page and where it leaves the stream, both or neither. */
export function writePage(context: RunContext, stream: Stream, page: Page): void {
  const { db, writer, states, book } = context;
  const state = stateOf(context, stream.id);
  // Counted on the side and taken over once the transaction stands.
  const counted = new Map<string, { fetched: number; changed: number }>();
  const tally = structuredClone(state.proof.tally);
  const at = context.now();
  db.transaction(() => {
    for (const record of page.records) {
      const written = writer.write(record, at);
      const counts = counted.get(written.stream) ?? { fetched: 0, changed: 0 };
      counted.set(written.stream, counts);
      counts.fetched += 1;
      if (written.outcome === 'changed') counts.changed += 1;
      if (page.listing) {
        count(tally, written.outcome === 'quarantined', written.measure);
        if (written.id !== '') context.noteListed(written.type, written.id);
      }
    }
    book.save(stream.id, { ...state, cursor: page.cursor, proof: { ...state.proof, tally } });
  });
  state.cursor = page.cursor;
  state.proof.tally = tally;
  for (const [owner, { fetched, changed }] of counted) {
    const owned = states.get(owner);
    if (!owned) continue;
    owned.fetched += fetched;
    owned.changed += changed;
  }
}

function report({ states, onProgress }: RunContext, stream: Stream, page: Page): void {
  const fetched = states.get(stream.id)?.fetched ?? 0;
  onProgress({
    stream: stream.id,
    title: stream.title,
    fetched,
    total: page.remaining === null ? null : fetched + page.remaining,
  });
}

export function stateOf(context: Pick<RunContext, 'states'>, stream: string): StreamState {
  const state = context.states.get(stream);
  if (!state) throw new Error(`No state was loaded for the stream ${stream}`);
  return state;
}
