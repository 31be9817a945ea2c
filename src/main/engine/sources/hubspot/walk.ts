/**
 * Where a stream of objects stands: listing everything, or walking what has
 * changed since. Times of change are the vendor's; the machine's own clock is
 * only used for how long something took, so that a wrong clock loses nothing.
 */
import { z } from 'zod';
import { MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json } from '../kit/index.ts';

/** A change shows up in HubSpot's search some minutes after it was made. */
const SEARCH_LAG_MS = 10 * MINUTE_MS;

const WalkStateSchema = z.object({
  /** Fields that are asked for; with others, everything has to be listed again. */
  wanted: z.string(),
  startedAt: z.number(),
  listedAt: z.number().nullable(),
  /** The next page of the listing: first the living objects, then those in the bin. Null once listed. */
  listing: z.object({ archived: z.boolean(), after: z.string().nullable() }).nullable(),
  /** The greatest time of change seen, and when it was first seen by the machine's clock. */
  newestMs: z.number(),
  newestSeenAt: z.number(),
  /** Whatever changed before this is known. */
  sinceMs: z.number(),
  /** How far a walk through the changes has come, by id. */
  walk: z.object({ afterId: z.string(), newestMs: z.number() }).nullable(),
});
export type WalkState = z.output<typeof WalkStateSchema>;

export function walkStateOf(cursor: Json): WalkState | null {
  return WalkStateSchema.safeParse(cursor).data ?? null;
}

export function startListing(wanted: string, now: Instant): WalkState {
  return {
    wanted,
    startedAt: now,
    listedAt: null,
    listing: { archived: false, after: null },
    newestMs: 0,
    newestSeenAt: now,
    sinceMs: 0,
    walk: null,
  };
}

/** After a page of the listing. @param newestMs of the objects on it. */
export function pageListed(state: WalkState, after: string | null, newestMs: number, now: Instant): WalkState {
  const seen = { ...state, newestMs: Math.max(state.newestMs, newestMs) };
  const archived = state.listing?.archived ?? false;
  if (after !== null) return { ...seen, listing: { archived, after } };
  if (!archived) return { ...seen, listing: { archived: true, after: null } };
  // What changed on a page that was already read is found again: as much further back as the listing took.
  return {
    ...seen,
    listing: null,
    listedAt: now,
    newestSeenAt: now,
    sinceMs: Math.max(0, seen.newestMs - (now - state.startedAt) - SEARCH_LAG_MS),
  };
}

/** After a page of changes. */
export function pageWalked(state: WalkState, afterId: string, newestMs: number): WalkState {
  return { ...state, walk: { afterId, newestMs: Math.max(state.walk?.newestMs ?? state.newestMs, newestMs) } };
}

/** After the last page of changes. */
export function walkEnded(state: WalkState, now: Instant): WalkState {
  if (state.walk === null) return settled(state, now);
  const { newestMs } = state.walk;
  const isNewer = newestMs > state.newestMs;
  const walked = { ...state, walk: null, newestMs, newestSeenAt: isNewer ? now : state.newestSeenAt };
  return isNewer ? { ...walked, sinceMs: Math.max(state.sinceMs, newestMs - SEARCH_LAG_MS) } : settled(walked, now);
}

/** Once the lag is over nothing older can turn up any more. */
function settled(state: WalkState, now: Instant): WalkState {
  return now - state.newestSeenAt < SEARCH_LAG_MS
    ? state
    : { ...state, sinceMs: Math.max(state.sinceMs, state.newestMs) };
}
