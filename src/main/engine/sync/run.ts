/** One sync of one source, from the plan to the proof. */
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import type { BudgetReading, Json, SourceSession, Stream, StreamRun } from '../sources/kit/index.ts';
import { gapOf } from '../sources/kit/index.ts';
import { erasedOf } from '../store/tables/erasures.ts';
import { factWriter } from '../store/tables/fact-writer.ts';
import { loadConnection } from './connections.ts';
import type { StreamResult, SyncDeps, SyncProgress, SyncResult } from './deps.ts';
import { currenciesHeld, firstDayHeld } from './facts-held.ts';
import { meteredCustomers } from './metered-customers.ts';
import { ownersOf, recordWriter } from './page-writer.ts';
import { noteBudgets } from './budget.ts';
import { crossCheck } from './cross-check.ts';
import { compareTotals, conclude, isListing, isToBeListed, listingProof } from './proof.ts';
import { quarantine } from './quarantine.ts';
import { rawStore, type RawStore } from './raw-store.ts';
import { seedRates } from './rate-seed.ts';
import { paceBook, remainingTime } from './remaining-time.ts';
import { isStale, noteVersions, renormaliseStreams } from './renormalise.ts';
import { alone, openRun, stopWith } from './run-book.ts';
import { storedSecrets } from './secret-keepers.ts';
import { groupedPages, readStream, stateOf, type RunContext } from './stream-run.ts';
import { freshProof, streamStates, wholeFrom } from './stream-state.ts';
import { sweep, type ListedIds, listedIds, readMissingCustomers } from './sweep.ts';

export interface SyncOptions {
  /** Lists everything again, whatever the cursors say. */
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Waited for before every page is stored: the way to hold a sync back while its facts are read as a whole. */
  readonly turn?: () => Promise<void>;
}

/**
 * Brings a source up to date. What one page holds is stored in one
 * transaction, so a run can end at any moment and the next one goes on.
 * @throws AppError `conflict` while the source is being synced, `auth_failed`,
 *   `rate_limited`, `unavailable`, `cancelled`; what was stored until then stays.
 */
export async function syncSource(deps: SyncDeps, sourceId: number, options: SyncOptions = {}): Promise<SyncResult> {
  return await alone(deps, sourceId, async () => {
    const connection = loadConnection(deps, sourceId);
    const entry = openRun(deps, sourceId);
    const startedAt = deps.clock.now();
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    let requests = 0;
    const budgets = new Map<string, BudgetReading>();
    const release = stopWith(deps, sourceId, () => stop.abort());
    try {
      const { http, clock, random } = deps;
      const onBudget = (readings: readonly BudgetReading[]): void => {
        for (const reading of readings) budgets.set(reading.budget, reading);
      };
      const session = connection.parsed.open(
        { http, clock, random, signal, onBudget, secrets: storedSecrets(deps, sourceId) },
        () => (requests += 1),
      );
      const { streams, notes } = await run(
        deps,
        sourceId,
        connection.vendor,
        entry.syncRunId,
        () => entry.note(requests),
        session,
        signal,
        () => stop.abort(),
        options,
      );
      entry.close('done', requests, null);
      const seconds = (deps.clock.now() - startedAt) / 1_000;
      return { sourceId, id: connection.vendor, streams, seconds, requests, notes };
    } catch (error) {
      const failure = failureOf(error, release() ? signal : options.signal);
      entry.close(failure.code === 'cancelled' ? 'cancelled' : 'failed', requests, failure);
      throw failure;
    } finally {
      release();
      deps.db.transaction(() => noteBudgets(deps.db, sourceId, budgets.values(), deps.clock.now()));
      // Whatever is still on its way has nobody to go to.
      stop.abort();
    }
  });
}

function failureOf(error: unknown, signal: AbortSignal | undefined): AppError {
  if (signal?.aborted)
    return new AppError('cancelled', 'The sync was cancelled; what was stored until then stays', { cause: error });
  if (isAppError(error)) return error;
  return new AppError('internal', 'The sync failed in an unexpected way', { cause: error });
}

