/** The calls of targets and digests. */
import { paperOf } from '../../../shared/kernel/paper.ts';
import { keepDigest, listDigests, markdownOf, targetTrajectories } from '../digest/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { QueryContext, WriteDb } from '../store/index.ts';
import { listTargetEdits, listTargets, removeTarget, saveTarget, undoTargetEdit } from '../targets/index.ts';
import { systemLocale } from '../wording/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { QueryName, QueryTable } from './call-types.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';
import { readWorkspace } from './workspace-settings.ts';
import { asked, chosenReport, dailyReport, digestName, weeklyReport } from './digest-reports.ts';

type DigestQuery = Extract<QueryName, `digests.${string}` | `targets.${string}`>;

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
    'digests.print': (request) => {
      const { paperSize, locale } = readWorkspace(db);
      const format = request.format ?? paperOf(paperSize, locale ?? systemLocale());
      return { jobId: enqueue(kinds.printDigest, { ...request, format }).jobId };
    },
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
