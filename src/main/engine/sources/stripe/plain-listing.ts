/** A list that takes no range of creation time (quotes, meters): walked page by page, then kept up by the event feed. */
import { z } from 'zod';
import { instantOfSeconds, minuteText } from '../../../../shared/kernel/instant.ts';
import {
  claimedId,
  type Json,
  type Page,
  type SourceRecord,
  type Stream,
  type StreamProof,
  type StreamRun,
} from '../kit/index.ts';
import type { StripeClient } from './client.ts';
import { rereadAll, type ListingSpec } from './listing.ts';

const PAGE_SIZE = 100;

const CursorSchema = z.object({ after: z.string().nullable(), ended: z.boolean(), startedAt: z.number() });

export function plainListingStream(spec: ListingSpec, client: StripeClient): Stream {
  return {
    id: spec.id,
    title: spec.title,
    change: 'events',
    phase: spec.phase,
    objectTypes: [spec.type],
    keepsRaw: true,
    scope: spec.scope,
    isDue: (cursor) => CursorSchema.safeParse(cursor).data?.ended !== true,
    read: (run) => pages(run, spec, client),
    proof: proofOf,
    reread: (ids, run) => rereadAll(ids, spec, client, run),
  };
}

async function* pages(run: StreamRun, spec: ListingSpec, client: StripeClient): AsyncGenerator<Page> {
  const before = CursorSchema.safeParse(run.cursor).data;
  const startedAt = before?.startedAt ?? run.now;
  let after = before?.after ?? null;
  for (let ended = false; !ended;) {
    const page = await client.list(spec.path, {
      limit: PAGE_SIZE,
      ...spec.query,
      ...(after === null ? {} : { starting_after: after }),
    });
    const last: string | null = page.data.map(claimedId).findLast((id) => id !== null) ?? null;
    // A page that ends where the one before it did would come for ever.
    ended = !page.hasMore || last === null || last === after;
    after = last ?? after;
    yield {
      records: page.data.map((value): SourceRecord => ({ kind: 'object', type: spec.type.type, value })),
      cursor: { after, ended, startedAt },
      remaining: ended ? 0 : null,
      listing: true,
    };
  }
}

function proofOf(cursor: Json): StreamProof {
  const parsed = CursorSchema.safeParse(cursor).data;
  if (!parsed) return { complete: false, sentence: 'Nothing has been listed yet' };
  const when = minuteText(instantOfSeconds(Math.floor(parsed.startedAt / 1_000)));
  return parsed.ended
    ? { complete: true, sentence: `Listed to the end, begun at ${when}` }
    : { complete: false, sentence: `The listing begun at ${when} is not at its end` };
}
