/** The demo company's survey: a file that is handed over, read through and imported like any other. */
import { FILE_PIECE_BYTES } from '../../../shared/contract/files.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import {
  appendPiece,
  beginUpload,
  importFile,
  markReading,
  preview,
  readThrough,
  SPOOL_KEY_BYTES,
  storeReading,
  uploadOf,
} from '../files/index.ts';
import type { JobContext } from '../jobs/index.ts';
import type { DemoVendors } from '../runtime/index.ts';
import type { SyncDeps } from '../sync/index.ts';
import type { FileJobDeps } from './file-jobs.ts';
import { readWorkspace } from './workspace-settings.ts';

/** @throws AppError `internal` where the file is none that Vario can read by itself. */
export async function importDemoSurvey(
  { db, clock, random }: SyncDeps,
  { openThread, folder }: Omit<FileJobDeps, 'pipeline'>,
  { progress, signal }: Pick<JobContext<unknown>, 'progress' | 'signal'>,
  { file, text }: DemoVendors['survey'],
): Promise<void> {
  const bytes = Buffer.from(text);
  const spool = { db, folder };
  const uploadId = beginUpload(spool, { name: file, bytes: bytes.length }, random.bytes(SPOOL_KEY_BYTES), clock.now());
  for (let at = 0; at < bytes.length; at += FILE_PIECE_BYTES)
    appendPiece(spool, uploadId, at, bytes.subarray(at, at + FILE_PIECE_BYTES).toString('base64'));
  markReading(db, uploadId, {});
  const { place } = uploadOf(db, folder, uploadId);
  storeReading(db, uploadId, await readThrough(openThread, place, {}, () => undefined, signal));
  const { timeZone: zone } = readWorkspace(db);
  const { mapping, ready } = preview(db, { uploadId, kind: 'nps', limit: 1 }, zone);
  if (!ready) throw new AppError('internal', 'The demo company’s survey cannot be read without a person’s help');
  const onProgress = (step: string, done: number | null, total: number | null) => progress({ step, done, total });
  await importFile({ db, clock, openThread, folder, zone, signal, onProgress }, uploadId, mapping);
}