async function run(
  deps: SyncDeps,
  sourceId: number,
  vendor: string,
  syncRunId: number,
  onStored: () => void,
  session: SourceSession,
  signal: AbortSignal,
  stop: () => void,
  options: SyncOptions,
): Promise<{ streams: StreamResult[]; notes: string[] }> {
  const { db, clock } = deps;
  const { streams } = session;
  if (isStale(db, sourceId, streams)) renormaliseStreams(deps, sourceId, vendor, streams, signal);
  noteVersions(db, sourceId, streams);
  const raw = rawStore(db, sourceId);
  const held = quarantine(db, sourceId);
  const book = streamStates(db, sourceId, syncRunId);
  const states = new Map(streams.map((stream) => [stream.id, book.load(stream)]));
  const listed = listedIds(db, sourceId);
  const refused = new Set<string>();
  const owners = ownersOf(streams);
  const runOf = (stream: Stream): StreamRun => ({
    cursor: states.get(stream.id)?.cursor ?? null,
    now: clock.now(),
    stored: (type, id) => {
      const owner = owners.get(type);
      return owner ? raw.get(owner.type, id) : null;
    },
    isRefused: (type) => refused.has(type),
    currencies: () => currenciesHeld(db),
    firstDay: () => firstDayHeld(db),
    meteredCustomers: () => meteredCustomers(db, sourceId, clock.now()),
  });
  const isRelist = (type: string): boolean =>
    (states.get(owners.get(type)?.stream ?? '')?.backfilledAt ?? null) !== null;
  const context: RunContext = {
    db,
    sourceId,
    streams,
    states,
    book,
    writer: recordWriter(streams, raw, held, factWriter(db, sourceId, vendor), erasedOf(db, sourceId)),
    held,
    now: () => clock.now(),
    signal,
    onProgress: (progress) => {
      remaining.note(progress);
      pace.write(remaining);
      options.onProgress?.(progress);
    },
    turn: options.turn ?? (async () => {}),
    onEnd: (stream) => remaining.ended(stream),
    refused,
    failing: [],
    runOf,
    onStored,
    noteListed: (type, id) => {
      if (isRelist(type)) listed.note(type, id);
    },
  };

  const pace = paceBook(db, sourceId, () => clock.now());
  let remaining = remainingTime([], () => clock.now());
  try {
    return await walk(context, raw, listed, session, stop, options, (lists) => {
      remaining = remainingTime(lists, () => clock.now());
    });
  } catch (error) {
    settleStreams(context);
    throw error;
  } finally {
    pace.clear();
  }
}

/** From the plan to the proof, phase after phase. */
async function walk(
  context: RunContext,
  raw: RawStore,
  listed: ListedIds,
  session: SourceSession,
  stop: () => void,
  options: SyncOptions,
  onLists: (lists: readonly string[]) => void,
): Promise<{ streams: StreamResult[]; notes: string[] }> {
  const { db, streams, states } = context;
  const store = groupedPages(context);
  const cursors = new Map<string, Json>([...states].map(([stream, { cursor }]) => [stream, cursor]));
  const plan = await session.plan(cursors, context.now());
  await begin(context, plan.relist, options.full ?? false, listed);
  const isDue = (stream: Stream): boolean => stream.isDue(stateOf(context, stream.id).cursor);
  onLists(streams.filter((stream) => isToBeListed(stream) && isDue(stream)).map(({ id }) => id));
  const phases = [...new Set(streams.map(({ phase }) => phase))].toSorted((a, b) => a - b);
  for (const phase of phases) {
    const ofPhase = streams.filter((stream) => stream.phase === phase);
    await allOrFirstFailure(
      ofPhase.map(async (stream) => {
        if (isDue(stream)) await readStream(context, stream, store);
        // Also of a listing that ran to its end in a run that did not.
        await finishListing(context, stream, raw, listed);
      }),
      stop,
    );
  }
  // Customers that are missing may be on the pages that did not come.
  if (context.failing.length > 0) {
    finish(context);
    throw failingTogether(context.failing);
  }
  await readMissingCustomers(context);
  seedRates(db);
  const notes = [...plan.notes, ...(await totalsNotes(context, session))];
  return { streams: finish(context), notes };
}

function failingTogether(failures: readonly AppError[]): AppError {
  const [first] = failures;
  const others = failures.length - 1;
  const more = others === 0 ? '' : ` (${others} more ${others === 1 ? 'list' : 'lists'} likewise)`;
  return new AppError(
    'unavailable',
    `${first?.message ?? 'A list could not be read'}${more}. Everything else was read`,
    {
      cause: first,
    },
  );
}

