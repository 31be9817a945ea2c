import { z } from 'zod';
import type { Job } from '../../../../shared/contract/jobs.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { SECOND_MS } from '../../../../shared/kernel/instant.ts';

const NotesSchema = z.object({ sources: z.array(z.object({ notes: z.array(z.string()) })) });

/** What scripts get of a sync: per source and stream what was fetched and changed, and whether it is proven complete. */
export function syncDocument(sources: readonly Source[], job: Job) {
  const seconds = job.endedAt !== null && job.startedAt !== null ? (job.endedAt - job.startedAt) / SECOND_MS : null;
  const notes = NotesSchema.safeParse(job.result).data?.sources.flatMap((source) => source.notes) ?? [];
  return {
    /** Sentences about what was odd: everything listed again, a feed about to expire. */
    notes,
    sources: sources.map(({ vendor, name, sourceId, streams, lastError }) => ({
      id: vendor,
      sourceId,
      name,
      streams: streams.map(({ stream, fetched, changed, quarantined, stored, complete, proof }) => ({
        stream,
        fetched,
        changed,
        quarantined,
        stored,
        complete,
        proof,
      })),
      seconds,
      error: lastError,
    })),
  };
}
