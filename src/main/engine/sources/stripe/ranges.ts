/**
 * A listing by ranges of `created`: several at once, each with its own place,
 * so that a large account is read in parallel and a stopped run goes on where
 * it was. Stripe lists newest first. An idle worker takes over the older half
 * of the widest range.
 */
import { z } from 'zod';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { claimedId } from '../kit/index.ts';
import type { ListPage } from './client.ts';

const RangeSchema = z.object({
  /** Seconds, included. */
  gte: z.number(),
  /** Seconds, excluded; null is open, towards what is created meanwhile. */
  lt: z.number().nullable(),
  /** The last object stored of it, and when that was created. */
  after: z.string().nullable(),
  reached: z.number().nullable(),
});
export type Range = z.output<typeof RangeSchema>;

export const ListingSchema = z.object({
  ranges: z.array(RangeSchema),
  /** Objects listed, and walks finished: what the proof rests on. */
  listed: z.number(),
  finished: z.number(),
  from: z.number(),
});
export type Listing = z.output<typeof ListingSchema>;

/** The year of Stripe's first public charge is 2010; nothing is older. */
export const BEGINNING_SECONDS = 1_262_304_000;
const NARROWEST_SECONDS = 3_600;
const MAX_STALLS = 3;

export function freshListing(): Listing {
  return {
    ranges: [{ gte: BEGINNING_SECONDS, lt: null, after: null, reached: null }],
    listed: 0,
    finished: 0,
    from: BEGINNING_SECONDS,
  };
}

export interface RangePage {
  readonly objects: readonly unknown[];
  /** The listing once this page is stored. */
  readonly listing: Listing;
}

const PlaceSchema = z.object({ id: z.string(), created: z.number() });

interface Walk {
  range: Range;
  /** Of the page before: a page that comes twice is noticed. */
  ids: ReadonlySet<string>;
  stalls: number;
}

interface Arrival {
  readonly walk: Walk;
  readonly asked: Range;
  readonly page: ListPage;
}

/**
 * Walks the open ranges of a listing to their ends.
 * @param fetchPage reads the page of a range behind its `after`.
 * @param workers how many pages are on their way at once.
 */
export async function* walkRanges(
  start: Listing,
  workers: number,
  fetchPage: (range: Range) => Promise<ListPage>,
): AsyncGenerator<RangePage> {
  const walks = new Set<Walk>(
    start.ranges.map((range) => ({ range: { ...range }, ids: new Set<string>(), stalls: 0 })),
  );
  const underway = new Map<Walk, Promise<Arrival>>();
  let { listed, finished } = start;

  const dispatch = (walk: Walk): void => {
    const asked = { ...walk.range };
    const arrival = fetchPage(asked).then((page) => ({ walk, asked, page }));
    // It may fail while the page before it is being stored, when nobody listens; the next race hears of it.
    arrival.catch(() => undefined);
    underway.set(walk, arrival);
  };
  const fill = (): void => {
    for (const walk of walks) if (underway.size < workers && !underway.has(walk)) dispatch(walk);
    while (underway.size < workers) {
      const half = splitWidest(walks);
      if (!half) return;
      walks.add(half);
      dispatch(half);
    }
  };

  // The first page decides whether there is anything to share out.
  for (const walk of walks) if (underway.size < workers) dispatch(walk);
  try {
    while (underway.size > 0) {
      const { walk, asked, page } = await Promise.race(underway.values());
      underway.delete(walk);
      const objects = page.data.filter((object) => !walk.ids.has(idOf(object)) && !isOfOlderHalf(object, asked, walk));
      listed += objects.length;
      if (!advance(walk, asked, page)) {
        walks.delete(walk);
        finished += 1;
      }
      fill();
      const ranges = [...walks].map(({ range }) => ({ ...range }));
      // Oldest first: ids grow with time, and rows that come in the order of their keys fill their pages.
      yield { objects: objects.toReversed(), listing: { ranges, listed, finished, from: start.from } };
    }
  } finally {
    // Pages still on their way when the reader stops early fail or arrive unheard.
    await Promise.allSettled(underway.values());
  }
}

/** Moves a walk behind the page. False where the range is walked to its end. @throws AppError `source_failed` when the pages repeat. */
function advance(walk: Walk, asked: Range, page: ListPage): boolean {
  const place = lastPlace(page.data);
  if (!page.hasMore || !place || isOfOlderHalf(place, asked, walk)) return false;
  walk.stalls = page.data.every((object) => walk.ids.has(idOf(object))) ? walk.stalls + 1 : 0;
  if (walk.stalls > MAX_STALLS)
    throw new AppError(
      'source_failed',
      `Stripe gives the same page again and again (behind ${place.id}); sync again later`,
    );
  walk.ids = new Set(page.data.map(idOf));
  const ceiling = walk.range.reached ?? walk.range.lt ?? Number.POSITIVE_INFINITY;
  walk.range = { ...walk.range, after: place.id, reached: Math.min(place.created, ceiling) };
  return true;
}

/** While the page was on its way, another worker may have taken over the older half of its range. */
function isOfOlderHalf(object: unknown, asked: Range, walk: Walk): boolean {
  if (asked.gte === walk.range.gte) return false;
  const place = PlaceSchema.safeParse(object);
  return place.success && place.data.created >= asked.gte && place.data.created < walk.range.gte;
}

/** Takes the older half off the widest range whose newest page is known. */
function splitWidest(walks: ReadonlySet<Walk>): Walk | null {
  let widest: Walk | null = null;
  let width = NARROWEST_SECONDS;
  for (const walk of walks) {
    // Of a range whose first page is still to come nobody knows whether it is worth dividing.
    const { reached, gte } = walk.range;
    if (reached === null || reached - gte <= width) continue;
    widest = walk;
    width = reached - gte;
  }
  if (!widest) return null;
  const middle = widest.range.gte + Math.floor(width / 2);
  const older: Range = { gte: widest.range.gte, lt: middle, after: null, reached: null };
  widest.range = { ...widest.range, gte: middle };
  return { range: older, ids: new Set(), stalls: 0 };
}

/** What tells two objects of a page apart: their ids, or all they hold where one has none. */
function idOf(object: unknown): string {
  return claimedId(object) ?? JSON.stringify(object);
}

/** Where a page ends: its last object with an id and a time. A malformed last record does not stop the walk. */
function lastPlace(objects: readonly unknown[]): z.output<typeof PlaceSchema> | null {
  for (const object of objects.toReversed()) {
    const place = PlaceSchema.safeParse(object);
    if (place.success) return place.data;
  }
  return null;
}

/** Objects still to come, if the part not yet walked is as dense as the part that is. Null while too little is known. */
export function remainingOf({ ranges, listed, from }: Listing, nowSeconds: number): number | null {
  if (ranges.length === 0) return 0;
  const open = ranges.reduce(
    (sum, range) => sum + Math.max(0, (range.reached ?? range.lt ?? nowSeconds) - range.gte),
    0,
  );
  const walked = nowSeconds - from - open;
  return walked <= 0 || listed === 0 ? null : Math.round((listed * open) / walked);
}

/**
 * From when on, in seconds, everything is listed: 0 once all ranges are walked, null before the newest one has shown
 * anything. Ranges are walked newest first, so that what is open of each lies below where it has come to.
 */
export function listedFrom({ ranges }: Listing): number | null {
  const open = ranges.map(({ reached, lt }) => reached ?? lt);
  return open.reduce<number | null>((from, end) => (from === null || end === null ? null : Math.max(from, end)), 0);
}
