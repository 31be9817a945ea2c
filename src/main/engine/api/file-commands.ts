/** The commands on files: pieces are stored at once, everything longer is a job. */
import { FILE_PIECE_BYTES } from '../../../shared/contract/files.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import {
  appendPiece,
  beginUpload,
  discardUpload,
  dropForgotten,
  forgetMapping,
  recallMapping,
  SPOOL_KEY_BYTES,
  uploadOf,
} from '../files/index.ts';
import type { JobQueue } from '../jobs/index.ts';
import type { EnginePorts, RandomSource } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { EngineCalls } from './call-context.ts';
import type { ChangeHub } from './change-hub.ts';
import type { JobKinds } from './job-kinds.ts';

type FileCommands = Pick<EngineCalls['commands'], Extract<keyof EngineCalls['commands'], `files.${string}`>>;

/** Where files are kept that are handed over in pieces, and what their keys are made of. */
export interface FileSpool {
  readonly folder: string;
  readonly random: RandomSource;
}

export interface FileCommandDeps {
  readonly db: WriteDb;
  readonly clock: EnginePorts['clock'];
  readonly changes: ChangeHub;
  readonly kinds: JobKinds;
  readonly files: FileSpool;
}

export function fileCommands(
  { db, clock, changes, kinds, files: { folder, random } }: FileCommandDeps,
  enqueue: JobQueue['enqueue'],
): FileCommands {
  const spool = { db, folder };
  return {
    'files.begin': (file) => {
      dropForgotten(spool, clock.now());
      const uploadId = beginUpload(spool, file, random.bytes(SPOOL_KEY_BYTES), clock.now());
      changes.publish('files');
      return { uploadId, pieceBytes: FILE_PIECE_BYTES };
    },
    'files.append': ({ uploadId, offset, base64 }) => ({ received: appendPiece(spool, uploadId, offset, base64) }),
    'files.read': (request) => {
      const { state, name, received, bytes } = uploadOf(db, folder, request.uploadId);
      if (state === 'receiving')
        throw new AppError('conflict', `“${name}” has not arrived whole: ${received} of ${bytes} bytes are here`);
      const { jobId } = enqueue(kinds.fileRead, request);
      changes.publish('files');
      return { jobId };
    },
    'files.discard': ({ uploadId }) => {
      discardUpload(spool, uploadId);
      changes.publish('files');
      return { done: true };
    },
    'files.dryRun': (request) => ({ jobId: enqueue(kinds.fileDryRun, request).jobId }),
    'files.import': (request) => {
      const { jobId } = enqueue(kinds.fileImport, request);
      changes.publish('files');
      return { jobId };
    },
    'files.undo': (request) => ({ jobId: enqueue(kinds.fileUndo, request).jobId }),
    'files.forgetMapping': ({ mappingId }) => {
      const result = forgetMapping(db, mappingId, clock.now());
      changes.publish('files');
      return result;
    },
    'files.recallMapping': ({ mappingId }) => {
      const result = recallMapping(db, mappingId);
      changes.publish('files');
      return result;
    },
  };
}
