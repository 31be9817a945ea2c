/** What a close says of its sources: which they were, how far they had come, and what was proven of them. */
import { z } from 'zod';
import type { ReportedMonth } from '../../../shared/contract/closing.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';

type SourceEvidence = ReportedMonth['sources'][number];

const ProofSchema = z.object({ sentence: z.string() });
const NormalisersSchema = z.record(z.string(), z.number());

/** Every source that facts were read from, disconnected ones included. */
export function sourceEvidence(db: ReadDb): SourceEvidence[] {
  const streams = db.prepare<
    [number],
    { stream: string; complete: number; proof: string | null; synced_at: number | null }
  >(`SELECT stream, complete, proof, synced_at FROM stream_state WHERE source_id = ? ORDER BY stream`);
  const run = db.prepare<[number], { id: number | null }>(
    `SELECT max(sync_run_id) AS id FROM sync_run WHERE source_id = ? AND outcome = 'done'`,
  );
  const normalisers = db.prepare<[string], { value: string }>(`SELECT value FROM setting WHERE name = ?`);
  return db
    .prepare<[], { source_id: number; vendor: string; name: string; account_id: string | null }>(
      `SELECT source_id, vendor, name, account_id FROM source ORDER BY source_id`,
    )
    .all()
    .map((source) => {
      const own = streams.all(source.source_id);
      const moments = own.flatMap(({ synced_at }) => (synced_at === null ? [] : [synced_at]));
      const versions = normalisers.first(`source.${source.source_id}.normalisers`);
      return {
        name: source.name,
        vendor: source.vendor,
        account: source.account_id,
        syncRunId: run.first(source.source_id)?.id ?? null,
        syncedAt: moments.length === 0 || moments.length < own.length ? null : instant(Math.min(...moments)),
        normalisers: versions ? NormalisersSchema.parse(JSON.parse(versions.value)) : {},
        streams: own.map(({ stream, complete, proof }) => ({
          stream,
          complete: complete === 1,
          proof: proof === null ? null : ProofSchema.parse(JSON.parse(proof)).sentence,
        })),
      };
    });
}
