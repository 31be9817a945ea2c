/** The calls of targets and digests. */
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
import {
  archivedDigest,
  dailyDigest,
  daysOf,
  keepDigest,
  listDigests,
  markdownOf,
  targetTrajectories,
  weeklyDigest,
  weekOf,
} from '../digest/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { QueryContext, ReadDb, WriteDb } from '../store/index.ts';
import { listTargetEdits, listTargets, removeTarget, saveTarget, undoTargetEdit } from '../targets/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { QueryName, QueryTable } from './call-types.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';
import { metricsContext } from './metrics-context.ts';
import { readWorkspace } from './workspace-settings.ts';

type DigestQuery = Extract<QueryName, `digests.${string}` | `targets.${string}`>;

function asked(db: ReadDb, nowMs: number) {
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

/** A name that every file system takes. */
function fileNameOf(name: string): string {
  return (
    name
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .slice(0, 80) || 'Company'
  );
}

export const DIGEST_QUERIES: Pick<QueryTable, DigestQuery> = {
  'digests.daily': (db, input, { nowMs }: QueryContext) => dailyReport(db, input, nowMs),
  'digests.weekly': (db, input, { nowMs }) => weeklyReport(db, input, nowMs),
  'digests.markdown': (db, input, { nowMs }) => {
    const report = chosenReport(db, input, nowMs);
    return { fileName: `${digestName(report)}.md`, text: markdownOf(report), from: report.from, to: report.to };
  },
  'digests.archive': (db) => listDigests(db),
  'targets.list': (db, _input, { nowMs }) => listTargets(db, asked(db, nowMs).context.currency),
  'targets.trajectories': (db, { asOf }, { nowMs }) => {
    const { context } = asked(db, nowMs);
    return targetTrajectories(db, asOf ?? context.today, context);
  },
  'targets.edits': (db) => listTargetEdits(db),
};

export interface DigestCommandDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly changes: Pick<ChangeHub, 'publish'>;
  readonly kinds: Pick<JobKinds, 'printDigest'>;
}

type DigestCommands = Pick<
  EngineCalls['commands'],
  'digests.keep' | 'digests.print' | 'targets.save' | 'targets.remove' | 'targets.undo'
>;

export function digestCommands(
  { db, clock, changes, kinds }: DigestCommandDeps,
  enqueue: JobQueue['enqueue'],
): DigestCommands {
  return {
    'digests.keep': (choice) => {
      const kept = keepDigest(db, chosenReport(db, choice, clock.now()), 'markdown', clock.now());
      changes.publish('reports');
      return kept;
    },
    'digests.print': (request) => ({ jobId: enqueue(kinds.printDigest, request).jobId }),
    'targets.save': (change) => {
      const saved = saveTarget(db, change, clock.now());
      changes.publish('targets');
      return saved;
    },
    'targets.remove': ({ targetId }) => {
      const removed = removeTarget(db, targetId, clock.now());
      changes.publish('targets');
      return removed;
    },
    'targets.undo': ({ editId }) => {
      undoTargetEdit(db, editId, clock.now());
      changes.publish('targets');
      return { done: true };
    },
  };
}
