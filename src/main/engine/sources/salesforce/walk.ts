/**
 * Where a stream of objects stands: listing everything by id, or walking what
 * has changed since by time of change. Those times are the vendor's; the
 * machine's own clock is only used for how long something took, so that a wrong
 * clock loses nothing.
 */
import { z } from 'zod';
import { MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json } from '../kit/index.ts';
import type { Place } from './soql.ts';

/** A change has the time at which its transaction began, and is seen once it has ended: some minutes later at the most. */
const LAG_MS = 10 * MINUTE_MS;

const PlaceSchema = z.object({ ms: z.number(), id: z.string() });

/** How far the changes of one kind of object are known. */
export const FollowSchema = z.object({
  /** The newest change seen, and when it was first seen by the machine's clock. */
  newest: PlaceSchema,
  newestSeenAt: z.number(),
  /** Whatever changed before this is known. */
  since: PlaceSchema,
  /** How far a walk through the changes has come. */
  walk: PlaceSchema.nullable(),
});
export type Follow = z.output<typeof FollowSchema>;

/** Follows changes from a place on: what was the newest when the listing began. */
export function followFrom(newest: Place, now: Instant): Follow {
  return { newest, newestSeenAt: now, since: { ms: Math.max(0, newest.ms - LAG_MS), id: '' }, walk: null };
}

/** After a page of changes, whose last record is at `place`. */
export function pageWalked(follow: Follow, place: Place): Follow {
  return { ...follow, walk: place };
}

/** After the last page of changes. */
export function walkEnded(follow: Follow, now: Instant): Follow {
  const { walk, newest, newestSeenAt } = follow;
  const isNewer = walk !== null && isAfter(walk, newest);
  const seen = isNewer ? { newest: walk, newestSeenAt: now } : { newest, newestSeenAt };
  // Once the lag is over nothing older can turn up any more.
  const isSettled = now - seen.newestSeenAt >= LAG_MS;
  const since = isSettled ? seen.newest : { ms: Math.max(0, seen.newest.ms - LAG_MS), id: '' };
  return { ...seen, since: isAfter(follow.since, since) ? follow.since : since, walk: null };
}

function isAfter(a: Place, b: Place): boolean {
  return a.ms > b.ms || (a.ms === b.ms && a.id > b.id);
}

const WalkStateSchema = z.object({
  /** Fields that are asked for; with others, everything has to be listed again. */
  wanted: z.string(),
  startedAt: z.number(),
  listedAt: z.number().nullable(),
  /** The last id listed, how many were, and how many there are by the vendor's count. Null once all are listed. */
  listing: z.object({ afterId: z.string(), listed: z.number(), total: z.number() }).nullable(),
  follow: FollowSchema,
  /** Until when the vendor's log of deletions was read. */
  deletedThroughMs: z.number(),
  /** True where that log no longer reached back far enough. */
  lostDeletions: z.boolean(),
});
export type WalkState = z.output<typeof WalkStateSchema>;

export function walkStateOf(cursor: Json): WalkState | null {
  return WalkStateSchema.safeParse(cursor).data ?? null;
}

/** @param vendorNow the vendor's own time: what is deleted from some minutes before on is looked up in its log. */
export function startListing(start: {
  readonly wanted: string;
  readonly newest: Place;
  readonly total: number;
  readonly vendorNow: Instant;
  readonly now: Instant;
}): WalkState {
  const { wanted, newest, total, vendorNow, now } = start;
  return {
    wanted,
    startedAt: now,
    listedAt: null,
    listing: { afterId: '', listed: 0, total },
    follow: followFrom(newest, now),
    deletedThroughMs: vendorNow - LAG_MS,
    lostDeletions: false,
  };
}

/** After a page of the listing. @param lastId null where there was nothing more. */
export function pageListed(
  state: WalkState,
  page: { readonly lastId: string | null; readonly count: number; readonly isLast: boolean },
  now: Instant,
): WalkState {
  if (state.listing === null) return state;
  if (page.isLast || page.lastId === null) return { ...state, listing: null, listedAt: now };
  const { listed, total } = state.listing;
  return { ...state, listing: { afterId: page.lastId, listed: listed + page.count, total } };
}