/** Decides where every stream starts: where it stopped, or at the beginning. */
async function begin(context: RunContext, relist: boolean, full: boolean, listed: ListedIds): Promise<void> {
  if (!relist && !full) return;
  const { db, streams, book } = context;
  const feed = streams.find((stream) => stream.anchor !== undefined);
  const stale = relist && feed !== undefined && stateOf(context, feed.id).cursor !== null;
  const anchor = relist ? await anchorOf(context, feed) : null;
  db.transaction(() => {
    for (const stream of streams) {
      const state = stateOf(context, stream.id);
      // A listing that was cut off goes on, unless changes since then can no longer be had.
      const unfinished = state.cursor !== null && stream.isDue(state.cursor) && state.backfilledAt === null;
      if (stream === feed || (unfinished && !stale && !full)) continue;
      state.cursor = null;
      state.proof = freshProof();
      state.wholeFrom = wholeFrom(stream, state, null);
      book.save(stream.id, state);
    }
    listed.clear();
    if (feed && anchor !== null) {
      const state = stateOf(context, feed.id);
      state.cursor = anchor;
      state.proof = freshProof();
      book.save(feed.id, state);
    }
  });
}

async function anchorOf(context: RunContext, feed: Stream | undefined): Promise<Json> {
  if (!feed?.anchor) return null;
  try {
    return await feed.anchor(context.now());
  } catch (error) {
    // The refusal is found again, and shown, when the feed itself is read.
    if (gapOf(error) === null) throw error;
    return null;
  }
}

/** Waits for all to settle, so that nothing writes after the run has ended; then throws what failed first. */
async function allOrFirstFailure(work: readonly Promise<void>[], stop: () => void): Promise<void> {
  let failure: { readonly error: unknown } | null = null;
  await Promise.all(
    work.map((one) =>
      one.catch((error: unknown) => {
        failure ??= { error };
        stop();
      }),
    ),
  );
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

/** After a listing: what was stored and is on no page is asked for by name; then the count is held against the tables. */
async function finishListing(context: RunContext, stream: Stream, raw: RawStore, listed: ListedIds): Promise<void> {
  const state = stateOf(context, stream.id);
  if (!isListing(stream) || state.proof.gap !== null || state.proof.listing !== null) return;
  if (!stream.proof(state.cursor).complete) return;
  const { db, sourceId } = context;
  const unlisted = state.backfilledAt === null ? 0 : await sweep(context, stream, raw, listed);
  state.proof.listing = listingProof(db, raw, sourceId, stream, state, context.now(), unlisted);
  state.backfilledAt ??= context.now();
  state.wholeFrom = 0;
  db.transaction(() => {
    for (const { type } of stream.objectTypes) listed.forget(type);
    context.book.save(stream.id, state);
  });
}

async function totalsNotes(context: RunContext, session: SourceSession): Promise<string[]> {
  if (!session.totals) return [];
  const { db, sourceId, streams, states } = context;
  try {
    compareTotals(db, sourceId, streams, states, await session.totals());
    return [];
  } catch (error) {
    if (gapOf(error) === null || !(error instanceof Error)) throw error;
    return [`The vendor's own totals could not be compared: ${error.message}`];
  }
}

/** A run that ended early leaves word of how each of its streams did. */
function settleStreams({ db, streams, states, book }: RunContext): void {
  db.transaction(() => {
    for (const { id } of streams) {
      const state = states.get(id);
      if (state && state.outcome !== null) book.save(id, state);
    }
  });
}

function finish(context: RunContext): StreamResult[] {
  const { db, sourceId, streams, held, now } = context;
  return db.transaction(() =>
    streams.map((stream) => {
      const state = stateOf(context, stream.id);
      conclude(stream, state, held.count(stream.id), crossCheck(db, sourceId, stream));
      if (state.proof.gap === null) state.syncedAt = now();
      state.outcome ??= 'done';
      state.endedAt ??= now();
      state.wholeFrom = wholeFrom(stream, state, state.cursor);
      context.book.save(stream.id, state);
      const { fetched, changed, quarantined, complete, proof } = state;
      return { stream: stream.id, title: stream.title, fetched, changed, quarantined, complete, proof: proof.sentence };
    }),
  );
}
