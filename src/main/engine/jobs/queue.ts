/** The durable queue: takes jobs, runs them, remembers what became of them. */
import { AppError, assert, isAppError } from '../../../shared/kernel/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Clock } from '../runtime/ports.ts';
import type { WriteDb } from '../store/handles.ts';
import type { AnyJobKind, Job, JobKind, JobProgress } from './definition.ts';
import {
  findQueuedTwin,
  insertJob,
  listJobs,
  markEnded,
  markRunning,
  pruneJobs,
  queuedJobs,
  readJob,
  requeue,
  runningJobs,
  writeProgress,
  type Ending,
  type QueuedJob,
} from './job-table.ts';
import { throttled } from './throttled.ts';

/** A job that was interrupted this often is not taken up again: it may be what brings the engine down. */
const MAX_ATTEMPTS = 3;
const KEPT_JOBS = 500;
const PROGRESS_MS = 100;

export interface QueueOptions {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly kinds: readonly AnyJobKind[];
  /** How many jobs run at once. */
  readonly concurrency?: number;
  /** Runs each job's work in surroundings of its own: the locale of sentences; default: as it is. */
  readonly within?: <Result>(work: () => Result) => Result;
}

export interface JobQueue {
  /**
   * Queues a job. While an equal one (same kind, exclusive key and payload) is
   * still waiting, that one is meant.
   * @throws AppError `invalid_input` when the payload does not fit.
   */
  enqueue<Payload>(kind: JobKind<Payload, unknown>, payload: Payload): Job;
  /** The same by the kind's name, for schedules: the payload comes from the database. */
  enqueueByName(kind: string, payload: unknown): Job;
  /** Asks a job to stop; a waiting one is cancelled at once. One that has ended stays as it is. @throws AppError `not_found`. */
  cancel(jobId: number): Job;
  /** @throws AppError `not_found`. */
  get(jobId: number): Job;
  /** Newest first. */
  list(limit: number): Job[];
  /** Resolves when the job has ended, with whatever became of it; rejects only with `cancelled` when the signal fires. */
  ended(jobId: number, signal?: AbortSignal): Promise<Job>;
  /** Calls back on every change of any job. @returns the way to stop that. */
  watch(listener: (job: Job) => void): () => void;
  /** Settles what a crash left behind, then begins to run jobs. */
  start(): void;
  /** Stops the running jobs and waits for them. Resumable ones run again after the next start. */
  stop(): Promise<void>;
}

interface Running {
  readonly exclusiveKey: string | null;
  readonly controller: AbortController;
  finished: Promise<void>;
}

/** Makes a queue over the job table; nothing runs before start(). */
export function createJobQueue(options: QueueOptions): JobQueue {
  return new Queue(options);
}

class Queue implements JobQueue {
  readonly #db: WriteDb;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #kinds: ReadonlyMap<string, AnyJobKind>;
  readonly #concurrency: number;
  readonly #within: NonNullable<QueueOptions['within']>;
  readonly #running = new Map<number, Running>();
  readonly #listeners = new Set<(job: Job) => void>();
  #active = false;

