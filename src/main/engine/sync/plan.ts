/** When a source is synced next: every n minutes, and after failures later and later. */
import { addMs, HOUR_MS, instant, MINUTE_MS, SECOND_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { isAppError, type AppError } from '../../../shared/kernel/errors.ts';
import type { RandomSource } from '../runtime/ports.ts';
import type { ReadDb, WriteDb } from '../store/handles.ts';

/** `turn`: the period; `network`: an answer from anybody; `vendor`, `limit`: the vendor's patience; `key`: a person. */
export type WaitsFor = 'turn' | 'network' | 'vendor' | 'limit' | 'key';

export interface SyncPlan {
  readonly sourceId: number;
  readonly nextAt: Instant;
  /** Failed runs in a row. */
  readonly failures: number;
  readonly waitsFor: WaitsFor;
}

/** A period varies by up to this fraction either way, so that many sources do not call at the same second. */
const JITTER = 0.1;
const FIRST_RETRY_MS = MINUTE_MS;
const LONGEST_RETRY_MS = 6 * HOUR_MS;
/** After waking, a network needs a moment to come back. */
const SETTLE_MS = 5 * SECOND_MS;

/** What a failed run waits for. */
export function waitsFor(failure: AppError): WaitsFor {
  if (failure.code === 'auth_failed') return 'key';
  if (failure.code === 'rate_limited') return 'limit';
  return isAppError(failure, 'unavailable') && typeof failure.details['reason'] === 'string' ? 'network' : 'vendor';
}

/**
 * Milliseconds until the next try after so many failures in a row: one minute, doubled each time, six hours at the
 * most, and by chance between half of that and all of it. A refused key never mends by itself and is tried at the
 * longest interval only; a vendor that names a time is given at least that.
 */
export function retryDelay(failures: number, failure: AppError, random: Pick<RandomSource, 'fraction'>): number {
  const told = failure.details['retryAfterMs'];
  const full =
    waitsFor(failure) === 'key'
      ? LONGEST_RETRY_MS
      : Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
  const delay = Math.round(full * (0.5 + 0.5 * random.fraction()));
  return typeof told === 'number' ? Math.max(delay, told) : delay;
}

/** Milliseconds: the period, a little longer or shorter. */
function turn(everyMinutes: number, random: Pick<RandomSource, 'fraction'>): number {
  return Math.round(everyMinutes * MINUTE_MS * (1 - JITTER + 2 * JITTER * random.fraction()));
}

export interface Planning {
  readonly everyMinutes: number;
  readonly random: Pick<RandomSource, 'fraction'>;
  readonly now: Instant;
}

/** Writes down when a source is due again. `failure` null: the run was whole. */
export function planAfterRun(db: WriteDb, sourceId: number, failure: AppError | null, planning: Planning): SyncPlan {
  const { everyMinutes, random, now } = planning;
  const failures = failure === null ? 0 : (planOf(db, sourceId)?.failures ?? 0) + 1;
  const wait = failure === null ? turn(everyMinutes, random) : retryDelay(failures, failure, random);
  const plan: SyncPlan = {
    sourceId,
    nextAt: addMs(now, wait),
    failures,
    waitsFor: failure === null ? 'turn' : waitsFor(failure),
  };
  write(db, plan);
  return plan;
}

function write(db: WriteDb, { sourceId, nextAt, failures, waitsFor: waits_for }: SyncPlan): void {
  const values = { next_at: nextAt, failures, waits_for };
  db.run(
    db.build
      .insertInto('sync_plan')
      .values({ source_id: sourceId, ...values })
      .onConflict((conflict) => conflict.column('source_id').doUpdateSet(values)),
  );
}

/** Makes a source due now, whatever it waited for: its key was changed, or a person asked for it. */
export function planNow(db: WriteDb, sourceId: number, now: Instant): void {
  write(db, { sourceId, nextAt: now, failures: 0, waitsFor: 'turn' });
}

/** A shorter period takes effect at once; a clock that was set back makes nobody wait longer than a period. */
export function replan(db: WriteDb, { everyMinutes, random, now }: Planning): void {
  const latest = addMs(now, turn(everyMinutes, random));
  for (const plan of plans(db))
    if (plan.waitsFor === 'turn' && plan.nextAt > addMs(now, everyMinutes * MINUTE_MS * (1 + JITTER)))
      write(db, { ...plan, nextAt: latest });
    else if (plan.nextAt > addMs(now, LONGEST_RETRY_MS + 24 * HOUR_MS))
      write(db, { ...plan, nextAt: addMs(now, LONGEST_RETRY_MS) });
}

/** `wake`: the machine slept. `online`: the network is back. `probe`: something answered again. */
export type Nudge = 'wake' | 'online' | 'probe';

/**
 * Makes due what may succeed now: after sleep every source but those that wait for a person or for a vendor's limit,
 * with the network's return those that waited for it.
 * @returns how many became due earlier than they were.
 */
export function hasten(db: WriteDb, nudge: Nudge, { random, now }: Pick<Planning, 'random' | 'now'>): number {
  const hastened = plans(db).filter(({ waitsFor: waiting, nextAt }) => {
    if (nextAt <= addMs(now, SETTLE_MS)) return false;
    return waiting === 'network' || (nudge === 'wake' && (waiting === 'turn' || waiting === 'vendor'));
  });
  for (const plan of hastened)
    write(db, {
      ...plan,
      nextAt: addMs(now, nudge === 'wake' ? SETTLE_MS : Math.round(SECOND_MS * random.fraction())),
    });
  return hastened.length;
}

interface Row {
  readonly source_id: number;
  readonly next_at: number;
  readonly failures: number;
  readonly waits_for: string;
}

const KNOWN: readonly WaitsFor[] = ['turn', 'network', 'vendor', 'limit', 'key'];

function planFrom({ source_id, next_at, failures, waits_for }: Row): SyncPlan {
  const waiting = KNOWN.find((known) => known === waits_for) ?? 'turn';
  return { sourceId: source_id, nextAt: instant(next_at), failures, waitsFor: waiting };
}

function planOf(db: ReadDb, sourceId: number): SyncPlan | null {
  const row = db.first(db.build.selectFrom('sync_plan').selectAll().where('source_id', '=', sourceId));
  return row ? planFrom(row) : null;
}

/** Every planned source, also paused ones, the next one first. */
export function plans(db: ReadDb): SyncPlan[] {
  return db.all(db.build.selectFrom('sync_plan').selectAll().orderBy('next_at')).map(planFrom);
}

/** Sources that may be synced by themselves, with the moment at which each is due; one that was never planned is due now. */
export function dueTimes(db: ReadDb, now: Instant): { readonly sourceId: number; readonly nextAt: Instant }[] {
  return db
    .prepare<[], { source_id: number; next_at: number | null }>(
      `SELECT s.source_id, p.next_at FROM source s LEFT JOIN sync_plan p USING (source_id)
       WHERE s.state IN ('ready', 'failing') ORDER BY p.next_at`,
    )
    .all()
    .map(({ source_id, next_at }) => ({ sourceId: source_id, nextAt: next_at === null ? now : instant(next_at) }));
}
