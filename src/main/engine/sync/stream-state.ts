/** How far a stream has come: its cursor, its counts, and the proof, all written with the page that they speak of. */
import { z } from 'zod';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Json, Measure, Stream } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';

/** What a listing has shown so far, counted as it came and independent of what the tables hold. */
export interface Tally {
  listed: number;
  quarantined: number;
  /** Σ of the stream's measure by currency, in minor units. */
  sums: Record<string, number>;
}

export const ProofSchema = z.object({
  /** What proves the stream complete, or what is missing. */
  sentence: z.string(),
  tally: z.object({ listed: z.number(), quarantined: z.number(), sums: z.record(z.string(), z.number()) }),
  listing: z
    .object({
      at: z.number(),
      listed: z.number(),
      stored: z.number(),
      quarantined: z.number(),
      sums: z.array(z.object({ currency: z.string(), listed: z.number(), stored: z.number() })),
      agrees: z.boolean(),
    })
    .nullable(),
  provider: z.array(z.object({ currency: z.string(), stated: z.number(), ours: z.number(), statedAs: z.string() })),
  gap: z.object({ kind: z.string(), message: z.string() }).nullable(),
});
export type Proof = z.output<typeof ProofSchema>;

export interface StreamState {
  cursor: Json;
  backfilledAt: Instant | null;
  syncedAt: Instant | null;
  /** Of the last run that touched it. */
  fetched: number;
  changed: number;
  quarantined: number;
  complete: boolean;
  proof: Proof;
  /** Objects of this run, with those to come; null while nobody knows. */
  expected: number | null;
  /** How this run's reading of it ended; null while it has not. */
  outcome: StreamOutcome | null;
  /** What went wrong, in a sentence. */
  problem: string | null;
  endedAt: Instant | null;
  /** From when on figures can rest on it: 0 is all of the past, null none of it. */
  wholeFrom: number | null;
}

/** A refused stream is a gap that is shown as such: nothing more is to come of it. */
export function wholeFrom(stream: Pick<Stream, 'wholeFrom'>, state: StreamState, cursor: Json): number | null {
  const { gap } = state.proof;
  if (!stream.wholeFrom || state.backfilledAt !== null || (gap !== null && gap.kind !== 'failing')) return 0;
  return stream.wholeFrom(cursor);
}

/** `stopped`: nothing was wrong with this stream, and it goes on next time. */
export type StreamOutcome = 'done' | 'gap' | 'failed' | 'stopped';

export function freshProof(): Proof {
  return {
    sentence: 'Not read yet',
    tally: { listed: 0, quarantined: 0, sums: {} },
    listing: null,
    provider: [],
    gap: null,
  };
}

export function count(tally: Tally, quarantined: boolean, measure: Measure | null): void {
  tally.listed += 1;
  if (quarantined) tally.quarantined += 1;
  if (measure) tally.sums[measure.currency] = (tally.sums[measure.currency] ?? 0) + measure.minor;
}

export interface StreamStates {
  load(stream: Pick<Stream, 'id' | 'wholeFrom'>): StreamState;
  save(stream: string, state: StreamState): void;
}

const JsonSchema: z.ZodType<Json> = z.json();

interface Row {
  cursor: string | null;
  backfilled_at: Instant | null;
  synced_at: Instant | null;
  complete: number;
  proof: string | null;
}

export function streamStates(db: WriteDb, sourceId: number, syncRunId: number | null): StreamStates {
  const read = db.prepare<[number, string], Row>(
    'SELECT cursor, backfilled_at, synced_at, complete, proof FROM stream_state WHERE source_id = ? AND stream = ?',
  );
  const write = db.prepareWrite<
    [
      number,
      string,
      string,
      number | null,
      number | null,
      number | null,
      number,
      number,
      number,
      number,
      string,
      number | null,
      string | null,
      string | null,
      number | null,
      number | null,
    ]
  >(
    `INSERT INTO stream_state (source_id, stream, cursor, backfilled_at, synced_at, sync_run_id, fetched, changed,
       quarantined, complete, proof, expected, outcome, problem, ended_at, whole_from)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, stream) DO UPDATE SET cursor = excluded.cursor, backfilled_at = excluded.backfilled_at,
       synced_at = excluded.synced_at, sync_run_id = excluded.sync_run_id, fetched = excluded.fetched,
       changed = excluded.changed, quarantined = excluded.quarantined, complete = excluded.complete,
       proof = excluded.proof, expected = excluded.expected, outcome = excluded.outcome, problem = excluded.problem,
       ended_at = excluded.ended_at, whole_from = excluded.whole_from`,
  );
  return {
    load(stream) {
      const row = read.first(sourceId, stream.id);
      const state: StreamState = {
        cursor: row?.cursor ? JsonSchema.parse(JSON.parse(row.cursor)) : null,
        backfilledAt: row?.backfilled_at ?? null,
        syncedAt: row?.synced_at ?? null,
        fetched: 0,
        changed: 0,
        quarantined: 0,
        complete: row?.complete === 1,
        proof: row?.proof ? ProofSchema.parse(JSON.parse(row.proof)) : freshProof(),
        expected: null,
        outcome: null,
        problem: null,
        endedAt: null,
        wholeFrom: null,
      };
      return { ...state, wholeFrom: wholeFrom(stream, state, state.cursor) };
    },
    save: (stream, s) =>
      void write.run(
        sourceId,
        stream,
        JSON.stringify(s.cursor),
        s.backfilledAt,
        s.syncedAt,
        syncRunId,
        s.fetched,
        s.changed,
        s.quarantined,
        s.complete ? 1 : 0,
        JSON.stringify(s.proof),
        s.expected,
        s.outcome,
        s.problem,
        s.endedAt,
        s.wholeFrom,
      ),
  };
}
