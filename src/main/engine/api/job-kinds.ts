import type { EnginePorts } from '../runtime/index.ts';
import type { Store } from '../store/index.ts';
import type { SyncDeps } from '../sync/index.ts';
import { defineBackupJob } from './backup-job.ts';
import { defineCloseJob } from './close-job.ts';
import { defineDigestPrintJob } from './digest-print-job.ts';
import { defineDemoJob } from './demo-job.ts';
import type { PipelineDeps } from './pipeline.ts';
import { defineFileJobs, type FileJobDeps } from './file-jobs.ts';
import { definePrintJob } from './print-job.ts';
import { defineRecomputeJob } from './recompute-job.ts';
import { defineRenormaliseJob } from './renormalise-job.ts';
import { defineRetryJob } from './retry-job.ts';
import { defineSyncJob } from './sync-job.ts';
import { defineUpkeepJobs, type UpkeepJobDeps } from './upkeep-jobs.ts';

/** Every kind of long work that the engine does. */
export function defineJobKinds(
  ports: EnginePorts,
  sync: SyncDeps,
  pipeline: PipelineDeps,
  programVersion: string,
  backup: Store['backup'],
  files: Omit<FileJobDeps, 'pipeline'>,
  upkeep: UpkeepJobDeps,
) {
  const { db, changes } = pipeline;
  return {
    sync: defineSyncJob(sync, pipeline),
    recompute: defineRecomputeJob(pipeline),
    close: defineCloseJob(pipeline, programVersion),
    renormalise: defineRenormaliseJob(sync, pipeline),
    demo: defineDemoJob(sync, pipeline, ports.startDemo, programVersion, files),
    retry: defineRetryJob(sync, pipeline),
    backup: defineBackupJob(pipeline, backup),
    printDigest: defineDigestPrintJob({ db, ports, changes }),
    print: definePrintJob({ db, ports, changes }),
    ...defineUpkeepJobs(upkeep),
    ...defineFileJobs({ ...files, pipeline }),
  };
}

export type JobKinds = ReturnType<typeof defineJobKinds>;
