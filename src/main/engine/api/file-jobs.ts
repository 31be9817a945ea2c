/** The jobs on files: reading one through, trying it, importing it, taking an import back. */
import { z } from 'zod';
import { FileMappingSchema, ReadSettingsSchema, type ImportReport } from '../../../shared/contract/files.ts';
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import {
  dryRun,
  importCostFile,
  importFile,
  markReading,
  readThrough,
  storeProblem,
  storeReading,
  takeBack,
  takeCostsBack,
  unfinishedImport,
  uploadOf,
  type ImportDeps,
  type OpenFileThread,
} from '../files/index.ts';
import { matchAccounts } from '../identity/index.ts';
import { defineJob, type JobContext } from '../jobs/index.ts';
import { seedRates } from '../sync/index.ts';
import { bringUpToDate, type PipelineDeps, type PipelineResult } from './pipeline.ts';
import { readWorkspace, writeWorkspace } from './workspace-settings.ts';

export interface FileJobDeps {
  readonly pipeline: PipelineDeps;
  readonly openThread: OpenFileThread;
  /** The folder of files that are handed over in pieces. */
  readonly folder: string;
}

const ReadPayload = z.object({ uploadId: z.number().int(), settings: ReadSettingsSchema });
const ImportPayload = z.object({ uploadId: z.number().int(), mapping: FileMappingSchema });
const UndoPayload = z.object({ importId: z.number().int() });

/** Reading and trying write nothing that others read: they may run beside a sync. */
const ONE_FILE = 'file';

export function defineFileJobs(deps: FileJobDeps) {
  const { pipeline, openThread, folder } = deps;
  const { db, clock, changes } = pipeline;
  const runOf = ({ progress, signal }: Pick<JobContext<unknown>, 'progress' | 'signal'>): ImportDeps => ({
    db,
    clock,
    openThread,
    folder,
    zone: readWorkspace(db).timeZone,
    signal,
    onProgress: (step, done, total) => progress({ step, done, total }),
  });

  const read = defineJob<z.output<typeof ReadPayload>, { readonly uploadId: number }>({
    kind: 'file_read',
    payload: ReadPayload,
    title: () => 'Read a file',
    exclusive: () => ONE_FILE,
    resumable: true,
    async run({ payload: { uploadId, settings }, progress, signal }) {
      const { place, name } = uploadOf(db, folder, uploadId);
      markReading(db, uploadId, settings);
      changes.publish('files');
      try {
        const onProgress = ({ read: done, size }: { read: number; size: number }) =>
          progress({ step: `Reading ${name}`, done, total: size });
        storeReading(db, uploadId, await readThrough(openThread, place, settings, onProgress, signal));
      } catch (error) {
        storeProblem(db, uploadId, isAppError(error) ? error.message : 'The file cannot be read');
        throw error;
      } finally {
        changes.publish('files');
      }
      return { uploadId };
    },
  });

  const attempt = defineJob<z.output<typeof ImportPayload>, ImportReport>({
    kind: 'file_dry_run',
    payload: ImportPayload,
    title: () => 'Try a file',
    exclusive: () => ONE_FILE,
    resumable: true,
    run: ({ payload: { uploadId, mapping }, ...context }) =>
      mapping.kind === 'costs'
        ? importCostFile(runOf(context), uploadId, mapping, true)
        : dryRun(runOf(context), uploadId, mapping),
  });

  const bring = defineJob<z.output<typeof ImportPayload>, ImportReport & PipelineResult>({
    kind: 'file_import',
    payload: ImportPayload,
    title: () => 'Import a file',
    exclusive: () => 'sync',
    resumable: true,
    async run({ payload: { uploadId, mapping }, ...context }) {
      const { progress, signal } = context;
      const run = runOf(context);
      try {
        if (unfinishedImport(db, uploadId)?.isLeaving === true)
          throw new AppError('cancelled', 'The import was cancelled before Vario ended');
        const report =
          mapping.kind === 'costs'
            ? await importCostFile(run, uploadId, mapping, false)
            : await importFile(run, uploadId, mapping);
        return { ...report, ...(await follow(progress, signal)) };
      } catch (error) {
        // An engine that closes goes on at its next start; whoever cancels, or is refused, is left with nothing.
        const left = isClosing(signal) ? null : unfinishedImport(db, uploadId);
        if (left) {
          await takeBack(run, left.importId);
          await follow(progress, new AbortController().signal);
        }
        throw signal.aborted && !isClosing(signal)
          ? new AppError('cancelled', 'The import was cancelled; nothing of it stays', { cause: error })
          : error;
      } finally {
        changes.publish('files');
      }
    },
  });

  const undo = defineJob<z.output<typeof UndoPayload>, { readonly rows: number } & PipelineResult>({
    kind: 'file_undo',
    payload: UndoPayload,
    title: () => 'Take an import back',
    exclusive: () => 'sync',
    resumable: true,
    async run({ payload: { importId }, ...context }) {
      const { progress, signal } = context;
      const rows = takeCostsBack(db, importId, clock.now()) ? 0 : (await takeBack(runOf(context), importId)).rows;
      return { rows, ...(await follow(progress, signal)) };
    },
  });

  /** What stands behind changed rows: rates of new currencies, links to customers, the ledger, alerts. */
  async function follow(progress: JobContext<unknown>['progress'], signal: AbortSignal): Promise<PipelineResult> {
    if (readWorkspace(db).onboardedAt === null) {
      writeWorkspace(db, { onboardedAt: clock.now() });
      changes.publish('workspace');
    }
    seedRates(db);
    matchAccounts(db, clock.now());
    changes.publish('files', 'sources', 'costs', 'identity');
    const result = await bringUpToDate(pipeline, progress, signal);
    changes.publish('ledger');
    return result;
  }

  return { fileRead: read, fileDryRun: attempt, fileImport: bring, fileUndo: undo };
}

function isClosing({ aborted, reason }: AbortSignal): boolean {
  return aborted && isAppError(reason) && reason.details['closing'] === true;
}
