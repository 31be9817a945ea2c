/** Tells digests when they are due: once each, after the night and after sleep only the latest, never in quiet hours. */
import type {
  DailyDigestReport,
  DigestKind,
  DigestReport,
  WeeklyDigestReport,
} from '../../../shared/contract/digest.ts';
import type { Workspace } from '../../../shared/contract/workspace.ts';
import { addDays, dayAt, type PlainDay } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import { instant, MINUTE_MS, type Instant } from '../../../shared/kernel/instant.ts';
import { isQuiet } from '../alerts/index.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Clock, NativeNotification } from '../runtime/ports.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { keepDigest } from './archive.ts';
import { lastDailyDue, lastWeeklyDue } from './due.ts';
import { notificationOf } from './notification.ts';

/** Minutes are what people set; a laptop that slept notices within one. */
const LOOK_EVERY_MS = MINUTE_MS;
/** So long a digest waits for a sync that is under way, so that it speaks of the night too. */
const WAIT_FOR_SYNC_MS = 20 * MINUTE_MS;

export type DigestRhythm = Pick<Workspace, 'dailyDigest' | 'weeklyDigest' | 'quietHours' | 'timeZone'>;

export interface DigestWatchDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notify: (notification: NativeNotification) => void;
  /** Makes sentences in the company's locale. */
  readonly within: <Result>(work: () => Result) => Result;
  /** Read anew at every look: the founder may change it meanwhile. */
  readonly rhythm: () => DigestRhythm;
  /** Whether facts are being read or computed now. */
  readonly isBusy: () => boolean;
  readonly daily: (days: { from: PlainDay; to: PlainDay }) => Promise<DailyDigestReport>;
  /** The week of a day. */
  readonly weekly: (on: PlainDay) => Promise<WeeklyDigestReport>;
  /** A digest was put into the archive. */
  readonly onKept: () => void;
}

/** When each kind was due last by the settings; a kind that is switched off has none. */
function digestRhythm(now: Instant, rhythm: DigestRhythm): { kind: DigestKind; dueAt: Instant }[] {
  const { dailyDigest, weeklyDigest, timeZone } = rhythm;
  return [
    ...(dailyDigest === null ? [] : [{ kind: 'daily' as const, dueAt: lastDailyDue(now, dailyDigest, timeZone) }]),
    ...(weeklyDigest === null ? [] : [{ kind: 'weekly' as const, dueAt: lastWeeklyDue(now, weeklyDigest, timeZone) }]),
  ];
}

/** Looks once a minute until it is stopped. @returns the way to stop it. */
export function watchDigests(deps: DigestWatchDeps): () => Promise<void> {
  const stop = new AbortController();
  const loop = lookOnAndOn(deps, stop.signal);
  return async () => {
    stop.abort();
    await loop;
  };
}

async function lookOnAndOn(deps: DigestWatchDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await tellWhatIsDue(deps, signal);
    } catch (error) {
      // Boundary: it acts by itself; a full disk must not end it for good.
      if (!signal.aborted) deps.logger.error('A digest that is due could not be told', { error });
    }
    try {
      await deps.clock.sleep(LOOK_EVERY_MS, signal);
    } catch (error) {
      if (!isAppError(error, 'cancelled')) throw error;
    }
  }
}

/**
 * One look. A kind that was switched on since the last look is not told for what was due before; one that is off is
 * forgotten. Whatever was due while the machine slept, or in quiet hours, comes once: as the latest.
 */
async function tellWhatIsDue(deps: DigestWatchDeps, signal: AbortSignal): Promise<void> {
  const { db, clock, isBusy } = deps;
  const now = clock.now();
  const rhythm = deps.rhythm();
  const due = digestRhythm(now, rhythm);
  forgetAllBut(db, due);
  for (const { kind, dueAt } of due) {
    const settledAt = settled(db, kind);
    if (settledAt === null) settle(db, kind, now);
    if (settledAt === null || settledAt >= dueAt) continue;
    if (isQuiet(now, { hours: rhythm.quietHours, zone: rhythm.timeZone })) continue;
    if (isBusy() && now - dueAt < WAIT_FOR_SYNC_MS) continue;
    const report = await reportOf(deps, kind, dayAt(dueAt, rhythm.timeZone));
    if (signal.aborted) return;
    settle(db, kind, now);
    if (!isWanted(report, rhythm)) continue;
    deps.notify(deps.within(() => notificationOf(report)));
    keepDigest(db, report, 'notification', now);
    deps.onKept();
  }
}

/** The day's digest begins with the day before the one on which it was due; the week is that of the day before. */
async function reportOf(
  { daily, weekly, clock, rhythm }: DigestWatchDeps,
  kind: DigestKind,
  dueOn: PlainDay,
): Promise<DigestReport> {
  if (kind === 'weekly') return await weekly(addDays(dueOn, -1));
  return await daily({ from: addDays(dueOn, -1), to: dayAt(clock.now(), rhythm().timeZone) });
}

/** A week is always told: that nothing moved is news. */
function isWanted(report: DigestReport, { dailyDigest }: DigestRhythm): boolean {
  return report.kind === 'weekly' || !report.isQuiet || dailyDigest?.whenQuiet === true;
}

function settled(db: ReadDb, kind: DigestKind): Instant | null {
  const row = db.first(db.build.selectFrom('digest_told').select('settled_at').where('kind', '=', kind));
  return row ? instant(row.settled_at) : null;
}

function settle(db: WriteDb, kind: DigestKind, at: Instant): void {
  db.run(
    db.build
      .insertInto('digest_told')
      .values({ kind, settled_at: at })
      .onConflict((conflict) => conflict.column('kind').doUpdateSet({ settled_at: at })),
  );
}

function forgetAllBut(db: WriteDb, due: readonly { readonly kind: DigestKind }[]): void {
  for (const kind of ['daily', 'weekly'] as const)
    if (!due.some((each) => each.kind === kind) && settled(db, kind) !== null)
      db.run(db.build.deleteFrom('digest_told').where('kind', '=', kind));
}
