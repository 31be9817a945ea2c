/** Syncs by itself: every n minutes, after failures later and later, after sleep and with the network's return at once. */
import { isAppError } from '../../../shared/kernel/errors.ts';
import { addMs, HOUR_MS, instant, MINUTE_MS, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { JobQueue } from '../jobs/index.ts';
import { dueTimes, hasten, probeNetwork, replan, type Nudge, type SyncDeps } from '../sync/index.ts';
import type { JobKinds } from './job-kinds.ts';
import { readWorkspace } from './workspace-settings.ts';

/** The longest single wait: a laptop that slept, or a clock that was set, is noticed within it. */
const LONGEST_WAIT_MS = 30 * SECOND_MS;
/** A wait that took so much longer than it was asked for means that the machine slept. */
const SLEPT_MS = MINUTE_MS;
const LONGEST_PROBE_MS = 5 * MINUTE_MS;
/** Warnings that come with time alone (a source out of date) are looked for this often, also where no sync ends. */
const ALERTS_EVERY_MS = HOUR_MS;

export interface SyncScheduleDeps {
  readonly sync: SyncDeps;
  readonly queue: JobQueue;
  readonly kinds: Pick<JobKinds, 'sync'>;
  /** Evaluates the alerts. */
  readonly onTime: () => void;
}

export interface SyncSchedule {
  /** Begins to watch the clock; twice is once. */
  start(): void;
  stop(): Promise<void>;
  /** The machine woke, or the network came back: what can be synced is synced soon. @returns how many sources. */
  nudge(nudge: Nudge): number;
  /** Looks at once instead of at its next turn: the period was changed. */
  look(): void;
}

/** Makes the schedule; nothing is queued before start(). */
export function createSyncSchedule(deps: SyncScheduleDeps): SyncSchedule {
  const { db, clock, random } = deps.sync;
  let stopping: AbortController | null = null;
  let loop: Promise<void> = Promise.resolve();
  let wake: AbortController | null = null;
  const nudge = (kind: Nudge): number => {
    const hastened = hasten(db, kind, { random, now: clock.now() });
    wake?.abort();
    return hastened;
  };
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    wake = new AbortController();
    try {
      await clock.sleep(ms, AbortSignal.any([signal, wake.signal]));
    } catch (error) {
      if (!isAppError(error, 'cancelled')) throw error;
    }
  };
  return {
    start() {
      if (stopping) return;
      stopping = new AbortController();
      loop = watch(deps, { nudge, sleep, signal: stopping.signal });
    },
    async stop() {
      stopping?.abort();
      stopping = null;
      await loop;
    },
    nudge,
    look: () => wake?.abort(),
  };
}

interface Watching {
  readonly nudge: (nudge: Nudge) => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

async function watch(deps: SyncScheduleDeps, { nudge, sleep, signal }: Watching): Promise<void> {
  const { clock, logger } = deps.sync;
  const probe = networkProbe(deps.sync, signal);
  let lastJobId: number | null = null;
  let alertsAt = addMs(clock.now(), ALERTS_EVERY_MS);
  let expectedBy = clock.now();
  while (!signal.aborted) {
    let wait = LONGEST_WAIT_MS;
    try {
      const now = clock.now();
      if (now - expectedBy > SLEPT_MS) nudge('wake');
      if (await probe()) nudge('probe');
      lastJobId = queueDue(deps, lastJobId);
      if (now >= alertsAt) {
        deps.onTime();
        alertsAt = addMs(now, ALERTS_EVERY_MS);
      }
      wait = waitUntil(deps, lastJobId);
    } catch (error) {
      // Boundary: the schedule acts by itself; a full disk must not end it for good.
      if (!signal.aborted) logger.error('The schedule of syncs could not go on', { error });
    }
    expectedBy = addMs(clock.now(), wait);
    await sleep(wait, signal);
  }
}

/** Queues one sync of everything due. While the last one has not ended, what falls due waits for its end. */
function queueDue({ sync, queue, kinds }: SyncScheduleDeps, lastJobId: number | null): number | null {
  const { db, clock, random } = sync;
  const now = clock.now();
  replan(db, { everyMinutes: readWorkspace(db).syncEveryMinutes, random, now });
  if (lastJobId !== null && !isOver(queue, lastJobId)) return lastJobId;
  const due = dueTimes(db, now).filter(({ nextAt }) => nextAt <= now);
  if (due.length === 0 || isBusy(queue)) return lastJobId;
  return queue.enqueue(kinds.sync, { sourceIds: due.map(({ sourceId }) => sourceId), full: false }).jobId;
}

/** Whether a sync that somebody asked for is under way or waits: it plans anew what it reads. */
function isBusy(queue: JobQueue): boolean {
  return queue
    .list(20)
    .some(({ kind, state }) => (kind === 'sync' || kind === 'demo') && (state === 'queued' || state === 'running'));
}

function isOver(queue: JobQueue, jobId: number): boolean {
  const { state } = queue.get(jobId);
  return state !== 'queued' && state !== 'running';
}

function waitUntil({ sync, queue }: SyncScheduleDeps, lastJobId: number | null): number {
  const { db, clock } = sync;
  const now = clock.now();
  const [first] = dueTimes(db, now);
  if (!first || isBusy(queue) || (lastJobId !== null && !isOver(queue, lastJobId))) return LONGEST_WAIT_MS;
  return Math.min(LONGEST_WAIT_MS, Math.max(SECOND_MS, first.nextAt - now));
}

/** Asks whether the network is back while a source waits for it: at once, then ever more seldom. */
function networkProbe(sync: SyncDeps, signal: AbortSignal): () => Promise<boolean> {
  let every = LONGEST_WAIT_MS;
  let nextAt: Instant = instant(0);
  return async () => {
    const { clock } = sync;
    if (clock.now() < nextAt) return false;
    const answered = await probeNetwork(sync, signal);
    every = answered === false ? Math.min(LONGEST_PROBE_MS, every * 2) : LONGEST_WAIT_MS;
    nextAt = answered === null ? nextAt : addMs(clock.now(), every);
    return answered === true;
  };
}
