/** A stream of Pipedrive's objects: listed once, then kept up by asking what has changed since. */
import { z } from 'zod';
import { instant, instantOfIso, minuteText, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json, ObjectType, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import type { ListKind, ListPage, PipedriveClient } from './client.ts';
import type { FieldBook } from './field-book.ts';
import { nextOfWalk, pageListed, pageWalked, startListing, walkStateOf, type WalkState } from './walk.ts';

/** What the streams of one session share. */
export interface Shared {
  readonly client: PipedriveClient;
  readonly now: () => Instant;
  /** Asked once per session. */
  readonly fields: () => Promise<FieldBook>;
  /** By whose day a deal closes: IANA, or null. Asked once per session. */
  readonly timeZone: () => Promise<string | null>;
}

/** A page's objects with everything that belongs to them. */
export interface Completed {
  readonly values: readonly PipedriveObject[];
  /** True where the day's tokens did not last: the page is read again another day. */
  readonly isCut: boolean;
}

export type PipedriveObject = Readonly<Record<string, unknown>>;

export interface ObjectStreamSpec {
  readonly id: string;
  readonly title: string;
  readonly phase: number;
  readonly type: ObjectType;
  readonly pageSize: number;
  /** Lists that together hold every object. */
  readonly lists: readonly ListKind[];
  /** Lists of other objects whose changes touch these: only walked. */
  readonly alsoWalked: readonly ListKind[];
  readonly complete: (objects: readonly PipedriveObject[], list: ListKind, run: StreamRun) => Promise<Completed>;
  /** Objects by id as `complete` gives them; those that are gone are left out. Without it, absence is not looked into. */
  readonly byIds?: (ids: readonly string[], run: StreamRun) => Promise<readonly PipedriveObject[]>;
}

export function objectStream(spec: ObjectStreamSpec, shared: Shared): Stream {
  const { byIds } = spec;
  return {
    id: spec.id,
    title: spec.title,
    change: 'updated_at',
    phase: spec.phase,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: null,
    isDue: () => true,
    read: (run) => pages(run, spec, shared),
    proof: proofOf,
    ...(byIds && { reread: (ids: readonly string[], run: StreamRun) => rereadAll(ids, run, spec, byIds, shared) }),
  };
}

async function* pages(run: StreamRun, spec: ObjectStreamSpec, shared: Shared): AsyncGenerator<Page> {
  const state = walkStateOf(run.cursor) ?? startListing(shared.now());
  yield* state.listing === null ? changes(state, run, spec, shared) : listing(state, run, spec, shared);
}

async function* listing(
  start: WalkState,
  run: StreamRun,
  spec: ObjectStreamSpec,
  { client, now }: Shared,
): AsyncGenerator<Page> {
  const count = { listed: spec.lists.length, lists: spec.lists.length + spec.alsoWalked.length };
  let state = start;
  while (state.listing !== null) {
    const list = spec.lists[state.listing.list] ?? 'deals';
    const page = await client.list(list, { cursor: state.listing.cursor, limit: spec.pageSize });
    const { values, isCut } = await spec.complete(objectsOf(page), list, run);
    if (isCut) {
      yield cutPage(values, spec, state);
      return;
    }
    state = pageListed(state, { next: page.next, newestMs: newestOf(page) }, count, now());
    yield { records: recordsOf(values, spec), cursor: state, remaining: null, listing: true };
  }
}

async function* changes(
  start: WalkState,
  run: StreamRun,
  spec: ObjectStreamSpec,
  { client }: Shared,
): AsyncGenerator<Page> {
  const lists = [...spec.lists, ...spec.alsoWalked];
  let state = start;
  do {
    const { list, cursor, sinceMs } = nextOfWalk(state);
    const kind = lists[list] ?? 'deals';
    const page = await client.list(kind, { cursor, limit: spec.pageSize, since: instant(sinceMs) });
    const { values, isCut } = await spec.complete(objectsOf(page), kind, run);
    if (isCut) {
      yield cutPage(values, spec, state);
      return;
    }
    state = pageWalked(state, { next: page.next, newestMs: newestOf(page) }, lists.length);
    yield { records: recordsOf(values, spec), cursor: state, remaining: null, listing: false };
  } while (state.walk !== null);
}

/** What was got is stored; the page itself is asked for again, and counts for the listing once it is whole. */
function cutPage(values: readonly PipedriveObject[], spec: ObjectStreamSpec, state: WalkState): Page {
  return { records: recordsOf(values, spec), cursor: { ...state, paused: true }, remaining: null, listing: false };
}

const BATCH = 100;

async function* rereadAll(
  ids: readonly string[],
  run: StreamRun,
  { type }: ObjectStreamSpec,
  byIds: NonNullable<ObjectStreamSpec['byIds']>,
  { now }: Shared,
): AsyncGenerator<readonly SourceRecord[]> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const batch = ids.slice(from, from + BATCH);
    const values = await byIds(batch, run);
    const known = new Set(values.map(({ id }) => id));
    yield [
      ...values.map((value): SourceRecord => ({ kind: 'object', type: type.type, value })),
      // Merged into another, or deleted for good.
      ...batch
        .filter((id) => !known.has(id))
        .map((id): SourceRecord => ({ kind: 'deleted', type: type.type, id, at: now() })),
    ];
  }
}

function recordsOf(values: readonly PipedriveObject[], { type }: ObjectStreamSpec): SourceRecord[] {
  return values.map((value) => ({ kind: 'object', type: type.type, value }));
}

/** A record that is no object is passed on as it is, for the quarantine to say so. */
function objectsOf({ objects }: ListPage): PipedriveObject[] {
  return objects.map((object) => z.record(z.string(), z.unknown()).safeParse(object).data ?? { value: object });
}

const UpdatedSchema = z.object({ update_time: z.iso.datetime({ offset: true }) });

function newestOf({ objects }: ListPage): number {
  return objects.reduce<number>((latest, object) => {
    const updated = UpdatedSchema.safeParse(object).data;
    return updated === undefined ? latest : Math.max(latest, instantOfIso(updated.update_time));
  }, 0);
}

function proofOf(cursor: Json): StreamProof {
  const state = walkStateOf(cursor);
  if (state === null) return { complete: false, sentence: 'Nothing has been listed yet' };
  if (state.paused)
    return {
      complete: false,
      sentence:
        'The day’s API tokens did not last: a quarter of them is left to other programs, the rest is read another day',
    };
  const begun = minuteText(instant(state.startedAt));
  if (state.listing !== null)
    return { complete: false, sentence: `The listing begun at ${begun} has not come to its end` };
  if (state.walk !== null) return { complete: false, sentence: 'Changes were not walked to their end' };
  return {
    complete: true,
    sentence: `Listed to the end, begun at ${begun}; changes are known from ${minuteText(instant(Math.min(...state.since)))} on`,
  };
}
