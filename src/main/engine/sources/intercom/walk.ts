/**
 * Where a stream stands: how far a walk through what has changed has come. The
 * first walk, from the beginning of time, is the listing. Times of change are
 * Intercom's; the machine's clock only measures how long a walk took, so that a
 * wrong clock loses nothing.
 */
import { z } from 'zod';
import { secondsOfInstant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Json } from '../kit/index.ts';

/** The search shows a change a little late. */
const SEARCH_LAG_S = 10 * 60;

const WalkStateSchema = z.object({
  startedAt: z.number(),
  /** When the first walk came to its end; null before. */
  listedAt: z.number().nullable(),
  /** Whatever changed up to here is known (epoch seconds). */
  sinceS: z.number(),
  /** A walk that is under way: the next page, when it began, what it has seen. */
  walk: z.object({ after: z.string(), startedS: z.number(), newestS: z.number(), seen: z.number() }).nullable(),
});
export type WalkState = z.output<typeof WalkStateSchema>;

export function walkStateOf(cursor: Json): WalkState | null {
  return WalkStateSchema.safeParse(cursor).data ?? null;
}

export function startListing(now: Instant): WalkState {
  return { startedAt: now, listedAt: null, sinceS: 0, walk: null };
}

/** After a page. @param newestS the greatest time of change on it. @param after null on the last page. */
export function pageWalked(
  state: WalkState,
  { after, newestS, count, now }: { after: string | null; newestS: number; count: number; now: Instant },
): WalkState {
  const begun = state.walk ?? { startedS: secondsOfInstant(now), newestS: 0, seen: 0 };
  const walk = { startedS: begun.startedS, newestS: Math.max(begun.newestS, newestS), seen: begun.seen + count };
  if (after !== null) return { ...state, walk: { ...walk, after } };
  // What changed on a page that was already read is found again: as much further back as the walk took.
  const took = Math.max(0, secondsOfInstant(now) - walk.startedS);
  return {
    ...state,
    walk: null,
    listedAt: state.listedAt ?? now,
    sinceS: Math.max(state.sinceS, walk.newestS - took - SEARCH_LAG_S),
  };
}
