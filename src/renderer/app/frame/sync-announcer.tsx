/** Tells a screen reader that work began, and how it ended; not every step between. */
import type { ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useNewestJob } from '../../lib/engine/index.ts';

const STATES: Record<Job['state'], string> = {
  queued: 'waiting',
  running: 'under way',
  done: 'finished',
  failed: 'failed',
  cancelled: 'stopped',
  interrupted: 'interrupted',
};

export function SyncAnnouncer(): ReactNode {
  const job = useNewestJob();
  return (
    <p role="status" className="sr-only">
      {job === undefined ? '' : `${job.title}: ${STATES[job.state]}. ${job.error?.message ?? ''}`}
    </p>
  );
}
