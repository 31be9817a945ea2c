/** Every call that changes something: each hands its input to the module that does it and says what changed. */
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import { paperOf } from '../../../shared/kernel/paper.ts';
import { actOnAlert, updateRule } from '../alerts/index.ts';
import { reopenMonth, restatementsDue } from '../closing/index.ts';
import { decide, matchAccounts, merge, split, undo } from '../identity/index.ts';
import type { JobQueue, JobSchedule } from '../jobs/index.ts';
import { followCrmFields, removeSegment, restoreSegment, saveSegment } from '../metrics/index.ts';
import { type EnginePorts } from '../runtime/index.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import {
  checkCredentials,
  connectSource,
  disconnectSource,
  rememberSecrets,
  type SignIns,
  type SyncDeps,
} from '../sync/index.ts';
import { annotationCommands } from './annotation-commands.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import { cockpitCommands } from './cockpit-commands.ts';
import { crmFieldCommands } from './crm-field-commands.ts';
import { costCommands } from './cost-commands.ts';
import { digestCommands } from './digest-calls.ts';
import { assertEmpty } from './demo-job.ts';
import { privacyCommands } from './privacy-commands.ts';
import { onboardingCommands } from './onboarding-commands.ts';
import { signInCommands } from './sign-in-commands.ts';
import { sourceUpkeepCommands } from './source-upkeep.ts';
import type { SyncSchedule } from './sync-schedule.ts';
import { fileCommands, type FileSpool } from './file-commands.ts';
import type { JobKinds } from './job-kinds.ts';
import { upkeepCommands, type Upkeep } from './upkeep-commands.ts';
import { usageCommands } from './usage-commands.ts';
import { readWorkspace, writeWorkspace, type WorkspaceChange } from './workspace-settings.ts';
import { systemLocale } from '../wording/index.ts';

export interface CommandDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly sync: SyncDeps;
  readonly queue: JobQueue;
  /** Lets queued jobs run; twice is once. */
  readonly startJobs: () => void;
  readonly schedule: JobSchedule;
  readonly syncSchedule: SyncSchedule;
  readonly changes: ChangeHub;
  readonly kinds: JobKinds;
  readonly files: FileSpool;
  readonly upkeep: Upkeep;
  /** @param onConnected gives the job of a connected source's first sync. */
  readonly openSignIns: (onConnected: (sourceId: number) => number) => SignIns;
}

/** Settings under which stored numbers were computed: changing one computes them again. */
const BASIS: readonly (keyof WorkspaceChange)[] = ['timeZone', 'reportingCurrency', 'policy'];

