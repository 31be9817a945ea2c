/** The job that gives records another try that were set aside. */
import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';
import { retryQuarantined, type Retried, type SyncDeps } from '../sync/index.ts';
import { bringUpToDate, type PipelineDeps, type PipelineResult } from './pipeline.ts';

const PayloadSchema = z.object({
  sourceId: z.number().int(),
  quarantineId: z.number().int().optional(),
  reason: z.string().optional(),
});

/** `retry_quarantine`: asks the vendor for the records again, then the ledger follows. Never beside a sync. */
export function defineRetryJob(sync: SyncDeps, pipeline: PipelineDeps) {
  return defineJob<z.output<typeof PayloadSchema>, Retried & PipelineResult>({
    kind: 'retry_quarantine',
    payload: PayloadSchema,
    title: () => 'Try records again that were set aside',
    exclusive: () => 'sync',
    resumable: true,
    async run({ payload, progress, signal }) {
      progress({ step: 'Asking for the records again' });
      const retried = await retryQuarantined(sync, payload, signal);
      pipeline.changes.publish('sources');
      return { ...retried, ...(await bringUpToDate(pipeline, progress, signal)) };
    },
  });
}
