/** Puts the engine together over one data directory, and takes it apart again. */
import { dirname, join } from 'node:path';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { watchTime } from '../alerts/index.ts';
import { verifyCloses, type CloseVerification } from '../closing/index.ts';
import { beginInPlace, spoolFolder, type FileReadingCalls } from '../files/index.ts';
import { createJobQueue, createJobSchedule, type Job } from '../jobs/index.ts';
import { verify, type Verification } from '../metrics/index.ts';
import { keepHeapSmall, type EnginePorts, type Logger, type NativeNotification } from '../runtime/index.ts';
import {
  openReaderPool,
  openStore,
  spareReaderThreads,
  type Backup,
  type Integrity,
  type ReaderPool,
  type SpareThreads,
  type Store,
} from '../store/index.ts';
import { createSignIns, hasStaleRecords, type SignIns, type SyncDeps } from '../sync/index.ts';
import { createContactLog, type BuildStamp } from '../diagnostics/index.ts';
import { createBroadcast } from './broadcast.ts';
import { tellDigests } from './digest-watch.ts';
import { askOfToday } from './catch-up.ts';
import type { EngineCalls } from './call-context.ts';
import type { QueryTable } from './call-types.ts';
import type { Derivations } from './derivations.ts';
import { createChangeHub } from './change-hub.ts';
import { compactWhenDue } from './compact.ts';
import { type CommandDeps, createCommands, isConnected, keepBackups, keepSchedule } from './commands.ts';
import { defineJobKinds } from './job-kinds.ts';
import { closingThreads } from './closing-thread.ts';
import { derivingThreads } from './deriving-threads.ts';
import { metricsContext } from './metrics-context.ts';
import { lookForAlerts, type PipelineDeps } from './pipeline.ts';
import { createSyncSchedule } from './sync-schedule.ts';
import { worded } from './worded.ts';
import { systemLocale } from '../wording/index.ts';
import { readWorkspace } from './workspace-settings.ts';

export interface EngineOptions {
  /** Names this engine to a second one that finds the data directory in use: `vario serve`. */
  readonly program: string;
  /** The program's own version: what is frozen says which one computed it. */
  readonly version?: string;
  /** What the build was made from; default: not known. */
  readonly build?: BuildStamp;
  /** Folder of the log; default: `logs` beside the database. */
  readonly logDir?: string;
  /**
   * Whether to work by itself: sync every n minutes, and take up jobs that an end cut off; default true.
   * A one-shot command does neither before it queues a job of its own.
   */
  readonly worksByItself?: boolean;
  /** Reader threads that have their code already, as `loadReaders` starts them. */
  readonly spareReaders?: SpareThreads | undefined;
}

export interface Engine {
  readonly calls: EngineCalls;
  /** Reads every page of the database. */
  checkIntegrity(): Integrity;
  /** Computes the whole ledger anew from the stored facts, in memory, and compares. Blocks while it works. */
  verifyLedger(): Verification;
  /** Holds every close against its seal. */
  verifyCloses(): CloseVerification;
  /** Writes an encrypted backup and proves it by reading it back. */
  backup(): Backup;
  /** Takes a file of this computer to be read where it lies. @returns its upload, as `files.begin` gives one. */
  takeFile(path: string, name: string): number;
  /** Ends streams, stops jobs at their next safe point, closes the database. Twice is once. */
  close(): Promise<void>;
}

/** How many queries run at once: a page of the cockpit asks several, and one slow one must not hold up the rest. */
const READER_THREADS = 2;
/** A command asks one thing after the other; a thread takes some fifty megabytes. */
const READER_THREADS_OF_A_COMMAND = 1;

/** A command that syncs and computes asks nothing for minutes: the memory of its thread is better used by those that compute. */
const READER_OF_A_COMMAND_PARKS_AFTER_MS = 3_000;

/** The questions of a page come within a second of each other. */
const PREPARING_AFTER_MS = 1_000;
/** What is prepared takes some fifty megabytes a thread with a hundred thousand customers: the whole stays below 500. */
const PREPARING_BELOW = 400 * 2 ** 20;

/**
 * What the first page asks for anyway, and each thread needs some tenths of a second to gather on a large database: it
 * does so while the window is still on its way.
 */
function gatherFigures(reader: ReaderPool<QueryTable>, today: PlainDay, logger: Logger): void {
  const ask = () => reader.run('metrics.snapshot', { asOf: today });
  Promise.all(Array.from({ length: READER_THREADS }, ask)).catch((error: unknown) =>
    // Whoever asks next is told by the answer.
    logger.debug('The first figures were not gathered', { error }),
  );
}

/** Starts loading the code of the threads that an engine with these options needs, while its key is still on the way. */
export function loadReaders(url: URL, { worksByItself = true }: Pick<EngineOptions, 'worksByItself'>): SpareThreads {
  return spareReaderThreads(url, worksByItself ? READER_THREADS : READER_THREADS_OF_A_COMMAND);
}

/**
 * Opens the store and starts the engine. The key is overwritten with zeros
 * once the connections are open, also when opening fails.
 * @throws AppError of the store: `auth_failed`, `conflict`, `storage_failed`.
 */
export async function createEngine(ports: EnginePorts, options: EngineOptions): Promise<Engine> {
  const { clock, logger } = ports;
  const { file, key } = ports.store;
  keepHeapSmall();
  try {
    const backupDir = join(dirname(file), 'backups');
    const store = openStore({ file, key, program: options.program, backupDir, clock, logger });
    try {
      const url = ports.readerWorkerUrl;
      const size = (options.worksByItself ?? true) ? READER_THREADS : READER_THREADS_OF_A_COMMAND;
      const preparing = { afterMs: PREPARING_AFTER_MS, hasRoom: () => process.memoryUsage.rss() < PREPARING_BELOW };
      const pool = { url, file, key, clock, logger, size, spare: options.spareReaders };
      const manner = size > 1 ? { preparing } : { parkAfterMs: READER_OF_A_COMMAND_PARKS_AFTER_MS };
      const reader = await openReaderPool<QueryTable>({ ...pool, ...manner });
      return compose(ports, options, store, reader);
    } catch (error) {
      store.close();
      throw error;
    }
  } finally {
    key.fill(0);
  }
}

