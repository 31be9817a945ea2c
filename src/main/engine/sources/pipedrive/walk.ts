/**
 * Where a stream of objects stands: listing everything, or walking what has
 * changed since. A stream is made of several lists that are gone through one
 * after the other. Times of change are the vendor's; the machine's own clock is
 * only used for how long the listing took, so that a wrong clock loses nothing.
 */
import { z } from 'zod';
import { MINUTE_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json } from '../kit/index.ts';

/** What changed in the same moment as the newest change seen may not have been in the list yet. */
const LAG_MS = 2 * MINUTE_MS;

const WalkStateSchema = z.object({
  startedAt: z.number(),
  listedAt: z.number().nullable(),
  /** Which list is being read, and its next page. Null once all are listed. */
  listing: z.object({ list: z.number(), cursor: z.string().nullable() }).nullable(),
  /** The greatest time of change on the pages of the listing. */
  newestMs: z.number(),
  /** Of each list: whatever changed before this is known. */
  since: z.array(z.number()),
  /** How far a walk through the changes has come. */
  walk: z.object({ list: z.number(), cursor: z.string().nullable(), newestMs: z.number() }).nullable(),
  /** True where the day's tokens did not last for all that was due. */
  paused: z.boolean(),
});
export type WalkState = z.output<typeof WalkStateSchema>;

export function walkStateOf(cursor: Json): WalkState | null {
  return WalkStateSchema.safeParse(cursor).data ?? null;
}

export function startListing(now: Instant): WalkState {
  const listing = { list: 0, cursor: null };
  return { startedAt: now, listedAt: null, listing, newestMs: 0, since: [], walk: null, paused: false };
}

/** After a page of the listing. @param listed how many of the stream's lists are listed. @param lists all, with those only walked. */
export function pageListed(
  state: WalkState,
  page: { readonly next: string | null; readonly newestMs: number },
  { listed, lists }: { readonly listed: number; readonly lists: number },
  now: Instant,
): WalkState {
  const seen = { ...state, newestMs: Math.max(state.newestMs, page.newestMs), paused: false };
  const list = state.listing?.list ?? 0;
  if (page.next !== null) return { ...seen, listing: { list, cursor: page.next } };
  if (list + 1 < listed) return { ...seen, listing: { list: list + 1, cursor: null } };
  // What changed on a page that was already read is found again: as much further back as the listing took.
  const since = Math.max(0, seen.newestMs - Math.max(0, now - state.startedAt) - LAG_MS);
  return { ...seen, listing: null, listedAt: now, since: Array.from({ length: lists }, () => since) };
}

/** The list that a walk through the changes reads next, and from where. */
export function nextOfWalk(state: WalkState): { list: number; cursor: string | null; sinceMs: number } {
  const { list, cursor } = state.walk ?? { list: 0, cursor: null };
  return { list, cursor, sinceMs: state.since[list] ?? 0 };
}

/** After a page of changes. The walk is over when `walk` is null again. */
export function pageWalked(
  state: WalkState,
  page: { readonly next: string | null; readonly newestMs: number },
  lists: number,
): WalkState {
  const { list, newestMs: before } = state.walk ?? { list: 0, newestMs: 0 };
  const newestMs = Math.max(before, page.newestMs);
  if (page.next !== null) return { ...state, walk: { list, cursor: page.next, newestMs }, paused: false };
  const since = state.since.map((ms, index) => (index === list ? Math.max(ms, newestMs - LAG_MS) : ms));
  const walk = list + 1 < lists ? { list: list + 1, cursor: null, newestMs: 0 } : null;
  return { ...state, since, walk, paused: false };
}
