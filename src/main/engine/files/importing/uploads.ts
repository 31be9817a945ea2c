/** Files that were handed over: received in pieces, read through, waiting to be imported. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { FileUpload, ReadSettings } from '../../../../shared/contract/files.ts';
import { FILE_PIECE_BYTES } from '../../../../shared/contract/files.ts';
import { DAY_MS, instant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import { suggestions } from '../mapping/suggest.ts';
import { openBytes, removeSpooled, SPOOL_KEY_BYTES, spoolFile, spoolPiece, type FilePlace } from '../reading/place.ts';
import type { FileReading } from '../thread/index.ts';

export interface StoredUpload {
  readonly uploadId: number;
  readonly name: string;
  readonly bytes: number;
  readonly received: number;
  readonly state: FileUpload['state'];
  readonly place: FilePlace;
  readonly isSpooled: boolean;
  readonly settings: ReadSettings;
  readonly reading: FileReading | null;
  readonly problem: string | null;
}

export interface UploadDeps {
  readonly db: WriteDb;
  /** The folder of spooled files. */
  readonly folder: string;
}

/** A place for a file of so many bytes; `key` encrypts it. */
export function beginUpload(
  { db }: UploadDeps,
  file: { readonly name: string; readonly bytes: number },
  key: Uint8Array,
  now: Instant,
): number {
  if (key.length !== SPOOL_KEY_BYTES) throw new AppError('internal', 'A spooled file needs a key of 32 bytes');
  return db.run(
    db.build.insertInto('file_upload').values({
      name: file.name,
      bytes: file.bytes,
      received: 0,
      spool_key: key,
      state: file.bytes === 0 ? 'received' : 'receiving',
      settings: '{}',
      begun_at: now,
    }),
  ).lastId;
}

/** What nobody came back to for a week is removed. */
const FORGOTTEN_AFTER_MS = 7 * DAY_MS;

/** Removes files that were handed over and left behind. */
export function dropForgotten(deps: UploadDeps, now: Instant): void {
  const old = deps.db.all(
    deps.db.build
      .selectFrom('file_upload')
      .select('upload_id')
      .where('begun_at', '<', now - FORGOTTEN_AFTER_MS)
      .where('upload_id', 'not in', (query) =>
        query
          .selectFrom('file_import')
          .select('upload_id')
          .where('upload_id', 'is not', null)
          .$castTo<{ upload_id: number }>(),
      ),
  );
  for (const { upload_id } of old) dropUpload(deps, upload_id);
}

/** A file that is read where it lies. @throws AppError `not_found`, `invalid_input` where it is none. */
export function beginInPlace({ db }: UploadDeps, path: string, name: string, now: Instant): number {
  const bytes = openBytes({ path, key: null });
  const { size } = bytes;
  bytes.close();
  return db.run(
    db.build
      .insertInto('file_upload')
      .values({ name, bytes: size, received: size, path, state: 'received', settings: '{}', begun_at: now }),
  ).lastId;
}

/** @returns bytes received by now. @throws AppError `conflict` for a piece out of order, `invalid_input` for one too many. */
export function appendPiece(deps: UploadDeps, uploadId: number, offset: number, base64: string): number {
  const upload = uploadOf(deps.db, deps.folder, uploadId);
  const piece = Buffer.from(base64, 'base64');
  if (upload.state !== 'receiving' || offset !== upload.received)
    throw new AppError('conflict', `The next piece of “${upload.name}” begins at byte ${upload.received}`, {
      details: { received: upload.received },
    });
  const received = offset + piece.length;
  const isLast = received === upload.bytes;
  if (received > upload.bytes || piece.length === 0 || (!isLast && piece.length !== FILE_PIECE_BYTES))
    throw new AppError(
      'invalid_input',
      `“${upload.name}” was said to have ${upload.bytes} bytes, in pieces of ${FILE_PIECE_BYTES}`,
    );
  spoolPiece(upload.place, offset, piece);
  deps.db.run(
    deps.db.build
      .updateTable('file_upload')
      .set({ received, state: isLast ? 'received' : 'receiving' })
      .where('upload_id', '=', uploadId),
  );
  return received;
}

export function markReading(db: WriteDb, uploadId: number, settings: ReadSettings): void {
  db.run(
    db.build
      .updateTable('file_upload')
      .set({ state: 'reading', problem: null, settings: JSON.stringify(settings) })
      .where('upload_id', '=', uploadId),
  );
}

export function storeReading(db: WriteDb, uploadId: number, reading: FileReading): void {
  db.run(
    db.build
      .updateTable('file_upload')
      .set({ state: 'ready', problem: null, reading: JSON.stringify(reading), fingerprint: reading.fingerprint })
      .where('upload_id', '=', uploadId),
  );
}