  constructor({ db, clock, logger, kinds, concurrency = 3, within = (work) => work() }: QueueOptions) {
    this.#db = db;
    this.#clock = clock;
    this.#logger = logger;
    this.#kinds = new Map(kinds.map((kind) => [kind.kind, kind]));
    this.#concurrency = concurrency;
    this.#within = within;
    assert(this.#kinds.size === kinds.length, 'every kind of job is defined once');
  }

  enqueue<Payload>(kind: JobKind<Payload, unknown>, payload: Payload): Job {
    return this.#enqueue(kind, payload);
  }

  enqueueByName(name: string, payload: unknown): Job {
    const kind = this.#kinds.get(name);
    if (!kind) throw new AppError('not_found', `There is no kind of job “${name}”`);
    return this.#enqueue(kind, payload);
  }

  #enqueue(kind: AnyJobKind, raw: unknown): Job {
    assert(this.#kinds.get(kind.kind) === kind, `the queue knows the kind of job “${kind.kind}”`);
    const { payload, title, exclusiveKey } = kind.prepare(raw);
    const job = { kind: kind.kind, title, exclusiveKey, payload, createdAt: this.#clock.now() };
    const jobId = this.#db.transaction(() => {
      const twin = exclusiveKey === null ? null : findQueuedTwin(this.#db, job);
      return twin ?? insertJob(this.#db, job);
    });
    this.#changed(jobId);
    // Later, so that the caller holds the job before it can end.
    queueMicrotask(() => this.#wake());
    return readJob(this.#db, jobId);
  }

  cancel(jobId: number): Job {
    const job = readJob(this.#db, jobId);
    if (job.state === 'queued') this.#end(jobId, cancelledEnding());
    else this.#running.get(jobId)?.controller.abort(new AppError('cancelled', 'The job was cancelled'));
    return readJob(this.#db, jobId);
  }

  get(jobId: number): Job {
    return readJob(this.#db, jobId);
  }

  list(limit: number): Job[] {
    return listJobs(this.#db, limit);
  }

  ended(jobId: number, signal?: AbortSignal): Promise<Job> {
    const now = readJob(this.#db, jobId);
    if (hasEnded(now)) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const finish = () => {
        stop();
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        finish();
        reject(new AppError('cancelled', `Nobody waits for job ${jobId} any longer`));
      };
      const stop = this.watch((job) => {
        if (job.jobId !== jobId || !hasEnded(job)) return;
        finish();
        resolve(job);
      });
      if (signal?.aborted) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  watch(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    assert(!this.#active, 'the job queue is started once');
    for (const { jobId, kind, attempt } of runningJobs(this.#db)) {
      if (this.#kinds.get(kind)?.resumable && attempt < MAX_ATTEMPTS) {
        requeue(this.#db, jobId);
        this.#changed(jobId);
      } else this.#end(jobId, interruptedEnding());
    }
    pruneJobs(this.#db, KEPT_JOBS);
    this.#active = true;
    this.#runWaiting();
  }

  async stop(): Promise<void> {
    this.#active = false;
    const finished = [...this.#running.values()].map((running) => {
      running.controller.abort(new AppError('cancelled', 'Vario is closing', { details: { closing: true } }));
      return running.finished;
    });
    await Promise.all(finished);
  }

  /** The queue acts by itself here: a database that fails is logged, and the next job or start tries again. */
  #wake(): void {
    try {
      this.#runWaiting();
    } catch (error) {
      this.#logger.error('The job queue could not go on', { error });
    }
  }

  #runWaiting(): void {
    if (!this.#active || this.#running.size >= this.#concurrency) return;
    const busy = new Set([...this.#running.values()].map(({ exclusiveKey }) => exclusiveKey));
    for (const job of queuedJobs(this.#db)) {
      if (this.#running.size >= this.#concurrency) return;
      if (job.exclusiveKey !== null && busy.has(job.exclusiveKey)) continue;
      busy.add(job.exclusiveKey);
      const running: Running = {
        exclusiveKey: job.exclusiveKey,
        controller: new AbortController(),
        finished: Promise.resolve(),
      };
      this.#running.set(job.jobId, running);
      running.finished = this.#run(job, running.controller.signal)
        .finally(() => this.#running.delete(job.jobId))
        .then(
          () => this.#wake(),
          // Its row still says running: the next start settles it as interrupted.
          (error: unknown) => this.#logger.error('A job could not be recorded', { jobId: job.jobId, error }),
        );
    }
  }

  async #run(job: QueuedJob, signal: AbortSignal): Promise<void> {
    const { jobId, attempt } = job;
    const logger = this.#logger.with({ job: job.kind, jobId });
    markRunning(this.#db, jobId, this.#clock.now());
    this.#changed(jobId);
    const progress = throttled(PROGRESS_MS, (update: Required<JobProgress>) => this.#noteProgress(jobId, update));
    let ending: Ending | 'requeue';
    try {
      const kind = this.#kinds.get(job.kind);
      if (!kind) throw new AppError('not_found', `This version of Vario knows no job “${job.kind}”`);
      const prepared = kind.prepare(job.payload);
      const context = {
        jobId,
        signal,
        attempt,
        clock: this.#clock,
        logger,
        progress: ({ step, done = null, total = null }: JobProgress) => progress.push({ step, done, total }),
      };
      const result = await this.#within(() => prepared.run(context));
      ending = { state: 'done', result };
    } catch (error) {
      // Boundary: what became of the job is data from here on.
      ending = this.#endingOf(error, job, signal, logger);
    }
    progress.flush();
    this.#running.delete(jobId);
    if (ending === 'requeue') {
      requeue(this.#db, jobId);
      this.#changed(jobId);
    } else this.#end(jobId, ending);
  }

  /** Progress is worth a line in the log when it is lost, and no more: the work itself goes on. */
  #noteProgress(jobId: number, { step, done, total }: Required<JobProgress>): void {
    try {
      writeProgress(this.#db, jobId, { step, done, total });
      this.#changed(jobId);
    } catch (error) {
      this.#logger.warn('Progress of a job could not be stored', { jobId, error });
    }
  }

  #endingOf(error: unknown, { kind, jobId }: QueuedJob, signal: AbortSignal, logger: Logger): Ending | 'requeue' {
    if (signal.aborted && !this.#active) return this.#kinds.get(kind)?.resumable ? 'requeue' : interruptedEnding();
    if (signal.aborted || isAppError(error, 'cancelled')) return cancelledEnding();
    if (isAppError(error)) {
      logger.warn('Job failed', { code: error.code, reason: error.message });
      return { state: 'failed', code: error.code, message: error.message };
    }
    logger.error('Job failed unexpectedly', { error });
    const message = `An unexpected error ended the job; the log has it under job ${jobId}`;
    return { state: 'failed', code: 'internal', message };
  }

  #end(jobId: number, ending: Ending): void {
    markEnded(this.#db, jobId, this.#clock.now(), ending);
    this.#changed(jobId);
  }

  #changed(jobId: number): void {
    if (this.#listeners.size === 0) return;
    const job = readJob(this.#db, jobId);
    for (const listener of this.#listeners) {
      try {
        listener(job);
      } catch (error) {
        // Boundary: somebody who only watches must not be able to stop a job.
        this.#logger.error('A listener for jobs failed', { jobId, error });
      }
    }
  }
}

function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}

function cancelledEnding(): Ending {
  return { state: 'cancelled', code: 'cancelled', message: 'Cancelled. What was stored before stays' };
}

function interruptedEnding(): Ending {
  return { state: 'interrupted', code: 'unavailable', message: 'Vario ended while the job ran. Start it again' };
}
