/** A stream that is listed once by ranges of `created` and kept up by the event feed afterwards. */
import { z } from 'zod';
import { instantOfSeconds, minuteText, secondsOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json, ObjectType, Page, SourceRecord, Stream, StreamProof, StreamRun } from '../kit/index.ts';
import type { StripeClient } from './client.ts';
import { freshListing, listedFrom, ListingSchema, remainingOf, walkRanges, type Range } from './ranges.ts';

const PAGE_SIZE = 100;
/** Enough to keep the endpoint's 25 requests a second busy at a quarter of a second each. */
const WORKERS = 6;

const CursorSchema = z.object({ listing: ListingSchema, startedAt: z.number() });

/** Makes an object of a list whole before it is stored: further lines, coupons, tiers. */
export type Complete = (raw: unknown, run: Pick<StreamRun, 'now' | 'stored'>) => Promise<unknown>;

export interface ListingSpec {
  readonly id: string;
  readonly title: string;
  readonly phase: number;
  readonly path: string;
  readonly scope: string;
  readonly type: ObjectType;
  /** Pages that are asked for at once; fewer take less memory where nobody waits for the list. */
  readonly workers?: number;
  /** Further parameters of the list. */
  readonly query?: Readonly<Record<string, string>>;
  /** What is expanded in a single object; a list puts `data.` before. At most four levels in all. */
  readonly expandInList?: readonly string[];
  readonly expandInObject?: readonly string[];
  readonly complete?: Complete;
  /**
   * Whether figures rest on it: `ever` where an object of any age may bear on any day, `then` where it bears on the days
   * since it was created.
   */
  readonly counts?: 'ever' | 'then';
  /** What is still to be had elsewhere of an object that is deleted and was never read; null for nothing. */
  readonly remnant?: (id: string, run: Pick<StreamRun, 'stored'>) => Promise<unknown>;
  /** The same for an object that is read alone, later than the lists it is made whole from; default: `complete`. */
  readonly completeOne?: Complete;
}

export function listingStream(spec: ListingSpec, client: StripeClient): Stream {
  const complete: Complete = spec.complete ?? (async (raw) => raw);
  const expand = spec.expandInList?.map((path) => `data.${path}`);

  const fetchPage = async (range: Range) =>
    await client.list(spec.path, {
      limit: PAGE_SIZE,
      ...spec.query,
      ...(expand ? { expand } : {}),
      'created[gte]': range.gte,
      ...(range.lt === null ? {} : { 'created[lt]': range.lt }),
      ...(range.after === null ? {} : { starting_after: range.after }),
    });

  return {
    id: spec.id,
    title: spec.title,
    change: 'events',
    phase: spec.phase,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: spec.scope,
    isDue: (cursor) => openRanges(cursor) !== 0,
    read: (run) => pages(run, spec, fetchPage, complete),
    proof: proofOf,
    reread: (ids, run) => rereadAll(ids, spec, client, run),
    ...(spec.counts && { wholeFrom: (cursor) => wholeFrom(cursor, spec.counts === 'ever') }),
  };
}

/** @param atOnce nothing is whole before all of it is. */
function wholeFrom(cursor: Json, atOnce: boolean): Instant | null {
  const { listing } = CursorSchema.safeParse(cursor).data ?? {};
  const from = listing ? listedFrom(listing) : null;
  if (from === null || (atOnce && from > 0)) return null;
  return instantOfSeconds(from);
}

function openRanges(cursor: Json): number | null {
  const parsed = CursorSchema.safeParse(cursor);
  return parsed.success ? parsed.data.listing.ranges.length : null;
}

async function* pages(
  run: StreamRun,
  spec: ListingSpec,
  fetchPage: (range: Range) => ReturnType<StripeClient['list']>,
  complete: Complete,
): AsyncGenerator<Page> {
  const before = CursorSchema.safeParse(run.cursor);
  const startedAt = before.success ? before.data.startedAt : run.now;
  const start = before.success ? before.data.listing : freshListing();
  const readPage = async (range: Range) => {
    const page = await fetchPage(range);
    return { ...page, data: await Promise.all(page.data.map((raw) => complete(raw, run))) };
  };
  for await (const { objects, listing } of walkRanges(start, spec.workers ?? WORKERS, readPage))
    yield {
      records: objects.map((value): SourceRecord => ({ kind: 'object', type: spec.type.type, value })),
      cursor: { listing, startedAt },
      remaining: remainingOf(listing, secondsOfInstant(run.now)),
      listing: true,
    };
}

/** Objects as they are now, a hundred at a time. */
export async function* rereadAll(ids: readonly string[], spec: ListingSpec, client: StripeClient, run: StreamRun) {
  for (let from = 0; from < ids.length; from += PAGE_SIZE) {
    const batch = ids.slice(from, from + PAGE_SIZE);
    yield (await Promise.all(batch.map((id) => rereadOne(id, spec, client, run)))).flat();
  }
}

/** An object as it is now; one that Stripe no longer knows is reported as deleted. */
export async function rereadOne(
  id: string,
  spec: ListingSpec,
  client: StripeClient,
  run: Pick<StreamRun, 'now' | 'stored'>,
): Promise<SourceRecord[]> {
  const raw = await client.get(
    `${spec.path}/${encodeURIComponent(id)}`,
    spec.expandInObject ? { expand: spec.expandInObject } : {},
  );
  const { type } = spec.type;
  if (raw === null || isTombstone(raw)) {
    const remnant = (await spec.remnant?.(id, run)) ?? null;
    const deleted: SourceRecord = { kind: 'deleted', type, id, at: run.now };
    return remnant === null ? [deleted] : [{ kind: 'object', type, value: remnant }, deleted];
  }
  const complete = spec.completeOne ?? spec.complete;
  return [{ kind: 'object', type, value: complete ? await complete(raw, run) : raw }];
}

const TombstoneSchema = z.object({ id: z.string(), deleted: z.literal(true) });

function isTombstone(raw: unknown): boolean {
  return TombstoneSchema.safeParse(raw).success;
}

function proofOf(cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor);
  if (!parsed.success) return { complete: false, sentence: 'Nothing has been listed yet' };
  const { listing, startedAt } = parsed.data;
  const when = minuteText(instantOfSeconds(Math.floor(startedAt / 1_000)));
  if (listing.ranges.length > 0)
    return {
      complete: false,
      sentence: `${listing.ranges.length} ranges of the listing begun at ${when} are still open`,
    };
  return {
    complete: true,
    sentence: `Listed to the end of ${listing.finished === 1 ? 'the one range' : `all ${listing.finished} ranges`} of creation time, begun at ${when}`,
  };
}
