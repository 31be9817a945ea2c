/** Reads one stream to its end: every page is one transaction. */
import { isAppError, type AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Page, Stream, StreamRun } from '../sources/kit/index.ts';
import { gapOf, isEndpointFailing } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';
import type { SyncProgress } from './deps.ts';
import type { RecordWriter } from './page-writer.ts';
import type { Quarantine } from './quarantine.ts';
import { count, wholeFrom, type StreamOutcome, type StreamState, type StreamStates } from './stream-state.ts';

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
  /** Streams whose endpoint is out of order: the run goes on without them and fails in the end. */
  readonly failing: AppError[];
  readonly runOf: (stream: Stream) => StreamRun;
  /** Waited for before every page: whoever reads all facts at once holds pages back meanwhile. */
  readonly turn: () => Promise<void>;
  /** A stream is read to its end, or gave up for this run. */
  readonly onEnd: (stream: string) => void;
  /** Called within every page's transaction. */
  readonly onStored: () => void;
  /** Notes ids of a full listing, for the sweep after it. */
  readonly noteListed: (type: string, id: string) => void;
}

/** @throws AppError; a gap of this stream alone, or an endpoint that is out of order, is noted in its proof instead. */
export async function readStream(context: RunContext, stream: Stream, store: PageStore): Promise<void> {
  const state = stateOf(context, stream.id);
  state.proof.gap = null;
  try {
    for await (const page of stream.read(context.runOf(stream))) {
      await context.turn();
      context.signal.throwIfAborted();
      await store(stream, page);
      report(context, stream, page);
    }
    endStream(context, stream, 'done', null);
  } catch (error) {
    if (isEndpointFailing(error)) {
      // Not refused: the next run asks again. This one is told of it when the other streams are done.
      state.proof.gap = { kind: 'failing', message: error.message };
      endStream(context, stream, 'failed', error.message);
      context.failing.push(error);
      return;
    }
    const gap = gapOf(error);
    if (gap === null || !(error instanceof Error)) {
      if (context.signal.aborted || isAppError(error, 'cancelled')) endStream(context, stream, 'stopped', null);
      else endStream(context, stream, 'failed', isAppError(error) ? error.message : 'An unexpected error ended it');
      throw error;
    }
    state.proof.gap = { kind: gap, message: error.message };
    endStream(context, stream, 'gap', error.message);
    for (const type of stream.objectTypes) context.refused.add(type.type);
  }
}

/** Notes in memory how a stream's reading ended; it is stored with the end of the run. */
function endStream(context: RunContext, stream: Stream, outcome: StreamOutcome, problem: string | null): void {
  context.onEnd(stream.id);
  const state = stateOf(context, stream.id);
  state.outcome = outcome;
  state.problem = problem;
  state.endedAt = context.now();
}

/** Stores a page and where it leaves the stream, both or neither. */
export type PageStore = (stream: Stream, page: Page) => Promise<void>;

/**
 * Stores pages of several streams: those that have come in the same turn of
 * the event loop share a transaction, because most of a commit's cost is the
 * same for one page and for five. A page still is stored whole or not at all.
 */
export function groupedPages(context: RunContext): PageStore {
  let waiting: { stream: Stream; page: Page; settle: (failure: { error: unknown } | null) => void }[] = [];
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    let failure: { error: unknown } | null = null;
    try {
      writePages(context, group);
    } catch (error) {
      // Each of the streams fails by it, as if it had been alone.
      failure = { error };
    }
    for (const { settle } of group) settle(failure);
  };
  return (stream, page) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ stream, page, settle: (failure) => (failure === null ? resolve() : reject(failure.error)) });
    });
}

/** Stores one page at once. */
export function writePage(context: RunContext, stream: Stream, page: Page): void {
  writePages(context, [{ stream, page }]);
}

function writePages(context: RunContext, pages: readonly { stream: Stream; page: Page }[]): void {
  // What a loss of power takes, the next run reads again: the cursor goes with the page.
  const written = context.db.transaction(() => {
    context.onStored();
    return pages.map(({ stream, page }) => writeInto(context, stream, page));
  }, 'soon');
  // Taken over once the transaction stands.
  for (const takeOver of written) takeOver();
}

/** Writes a page and where it leaves the stream. @returns what to note in memory once that is committed. */
function writeInto(context: RunContext, stream: Stream, page: Page): () => void {
  const { writer, states, book } = context;
  const state = stateOf(context, stream.id);
  const counted = new Map<string, { fetched: number; changed: number }>();
  const tally = structuredClone(state.proof.tally);
  const at = context.now();
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
  const own = counted.get(stream.id);
  const fetched = state.fetched + (own?.fetched ?? 0);
  const changed = state.changed + (own?.changed ?? 0);
  const expected = page.remaining === null ? null : fetched + page.remaining;
  const whole = wholeFrom(stream, state, page.cursor);
  const proof = { ...state.proof, tally };
  book.save(stream.id, { ...state, fetched, changed, expected, cursor: page.cursor, proof, wholeFrom: whole });
  return () => {
    state.cursor = page.cursor;
    state.expected = expected;
    state.wholeFrom = whole;
    state.proof.tally = tally;
    for (const [owner, { fetched, changed }] of counted) {
      const owned = states.get(owner);
      if (!owned) continue;
      owned.fetched += fetched;
      owned.changed += changed;
    }
  };
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
