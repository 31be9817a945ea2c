/** `sources.completeness`: what every stream's proof rests on, number by number. */
import type { SourceCompleteness } from '../../../shared/contract/sources.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/handles.ts';
import { ProofSchema } from './stream-state.ts';

/** Every connected source with its streams, each in the order in which it is listed. */
export function completeness(db: ReadDb): SourceCompleteness[] {
  const streams = db.prepare<
    [number],
    { stream: string; complete: number; proof: string | null; synced_at: number | null }
  >(`SELECT stream, complete, proof, synced_at FROM stream_state WHERE source_id = ? ORDER BY stream`);
  return db
    .prepare<[], { source_id: number; vendor: string; name: string }>(
      `SELECT source_id, vendor, name FROM source WHERE state <> 'disconnected' ORDER BY source_id`,
    )
    .all()
    .map(({ source_id, vendor, name }) => ({
      sourceId: source_id as SourceId,
      vendor,
      name,
      streams: streams.all(source_id).map(streamOf),
    }));
}

function streamOf(row: {
  stream: string;
  complete: number;
  proof: string | null;
  synced_at: number | null;
}): SourceCompleteness['streams'][number] {
  const proof = row.proof === null ? null : ProofSchema.parse(JSON.parse(row.proof));
  const listing = proof?.listing ?? null;
  const words = row.stream.replaceAll('_', ' ');
  return {
    stream: row.stream,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    complete: row.complete === 1,
    listing: listing && {
      at: instant(listing.at),
      listed: listing.listed,
      stored: listing.stored,
      quarantined: listing.quarantined,
      sums: listing.sums.map(({ currency, listed, stored }) => ({ currency, theirs: listed, ours: stored })),
    },
    totals: (proof?.provider ?? []).map(({ currency, stated, ours, statedAs }) => ({
      currency,
      theirs: stated,
      ours,
      statedAs,
    })),
    gap: proof?.gap?.message ?? null,
    sentence: proof?.sentence ?? 'Not read yet',
    syncedAt: row.synced_at === null ? null : instant(row.synced_at),
  };
}