export function storeProblem(db: WriteDb, uploadId: number, problem: string): void {
  db.run(
    db.build
      .updateTable('file_upload')
      .set({ state: 'failed', problem, reading: null })
      .where('upload_id', '=', uploadId),
  );
}

/** Forgets the file; one that lies elsewhere stays where it is. */
export function discardUpload(deps: UploadDeps, uploadId: number): void {
  const running = deps.db.first(
    deps.db.build
      .selectFrom('file_import')
      .select('file_import_id')
      .where('upload_id', '=', uploadId)
      .where('state', '=', 'running'),
  );
  if (running) throw new AppError('conflict', 'The file is being imported; cancel the import first');
  dropUpload(deps, uploadId);
}

export function dropUpload(deps: UploadDeps, uploadId: number): void {
  const upload = findUpload(deps.db, deps.folder, uploadId);
  if (!upload) return;
  if (upload.isSpooled) removeSpooled(upload.place.path);
  deps.db.run(deps.db.build.deleteFrom('file_upload').where('upload_id', '=', uploadId));
}

/** @throws AppError `not_found`. */
export function uploadOf(db: ReadDb, folder: string, uploadId: number): StoredUpload {
  const upload = findUpload(db, folder, uploadId);
  if (!upload) throw new AppError('not_found', 'The file is no longer here; hand it over again');
  return upload;
}

/** An upload that has been read through. @throws AppError `not_found`, `conflict`. */
export function readyUpload(
  db: ReadDb,
  folder: string,
  uploadId: number,
): StoredUpload & { readonly reading: FileReading } {
  const upload = uploadOf(db, folder, uploadId);
  const { reading } = upload;
  if (reading === null) throw new AppError('conflict', `“${upload.name}” has not been read through yet`);
  return { ...upload, reading };
}

function findUpload(db: ReadDb, folder: string, uploadId: number): StoredUpload | null {
  const row = db.first(db.build.selectFrom('file_upload').selectAll().where('upload_id', '=', uploadId));
  return row
    ? { ...storedOf(row), place: { path: row.path ?? spoolFile(folder, uploadId), key: row.spool_key } }
    : null;
}

interface UploadRow {
  readonly upload_id: number;
  readonly name: string;
  readonly bytes: number;
  readonly received: number;
  readonly state: string;
  readonly path: string | null;
  readonly settings: string;
  readonly reading: string | null;
  readonly problem: string | null;
}

// What was written by this program itself a while ago.
function storedOf(row: UploadRow): Omit<StoredUpload, 'place'> {
  return {
    uploadId: row.upload_id,
    name: row.name,
    bytes: row.bytes,
    received: row.received,
    state: row.state as FileUpload['state'],
    isSpooled: row.path === null,
    settings: JSON.parse(row.settings) as ReadSettings,
    reading: row.reading === null ? null : (JSON.parse(row.reading) as FileReading),
    problem: row.problem,
  };
}

/** `files.upload`. @throws AppError `not_found`. */
export function showUpload(db: ReadDb, uploadId: number): FileUpload {
  const row = db.one(db.build.selectFrom('file_upload').selectAll().where('upload_id', '=', uploadId), 'file');
  return shownUpload(db, row);
}

/** `files.uploads`: newest first. */
export function listUploads(db: ReadDb): FileUpload[] {
  return db
    .all(db.build.selectFrom('file_upload').selectAll().orderBy('upload_id', 'desc').limit(50))
    .map((row) => shownUpload(db, row));
}

function shownUpload(db: ReadDb, row: UploadRow & { readonly fingerprint: string | null }): FileUpload {
  const { uploadId, name, bytes, received, state, problem, reading } = storedOf(row);
  const before =
    row.fingerprint === null
      ? undefined
      : db.first(
          db.build
            .selectFrom('file_import')
            .select(['file_import_id', 'started_at'])
            .where('fingerprint', '=', row.fingerprint)
            .where('state', '=', 'done')
            .orderBy('file_import_id', 'desc'),
        );
  return {
    uploadId,
    name,
    bytes,
    received,
    state,
    jobId: jobOf(db, uploadId),
    problem,
    detection: reading?.detection ?? null,
    columns: reading ? [...reading.columns] : null,
    rows: reading?.rows ?? null,
    suggestions: reading ? suggestions(reading.columns.map((column) => column.name)) : [],
    importedBefore: before ? { importId: before.file_import_id, at: instant(before.started_at) } : null,
  };
}

/** The job that works on the file now. */
function jobOf(db: ReadDb, uploadId: number): number | null {
  const jobs = db.all(
    db.build
      .selectFrom('job')
      .select(['job_id', 'payload'])
      .where('kind', 'in', ['file_read', 'file_dry_run', 'file_import'])
      .where('state', 'in', ['queued', 'running']),
  );
  const found = jobs.find(({ payload }) => (JSON.parse(payload) as { uploadId?: number }).uploadId === uploadId);
  return found?.job_id ?? null;
}
