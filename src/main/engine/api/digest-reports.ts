/** Digests as they are asked for: by days, by a day of the week, or as one of the archive. */
import type {
  DailyChoice,
  DailyDigestReport,
  DigestChoice,
  DigestReport,
  WeeklyChoice,
  WeeklyDigestReport,
} from '../../../shared/contract/digest.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { archivedDigest, dailyDigest, daysOf, weeklyDigest, weekOf } from '../digest/index.ts';
import type { ReadDb } from '../store/index.ts';
import { fileNameOf } from './print-job.ts';
import { metricsContext } from './metrics-context.ts';
import { readWorkspace } from './workspace-settings.ts';

/** What a digest is computed under. */
export function asked(db: ReadDb, nowMs: number) {
  const workspace = readWorkspace(db);
  return { companyName: workspace.companyName, context: metricsContext(workspace, instant(nowMs)) };
}

/** @throws AppError `not_found` for one of the archive that is none, or is of the other kind. */
export function dailyReport(db: ReadDb, { digestId, ...choice }: DailyChoice, nowMs: number): DailyDigestReport {
  if (digestId !== undefined) {
    const kept = archivedDigest(db, digestId);
    if (kept.kind !== 'daily')
      throw new AppError('not_found', `The digest with the number ${digestId} is that of a week`);
    return kept;
  }
  const { companyName, context } = asked(db, nowMs);
  return dailyDigest(db, daysOf(choice, context.today), companyName, context);
}

/** @throws AppError `not_found` for one of the archive that is none, or is of the other kind. */
export function weeklyReport(db: ReadDb, { digestId, on }: WeeklyChoice, nowMs: number): WeeklyDigestReport {
  if (digestId !== undefined) {
    const kept = archivedDigest(db, digestId);
    if (kept.kind !== 'weekly')
      throw new AppError('not_found', `The digest with the number ${digestId} is that of a day`);
    return kept;
  }
  const { companyName, context } = asked(db, nowMs);
  return weeklyDigest(db, weekOf(on, context.today, context.weekStartsOn), companyName, context);
}

/** The digest of either kind: of a week, `to` is any day of it. */
export function chosenReport(db: ReadDb, { kind, from, to, digestId }: DigestChoice, nowMs: number): DigestReport {
  if (kind === 'daily') return dailyReport(db, { from, to, digestId }, nowMs);
  return weeklyReport(db, { on: to ?? from, digestId }, nowMs);
}

/** @example 'Kestrel Labs daily 2026-11-20' */
export function digestName({ companyName, kind, from, to }: DigestReport): string {
  const days = kind === 'daily' && from !== to ? `${from} to ${to}` : from;
  return `${fileNameOf(companyName)} ${kind} ${days}`;
}
