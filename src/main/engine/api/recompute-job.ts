import { z } from 'zod';
import { defineJob } from '../jobs/index.ts';
import { bringUpToDate, type PipelineDeps, type PipelineResult } from './pipeline.ts';

const PayloadSchema = z.object({});

/** `recompute`: after a change of settings, or when data was deleted. Never beside a sync. */
export function defineRecomputeJob(pipeline: PipelineDeps) {
  return defineJob<z.output<typeof PayloadSchema>, PipelineResult>({
    kind: 'recompute',
    payload: PayloadSchema,
    title: () => 'Compute the ledger',
    exclusive: () => 'sync',
    resumable: true,
    run: ({ progress, signal }) => bringUpToDate(pipeline, progress, signal),
  });
}
