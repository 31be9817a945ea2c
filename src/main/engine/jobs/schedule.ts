/** Jobs that come back every n minutes, remembered across restarts. */
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { addMs, instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Clock, RandomSource } from '../runtime/ports.ts';
import type { WriteDb } from '../store/handles.ts';
import type { JobKind } from './definition.ts';
import type { JobQueue } from './queue.ts';

/** A period varies by up to this fraction either way, so that many sources do not call at the same second. */
const JITTER = 0.1;
/** The longest single wait: a laptop that slept, or a clock that was set, is noticed within it. */
const LONGEST_WAIT_MS = 30_000;

export interface ScheduleOptions {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
  readonly queue: JobQueue;
}

export interface ScheduledJob {
  readonly name: string;
  readonly kind: string;
  readonly everyMinutes: number;
  readonly nextAt: Instant;
  readonly lastJobId: number | null;
}

export interface JobSchedule {
  /**
   * Queues the job every `everyMinutes` from now on, first after one period. Setting the
   * same name again changes it; an unchanged period keeps its next time.
   * @throws AppError `invalid_input` when the period is no whole number of minutes above 0.
   */
  set<Payload>(name: string, kind: JobKind<Payload, unknown>, payload: Payload, everyMinutes: number): ScheduledJob;
  /** No error when there is none of that name. */
  remove(name: string): void;
  list(): ScheduledJob[];
  /** Begins to watch the clock. What fell due while the engine was away is queued once. */
  start(): void;
  stop(): Promise<void>;
}

/** Makes a schedule over the table; nothing is queued before start(). */
export function createJobSchedule(options: ScheduleOptions): JobSchedule {
  const { db, clock } = options;
  let stopping: AbortController | null = null;
  let loop: Promise<void> = Promise.resolve();
  return {
    set(name, kind, payload, everyMinutes) {
      if (!Number.isSafeInteger(everyMinutes) || everyMinutes < 1)
        throw new AppError(
          'invalid_input',
          `“${name}” cannot repeat every ${everyMinutes} minutes: give whole minutes`,
        );
      const { payload: parsed } = kind.prepare(payload);
      const before = readSchedule(db).find((scheduled) => scheduled.name === name);
      const nextAt =
        before?.everyMinutes === everyMinutes ? before.nextAt : addMs(clock.now(), period(everyMinutes, options));
      const values = {
        kind: kind.kind,
        payload: JSON.stringify(parsed),
        every_minutes: everyMinutes,
        next_at: nextAt,
      };
      const insert = db.build.insertInto('schedule').values({ name, ...values });
      db.run(insert.onConflict((conflict) => conflict.column('name').doUpdateSet(values)));
      return { name, kind: kind.kind, everyMinutes, nextAt, lastJobId: before?.lastJobId ?? null };
    },
    remove(name) {
      db.run(db.build.deleteFrom('schedule').where('name', '=', name));
    },
    list: () => readSchedule(db),
    start() {
      if (stopping) return;
      stopping = new AbortController();
      loop = watchClock(options, stopping.signal);
    },
    async stop() {
      stopping?.abort();
      stopping = null;
      await loop;
    },
  };
}

async function watchClock(options: ScheduleOptions, signal: AbortSignal): Promise<void> {
  const { clock, logger } = options;
  while (!signal.aborted) {
    let wait = LONGEST_WAIT_MS;
    try {
      queueDue(options);
      const [first] = readSchedule(options.db);
      if (first) wait = Math.min(wait, Math.max(0, first.nextAt - clock.now()));
    } catch (error) {
      // Boundary: the schedule acts by itself; a full disk must not end it for good.
      logger.error('The schedule could not go on', { error });
    }
    try {
      await clock.sleep(wait, signal);
    } catch (error) {
      if (!isAppError(error, 'cancelled')) throw error;
    }
  }
}

/** Queues everything due. One whose last job has not ended waits for its next turn. */
function queueDue(options: ScheduleOptions): void {
  const { db, clock, queue, logger } = options;
  const due = db.build.selectFrom('schedule').selectAll().where('next_at', '<=', clock.now()).orderBy('next_at');
  for (const row of db.all(due)) {
    const nextAt = addMs(clock.now(), period(row.every_minutes, options));
    const update = db.build.updateTable('schedule').where('name', '=', row.name);
    db.run(update.set({ next_at: nextAt }));
    if (row.last_job_id !== null && !isOver(queue, row.last_job_id)) continue;
    try {
      const { jobId } = queue.enqueueByName(row.kind, JSON.parse(row.payload));
      db.run(update.set({ last_job_id: jobId }));
    } catch (error) {
      // A payload or kind of another version must not keep the others from running.
      if (!isAppError(error, 'invalid_input', 'not_found')) throw error;
      logger.warn('A scheduled job could not be queued', { schedule: row.name, reason: error.message });
    }
  }
}

function isOver(queue: JobQueue, jobId: number): boolean {
  const { state } = queue.get(jobId);
  return state !== 'queued' && state !== 'running';
}

/** Milliseconds: the period, a little longer or shorter. */
function period(everyMinutes: number, { random }: ScheduleOptions): number {
  return Math.round(everyMinutes * MINUTE_MS * (1 - JITTER + 2 * JITTER * random.fraction()));
}

/** The next one first. */
function readSchedule(db: WriteDb): ScheduledJob[] {
  return db.all(db.build.selectFrom('schedule').selectAll().orderBy('next_at')).map((row) => ({
    name: row.name,
    kind: row.kind,
    everyMinutes: row.every_minutes,
    nextAt: instant(row.next_at),
    lastJobId: row.last_job_id,
  }));
}