export function createCommands(deps: CommandDeps): EngineCalls['commands'] {
  const { db, clock, sync, changes, kinds } = deps;
  const enqueue: JobQueue['enqueue'] = (kind, payload) => {
    const job = deps.queue.enqueue(kind, payload);
    deps.startJobs();
    return job;
  };
  // A cost of a closed month restates it.
  const costsChanged = () => void (restatementsDue(db) && enqueue(kinds.recompute, {}));
  const firstSync = (sourceId: number): number => {
    const workspace = readWorkspace(db);
    if (workspace.onboardedAt === null) writeWorkspace(db, { onboardedAt: clock.now() });
    keepSchedule(deps);
    const { jobId } = enqueue(kinds.sync, { sourceIds: [sourceId], full: false });
    changes.publish('sources', 'workspace');
    return jobId;
  };
  return {
    'workspace.update': (change) => {
      const before = readWorkspace(db);
      const after = writeWorkspace(db, change);
      changes.publish('workspace');
      keepBackups(deps);
      if (before.closeOnDay !== after.closeOnDay) keepSchedule(deps);
      if (before.syncEveryMinutes !== after.syncEveryMinutes) deps.syncSchedule.look();
      if (after.closeOnDay !== null && before.closeOnDay !== after.closeOnDay) enqueue(kinds.close, WHAT_IS_DUE);
      if (BASIS.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])))
        enqueue(kinds.recompute, {});
      return after;
    },
    ...upkeepCommands(deps, enqueue),
    'workspace.backUp': () => ({ jobId: enqueue(kinds.backup, { reason: 'manual' }).jobId }),
    'workspace.startDemo': () => {
      assertEmpty(db);
      return { jobId: enqueue(kinds.demo, {}).jobId };
    },
    ...onboardingCommands(deps),
    'sources.check': async ({ vendor, config, secrets }, signal) => {
      const report = await checkCredentials(sync, vendor, config, secrets, signal);
      return {
        ...report,
        currency: report.currency ?? null,
        missingScopes: [...report.missingScopes],
        warnings: [...report.warnings],
      };
    },
    'sources.connect': async (connection) => {
      const { sourceId } = await connectSource(sync, connection);
      return { sourceId: sourceId as SourceId, jobId: firstSync(sourceId) };
    },
    ...signInCommands(deps.openSignIns(firstSync)),
    'sources.sync': ({ sourceIds, full }) => ({
      jobId: enqueue(kinds.sync, { sourceIds: sourceIds ? [...sourceIds] : null, full }).jobId,
    }),
    'sources.disconnect': async ({ sourceId, deleteData }) => {
      await stopJobs(deps);
      if (!deleteData) rememberSecrets(sync, sourceId);
      disconnectSource(sync, sourceId, { deleteData });
      if (deleteData) enqueue(kinds.recompute, {});
      keepSchedule(deps);
      changes.publish('sources');
      return { done: true };
    },
    ...sourceUpkeepCommands({ ...deps, enqueue, onConnected: () => keepSchedule(deps) }),
    'sources.retryQuarantined': (choice) => ({ jobId: enqueue(kinds.retry, choice).jobId }),
    'sources.retry': () => ({ jobId: enqueue(kinds.renormalise, { onlyStale: false }).jobId }),
    'identity.decide': (request) => {
      const decisionId = decide(db, clock.now(), request);
      changes.publish('identity');
      if (followCrmFields(db)) changes.publish('ledger');
      return { decisionId };
    },
    'identity.merge': ({ customerIds, into }) => {
      const decisionIds = merge(db, clock.now(), customerIds, into);
      changes.publish('identity');
      enqueue(kinds.recompute, {});
      return { decisionIds };
    },
    'identity.split': ({ sourceId, recordId }) => {
      const made = split(db, clock.now(), sourceId, recordId);
      changes.publish('identity');
      enqueue(kinds.recompute, {});
      return { decisionId: made.decisionId, customerId: made.customerId as CustomerId };
    },
    'identity.undo': ({ decisionIds }) => {
      const touchesLedger = undo(db, clock.now(), decisionIds);
      // What is open again may be suggested again.
      matchAccounts(db, clock.now());
      changes.publish('identity');
      if (touchesLedger) enqueue(kinds.recompute, {});
      if (followCrmFields(db)) changes.publish('ledger');
      return { done: true };
    },
    ...crmFieldCommands(deps, enqueue),
    'closing.close': (request) => ({ jobId: enqueue(kinds.close, request).jobId }),
    'closing.reopen': ({ month, reason }) => {
      reopenMonth(db, month, reason, clock.now());
      changes.publish('closing');
      return { done: true };
    },
    ...usageCommands(deps, (sourceId) => enqueue(kinds.sync, { sourceIds: [sourceId], full: false }).jobId),
    ...privacyCommands(deps, enqueue),
    ...costCommands(deps, costsChanged),
    ...digestCommands(deps, enqueue),
    ...fileCommands(deps, enqueue),
    ...annotationCommands(deps),
    ...cockpitCommands(deps),
    'segments.save': (change) => {
      const segment = saveSegment(db, change, clock.now());
      changes.publish('segments');
      return segment;
    },
    'segments.remove': ({ segmentId }) => {
      const segment = removeSegment(db, segmentId, clock.now());
      changes.publish('segments');
      return segment;
    },
    'segments.restore': ({ segmentId }) => {
      const segment = restoreSegment(db, segmentId);
      changes.publish('segments');
      return segment;
    },
    'alerts.act': (action) => {
      const alert = actOnAlert(db, action, clock.now());
      changes.publish('alerts');
      return alert;
    },
    'alerts.updateRule': (change) => {
      const rule = updateRule(db, change);
      changes.publish('alerts');
      return rule;
    },
    'reports.printBoard': (request) => {
      const { paperSize, locale } = readWorkspace(db);
      const format = request.format ?? paperOf(paperSize, locale ?? systemLocale());
      return { jobId: enqueue(kinds.print, { ...request, format }).jobId };
    },
  };
}

const SYNC_SCHEDULE = 'sync';
const CLOSE_SCHEDULE = 'close';
const WHAT_IS_DUE = { month: null, through: false, acceptGaps: false };
/** How often it is looked whether a month is due: a day that was missed is made up for within it. */
const CLOSE_EVERY_MINUTES = 30;

const BACKUP_SCHEDULE = 'backup';
const DAY_MINUTES = 1_440;

/** A backup a day while Vario is open; one that fell due meanwhile is made at the next start. */
export function keepBackups({ db, schedule, kinds }: Pick<CommandDeps, 'db' | 'schedule' | 'kinds'>): void {
  if (readWorkspace(db).dailyBackups > 0)
    schedule.set(BACKUP_SCHEDULE, kinds.backup, { reason: 'scheduled' }, DAY_MINUTES);
  else schedule.remove(BACKUP_SCHEDULE);
}

/** Whether any source is connected, also one that rests. */
export function isConnected(db: ReadDb): boolean {
  return db.first(db.build.selectFrom('source').select('source_id').where('state', '<>', 'disconnected')) !== undefined;
}

/** Looks for months that are due to be closed, while anything is connected. Syncs have a schedule of their own. */
export function keepSchedule({ db, schedule, kinds }: Pick<CommandDeps, 'db' | 'schedule' | 'kinds'>): void {
  // Databases of before have it here.
  schedule.remove(SYNC_SCHEDULE);
  if (isConnected(db) && readWorkspace(db).closeOnDay !== null)
    schedule.set(CLOSE_SCHEDULE, kinds.close, WHAT_IS_DUE, CLOSE_EVERY_MINUTES);
  else schedule.remove(CLOSE_SCHEDULE);
}

/** Cancels whatever reads or writes the sources' data, and waits for its end. */
async function stopJobs({ queue, startJobs }: CommandDeps): Promise<void> {
  // What a crash left as running has no end before the queue has looked at it.
  startJobs();
  const busy = queue.list(100).filter(({ state }) => state === 'queued' || state === 'running');
  for (const { jobId } of busy) queue.cancel(jobId);
  await Promise.all(busy.map(({ jobId }) => queue.ended(jobId)));
}