function compose(
  ports: EnginePorts,
  { worksByItself = true, version = 'unversioned', build = { commit: null, builtAt: null }, logDir }: EngineOptions,
  store: Store,
  reader: ReaderPool<QueryTable>,
): Engine {
  const { clock, random, logger } = ports;
  const { db } = store;
  const contacts = createContactLog({ db, clock, logger, zone: () => readWorkspace(db).timeZone }, ports.http);
  const { http } = contacts;
  const changes = createChangeHub();
  const jobEvents = createBroadcast<Job>();
  const notifications = createBroadcast<NativeNotification>();
  const notify = (notification: NativeNotification) => {
    ports.notify(notification);
    notifications.send(notification);
  };
  const sync: SyncDeps = { db, clock, random, http, logger };
  const compact = (onStart: () => void) => compactWhenDue(store, reader, logger, onStart);
  const threads = { openThreads: derivingThreads(reader), openClosing: closingThreads(reader) };
  const pipeline: PipelineDeps = { db, clock, changes, notify, runningSince: clock.now(), ...threads, compact };
  const folder = spoolFolder(ports.store.file);
  const kinds = defineJobKinds(
    ports,
    sync,
    pipeline,
    version,
    (reason, choice) => store.backup(reason, choice),
    {
      openThread: () => reader.openDeriving<FileReadingCalls>(1),
      folder,
    },
    {
      db,
      clock,
      documentsDir: ports.documentsDir,
      systemLocale: systemLocale(),
      openThread: () => reader.openDeriving<Derivations>(1),
      compactNow: () => compactWhenDue({ ...store, isCompactionDue: () => true }, reader, logger),
    },
  );
  const within = <Result>(work: () => Result): Result => worded(db, work);
  const queue = createJobQueue({ db, clock, logger, kinds: Object.values(kinds), within });
  const schedule = createJobSchedule({ db, clock, random, logger, queue });
  const unwatch = queue.watch((job) => jobEvents.send(job));
  const syncSchedule = createSyncSchedule({ sync, queue, kinds, onTime: () => lookForAlerts(pipeline) });
  keepSchedule({ db, schedule, kinds });
  keepBackups({ db, schedule, kinds });
  let unwatchTime: () => Promise<void> = () => Promise.resolve();
  let unwatchDigests: () => Promise<void> = () => Promise.resolve();
  let jobsStarted = false;
  const startJobs = () => {
    if (!jobsStarted) queue.start();
    jobsStarted = true;
  };
  if (worksByItself) {
    // Days have passed, or the rules are a newer version's: what is due is computed without waiting for a sync.
    if (isConnected(db)) queue.enqueue(kinds.recompute, {});
    if (hasStaleRecords(sync)) queue.enqueue(kinds.renormalise, { onlyStale: true });
    startJobs();
    schedule.start();
    syncSchedule.start();
    unwatchTime = watchTime({
      db,
      clock,
      logger,
      notify,
      quiet: () => {
        const { quietHours: hours, timeZone: zone } = readWorkspace(db);
        return { hours, zone };
      },
      onWoken: () => changes.publish('alerts'),
      within,
    });
    unwatchDigests = tellDigests({ db, clock, logger, notify, queue, changes, ask: reader.run, within });
  }
  if (worksByItself && isConnected(db))
    gatherFigures(reader, metricsContext(readWorkspace(db), clock.now()).today, logger);
  logger.info('Engine started', { schema: store.schemaVersion, afterCrash: store.afterCrash });

  let signIns: SignIns | null = null;
  const openSignIns: CommandDeps['openSignIns'] = (onConnected) => (signIns = createSignIns(sync, onConnected));
  let closing: Promise<void> | null = null;
  const close = async () => {
    const locked = new AppError('locked', 'The database was locked');
    await signIns?.close();
    await unwatchTime();
    await unwatchDigests();
    await syncSchedule.stop();
    await schedule.stop();
    await queue.stop();
    contacts.close();
    unwatch();
    changes.close(locked);
    jobEvents.end(locked);
    notifications.end(locked);
    await reader.close();
    store.close();
    logger.info('Engine closed');
  };
  const ask = worksByItself ? reader.run : askOfToday(db, clock, reader.run);
  return {
    calls: {
      ask,
      commands: createCommands({
        db,
        clock,
        sync,
        queue,
        startJobs,
        schedule,
        syncSchedule,
        changes,
        kinds,
        files: { folder, random },
        upkeep: {
          version,
          build,
          databaseFile: ports.store.file,
          documentsDir: ports.documentsDir,
          logDir: logDir ?? join(dirname(ports.store.file), 'logs'),
          uploadDir: folder,
          notify,
          ask,
        },
        openSignIns,
      }),
      worded: within,
      jobs: queue,
      changes,
      jobEvents,
      notifications,
    },
    checkIntegrity: () => store.checkIntegrity(),
    verifyCloses: () => verifyCloses(db),
    verifyLedger: () => verify(db, metricsContext(readWorkspace(db), clock.now())),
    backup: () => store.backup('manual'),
    takeFile: (path, name) => beginInPlace({ db, folder }, path, name, clock.now()),
    close: () => (closing ??= close()),
  };
}
