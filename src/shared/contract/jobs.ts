/** Long work: progress, cancelling, and results that survive a reload. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { command, query, stream } from './procedure.ts';
import { InstantSchema } from './scalars.ts';

export const JobSchema = z.object({
  jobId: z.number(),
  kind: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** What it is doing now, in a few words. */
  step: z.string().nullable(),
  done: z.number().int().nullable(),
  total: z.number().int().nullable(),
  createdAt: InstantSchema,
  startedAt: InstantSchema.nullable(),
  endedAt: InstantSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** JSON of the job's own kind. */
  result: z.unknown(),
});
export type Job = z.infer<typeof JobSchema>;

export const jobs = {
  list: query.input(z.object({ limit: z.number().int().min(1).max(100).default(20) })).output(z.array(JobSchema)),
  get: query.input(z.object({ jobId: z.number() })).output(JobSchema),
  cancel: command.input(z.object({ jobId: z.number() })).output(JobSchema),
  /** Every change of a job, at most some ten a second per job. */
  watch: stream.output(eventIterator(JobSchema)),
};
