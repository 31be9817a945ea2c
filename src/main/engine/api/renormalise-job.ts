/** The job that reads kept records again: those set aside, and all others by today's normalisers. */
import { z } from 'zod';
import { FILE_VENDOR } from '../files/index.ts';
import { defineJob } from '../jobs/index.ts';
import { isStaleSource, renormalise, type SyncDeps } from '../sync/index.ts';
import { bringUpToDate, type PipelineDeps, type PipelineResult } from './pipeline.ts';

const PayloadSchema = z.object({
  /** Only sources whose facts were made by other rules than today's: a newer version reads them again by itself. */
  onlyStale: z.boolean().default(false),
});

export interface RenormaliseResult extends PipelineResult {
  readonly records: number;
  /** Records that were set aside and fit now. */
  readonly released: number;
}

/** `renormalise`: works offline, source after source; stopped and repeated without harm. Never beside a sync. */
export function defineRenormaliseJob(sync: SyncDeps, pipeline: PipelineDeps) {
  return defineJob<z.output<typeof PayloadSchema>, RenormaliseResult>({
    kind: 'renormalise',
    payload: PayloadSchema,
    title: () => 'Read kept records again',
    exclusive: () => 'sync',
    resumable: true,
    async run({ payload, progress, signal }) {
      const { db } = sync;
      const sources = db.all(
        db.build
          .selectFrom('source')
          .select(['source_id', 'name'])
          .where('state', '<>', 'disconnected')
          // Tables from files have no vendor's records.
          .where('vendor', '<>', FILE_VENDOR)
          .orderBy('source_id'),
      );
      const sum = { records: 0, released: 0 };
      for (const { source_id, name } of sources) {
        if (payload.onlyStale && !isStaleSource(sync, source_id)) continue;
        progress({ step: `Reading kept records of ${name}` });
        const { records, released } = await renormalise(sync, source_id, signal);
        sum.records += records;
        sum.released += released;
      }
      pipeline.changes.publish('sources');
      return { ...sum, ...(await bringUpToDate(pipeline, progress, signal)) };
    },
  });
}
