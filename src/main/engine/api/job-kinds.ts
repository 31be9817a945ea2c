import type { EnginePorts } from '../runtime/index.ts';
import type { SyncDeps } from '../sync/index.ts';
import { defineDemoJob } from './demo-job.ts';
import type { PipelineDeps } from './pipeline.ts';
import { definePrintJob } from './print-job.ts';
import { defineRecomputeJob } from './recompute-job.ts';
import { defineSyncJob } from './sync-job.ts';

/** Every kind of long work that the engine does. */
export function defineJobKinds(ports: EnginePorts, sync: SyncDeps, pipeline: PipelineDeps) {
  const { db, changes } = pipeline;
  return {
    sync: defineSyncJob(sync, pipeline),
    recompute: defineRecomputeJob(pipeline),
    demo: defineDemoJob(sync, pipeline, ports.startDemo),
    print: definePrintJob({ db, ports, changes }),
  };
}

export type JobKinds = ReturnType<typeof defineJobKinds>;
