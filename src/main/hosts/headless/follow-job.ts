/** Waits for a job on the command line, with its progress on stderr; Ctrl-C cancels it. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { AppError, ERROR_CODES } from '../../../shared/kernel/errors.ts';
import type { Client } from './headless.ts';
import type { Terminal } from './terminal.ts';

/**
 * @returns the job when it is done.
 * @throws AppError with the job's own code and sentence when it failed, `cancelled` after Ctrl-C.
 */
export async function followJob(client: Client, jobId: number, terminal: Terminal, stop: AbortSignal): Promise<Job> {
  const watching = new AbortController();
  const cancel = () => void client.jobs.cancel({ jobId });
  stop.addEventListener('abort', cancel, { once: true });
  try {
    // Watched first and read second, so that an end in between is not missed.
    const events = await client.jobs.watch(undefined, { signal: watching.signal });
    let job = await client.jobs.get({ jobId });
    if (!isOver(job))
      for await (const event of events) {
        if (event.jobId !== jobId) continue;
        job = event;
        terminal.progress(job);
        if (isOver(job)) break;
      }
    terminal.progressDone();
    if (job.state === 'done') return job;
    const code = ERROR_CODES.find((each) => each === job.error?.code) ?? 'internal';
    throw new AppError(code, job.error?.message ?? `${job.title}: ${job.state}`);
  } finally {
    watching.abort();
    stop.removeEventListener('abort', cancel);
  }
}

function isOver({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}
