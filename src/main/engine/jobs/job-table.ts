/** Reads and writes of the job table. */
import { assert } from '../../../shared/kernel/errors.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';
import type { Database } from '../store/schema.ts';
import type { Selectable } from 'kysely';
import { JOB_STATES, type Job, type JobState } from './definition.ts';

type JobRow = Selectable<Database['job']>;

export interface NewJob {
  readonly kind: string;
  readonly title: string;
  readonly exclusiveKey: string | null;
  readonly payload: unknown;
  readonly createdAt: Instant;
}

/** A queued job with what the queue needs to start it. */
export interface QueuedJob {
  readonly jobId: number;
  readonly kind: string;
  readonly exclusiveKey: string | null;
  readonly payload: unknown;
  readonly attempt: number;
}

export type Ending =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'failed' | 'cancelled' | 'interrupted'; readonly code: string; readonly message: string };

export function insertJob(db: WriteDb, job: NewJob): number {
  return db.run(
    db.build.insertInto('job').values({
      kind: job.kind,
      title: job.title,
      exclusive_key: job.exclusiveKey,
      payload: JSON.stringify(job.payload),
      state: 'queued',
      attempt: 1,
      created_at: job.createdAt,
    }),
  ).lastId;
}

/** The queued job that asks for exactly the same, if there is one. */
export function findQueuedTwin(db: WriteDb, job: NewJob): number | null {
  const query = db.build
    .selectFrom('job')
    .select('job_id')
    .where('state', '=', 'queued')
    .where('kind', '=', job.kind)
    .where('exclusive_key', '=', job.exclusiveKey)
    .where('payload', '=', JSON.stringify(job.payload));
  return db.first(query)?.job_id ?? null;
}

/** Oldest first. */
export function queuedJobs(db: WriteDb): QueuedJob[] {
  const query = db.build
    .selectFrom('job')
    .select(['job_id', 'kind', 'exclusive_key', 'payload', 'attempt'])
    .where('state', '=', 'queued')
    .orderBy('job_id');
  return db.all(query).map((row) => ({
    jobId: row.job_id,
    kind: row.kind,
    exclusiveKey: row.exclusive_key,
    payload: JSON.parse(row.payload),
    attempt: row.attempt,
  }));
}

export function markRunning(db: WriteDb, jobId: number, at: Instant): void {
  db.run(db.build.updateTable('job').set({ state: 'running', started_at: at }).where('job_id', '=', jobId));
}

export function markEnded(db: WriteDb, jobId: number, at: Instant, ending: Ending): void {
  const outcome =
    ending.state === 'done'
      ? { result: JSON.stringify(ending.result ?? null), error_code: null, error_message: null }
      : { error_code: ending.code, error_message: ending.message };
  const query = db.build.updateTable('job').set({ state: ending.state, ended_at: at, ...outcome });
  db.run(query.where('job_id', '=', jobId));
}

export function writeProgress(
  db: WriteDb,
  jobId: number,
  progress: { step: string; done: number | null; total: number | null },
): void {
  db.run(db.build.updateTable('job').set(progress).where('job_id', '=', jobId));
}

/** Puts a job back that was running when the engine ended. */
export function requeue(db: WriteDb, jobId: number): void {
  const query = db.build
    .updateTable('job')
    .set((row) => ({ state: 'queued', started_at: null, step: null, attempt: row('attempt', '+', 1) }));
  db.run(query.where('job_id', '=', jobId));
}

export function runningJobs(db: WriteDb): { jobId: number; kind: string; attempt: number }[] {
  const query = db.build.selectFrom('job').select(['job_id', 'kind', 'attempt']).where('state', '=', 'running');
  return db.all(query).map(({ job_id, kind, attempt }) => ({ jobId: job_id, kind, attempt }));
}

export function readJob(db: WriteDb, jobId: number): Job {
  return jobOf(db.one(db.build.selectFrom('job').selectAll().where('job_id', '=', jobId), `job ${jobId}`));
}

/** Newest first. */
export function listJobs(db: WriteDb, limit: number): Job[] {
  return db.all(db.build.selectFrom('job').selectAll().orderBy('job_id', 'desc').limit(limit)).map(jobOf);
}

/** Forgets all but the newest `keep` of the jobs that have ended. */
export function pruneJobs(db: WriteDb, keep: number): void {
  const newest = db.build
    .selectFrom('job')
    .select('job_id')
    .where('state', 'not in', ['queued', 'running'])
    .orderBy('job_id', 'desc')
    .limit(1)
    .offset(keep);
  const last = db.first(newest);
  if (!last) return;
  const old = db.build.deleteFrom('job').where('job_id', '<=', last.job_id);
  db.run(old.where('state', 'not in', ['queued', 'running']));
}

function jobOf(row: JobRow): Job {
  const when = (at: number | null) => (at === null ? null : instant(at));
  return {
    jobId: row.job_id,
    kind: row.kind,
    title: row.title,
    state: stateOf(row.state),
    step: row.step,
    done: row.done,
    total: row.total,
    attempt: row.attempt,
    createdAt: instant(row.created_at),
    startedAt: when(row.started_at),
    endedAt: when(row.ended_at),
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    result: row.result === null ? null : JSON.parse(row.result),
  };
}

function stateOf(text: string): JobState {
  const state = JOB_STATES.find((known) => known === text);
  assert(state, `a job in the state “${text}”`);
  return state;
}
