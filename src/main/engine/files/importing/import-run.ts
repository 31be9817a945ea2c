/** Imports a file: batch by batch, each in one transaction, so that it can be cut off at any moment and gone on with. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { FileMapping, ImportReport } from '../../../../shared/contract/files.ts';
import type { TimeZone } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Clock } from '../../runtime/index.ts';
import type { WriteDb } from '../../store/handles.ts';
import { erasedOf } from '../../store/tables/erasures.ts';
import { familyOf, kindOf } from '../kinds/registry.ts';
import type { KindSpec } from '../kinds/kind.ts';
import { missingFields, questionsOf } from '../mapping/questions.ts';
import { contentKey, type RejectedRow } from '../mapping/row-mapper.ts';
import { SeenKeys } from '../thread/seen-keys.ts';
import { findStream, openStream, rivalSources, type FileStream } from './file-source.ts';
import { objectWriter, type ObjectWriter } from './objects.ts';
import { mergedBody, NO_COUNTS, recordFinder, recordWriter, rivalFinder, type Counts } from './record-writer.ts';
import { reconcile } from './reconcile.ts';
import { secondObjects } from './second-objects.ts';
import { rememberMapping } from './saved-mappings.ts';
import { noteStream } from './stream-proof.ts';
import { batchesOf, type OpenFileThread } from './thread.ts';
import { dropUpload, readyUpload, type StoredUpload } from './uploads.ts';
import type { FileReading } from '../thread/index.ts';
import { eitherOf } from '../../wording/index.ts';

export interface ImportDeps {
  readonly db: WriteDb;
  readonly clock: Clock;
  readonly openThread: OpenFileThread;
  /** The folder of spooled files. */
  readonly folder: string;
  readonly zone: TimeZone;
  readonly onProgress: (step: string, done: number | null, total: number | null) => void;
  readonly signal: AbortSignal;
}

/** Rejected rows that are kept of an import; the others are counted. */
const KEPT_REJECTS = 10_000;
const SHOWN_REJECTS = 100;
const MOST_REASONS = 50;
/** Some fifty milliseconds: calls are answered between two of them. */
const ASSEMBLED_AT_ONCE = 1_000;

type ReadyUpload = StoredUpload & { readonly reading: FileReading };

/** Counts rejected rows by what they lack. */
class RejectCounter {
  count = 0;
  readonly rows: RejectedRow[] = [];
  readonly #reasons = new Map<string, { reason: string; rows: number; firstLine: number }>();

  add(rejected: readonly RejectedRow[]): void {
    this.count += rejected.length;
    for (const row of rejected) {
      if (this.rows.length < SHOWN_REJECTS) this.rows.push(row);
      // Rows that differ in their value alone lack the same.
      const reason = `${row.field === null ? '' : `${row.field}: `}${row.reason.replaceAll(/“[^”]*”/gu, '“…”')}`;
      const known = this.#reasons.get(reason);
      if (known) known.rows += 1;
      else if (this.#reasons.size < 1_000) this.#reasons.set(reason, { reason, rows: 1, firstLine: row.line });
    }
  }

  reasons(): ImportReport['reasons'] {
    return [...this.#reasons.values()]
      .toSorted((a, b) => b.rows - a.rows || a.firstLine - b.firstLine)
      .slice(0, MOST_REASONS);
  }
}

/** @throws AppError `invalid_input` where something is missing from the mapping or left open by the file. */
export function assertReady(kind: KindSpec, mapping: FileMapping, reading: FileReading): void {
  const missing = missingFields(kind, mapping);
  if (missing.length > 0)
    throw new AppError(
      'invalid_input',
      `Nothing is mapped to ${missing.join(', ')}; the file has ${reading.columns.map(({ name }) => `“${name}”`).join(', ')}`,
    );
  const [question] = questionsOf(kind, mapping, reading.columns);
  if (question)
    throw new AppError(
      'invalid_input',
      `${question.question} Say so for the field ${question.field}: ${eitherOf(question.options.map(({ value }) => value))}`,
    );
}

/** Goes through all rows and says what an import would do; writes nothing. */
export async function dryRun(deps: ImportDeps, uploadId: number, mapping: FileMapping): Promise<ImportReport> {
  const { db, clock, signal } = deps;
  const upload = readyUpload(db, deps.folder, uploadId);
  const kind = kindOf(mapping.kind);
  assertReady(kind, mapping, upload.reading);
  const startedAt = clock.now();
  const counts = { ...NO_COUNTS };
  const rejects = new RejectCounter();
  const stream = findStream(db, kind);
  const find = stream ? recordFinder(db, stream.streamId) : () => undefined;
  const isRival = rivalFinder(db, kind, rivalSources(db, kind));
  const mapped = mappedNames(mapping);
  const seen = new SeenKeys();
  let rows = 0;
  for await (const batch of batchesOf(deps.openThread, requestOf(deps, upload, mapping, 0))) {
    signal.throwIfAborted();
    rows += batch.rows;
    rejects.add(batch.rejected);
    for (const [index, key] of batch.keys.entries()) {
      const stored = find(key);
      if (seen.count(contentKey(key)) > 1) counts.repeated += 1;
      else if (!stored) counts[isRival(key) ? 'conflicts' : 'added'] += 1;
      else
        counts[
          mergedBody(kind, stored.body, batch.bodies[index] ?? '', mapped) === stored.body ? 'unchanged' : 'changed'
        ] += 1;
    }
    deps.onProgress(`Trying ${upload.name}`, batch.read, batch.size);
    await breathe();
  }
  return reportOf({ importId: null, kind, upload, rows, counts, rejects, startedAt, now: clock.now() });
}

/** How far an import has come; kept with it, so that it can be gone on with. */
interface ImportRow {
  readonly importId: number;
  readonly stream: FileStream;
  readonly done: number;
  readonly counts: Counts;
  readonly rejected: number;
}

/**
 * Imports all rows that fit; those that do not are set aside with their line. Ends with every object put together.
 * @throws AppError `invalid_input`, `cancelled`: then what was stored is to be taken back by `takeBack`.
 */
export async function importFile(deps: ImportDeps, uploadId: number, mapping: FileMapping): Promise<ImportReport> {
  const { db, clock, signal } = deps;
  const upload = readyUpload(db, deps.folder, uploadId);
  const kind = kindOf(mapping.kind);
  assertReady(kind, mapping, upload.reading);
  const startedAt = clock.now();
  const { importId, stream, done, counts, rejected } = beginImport(db, upload, kind, mapping, startedAt);
  const objects = objectWriter(db, stream.sourceId, familyOf(kind.family), startedAt);
  const write = recordWriter(db, objects, {
    kind,
    ...stream,
    importId,
    mapped: mappedNames(mapping),
    rivals: rivalSources(db, kind),
    erased: erasedOf(db, stream.sourceId),
  });
  const second = secondObjects(db, importId, done > 0);
  const rejects = new RejectCounter();
  rejects.count = rejected;
  let rows = done;
  for await (const batch of batchesOf(deps.openThread, requestOf(deps, upload, mapping, done))) {
    signal.throwIfAborted();
    rows += batch.rows;
    db.transaction(() => {
      write(batch, counts);
      second.brought(batch.alsoOf.filter((object) => object !== null).length);
      keepRejects(db, importId, batch.rejected, rejects.count);
      rejects.add(batch.rejected);
      noteProgress(db, importId, rows, counts, rejects.count);
    });
    deps.onProgress(`Importing ${upload.name}`, batch.read, batch.size);
    await breathe();
  }
  db.transaction(() => second.finish());
  await assembleAll(deps, objects);
  const now = clock.now();
  db.transaction(() => {
    reconcile(db, stream.sourceId, now);
    rememberMapping(db, upload.reading, mapping, now);
    noteStream(db, stream, kind, now);
    db.run(
      db.build
        .updateTable('file_import')
        .set({ state: 'done', ended_at: now, upload_id: null })
        .where('file_import_id', '=', importId),
    );
  });
  dropUpload(deps, uploadId);
  return reportOf({ importId, kind, upload, rows, counts, rejects, startedAt, now });
}

/** The import of an upload that is not finished, or is being taken back. */
export function unfinishedImport(db: WriteDb, uploadId: number): { importId: number; isLeaving: boolean } | null {
  const row = db.first(
    db.build
      .selectFrom('file_import')
      .select(['file_import_id', 'state'])
      .where('upload_id', '=', uploadId)
      .where('state', 'in', ['running', 'undoing']),
  );
  return row ? { importId: row.file_import_id, isLeaving: row.state === 'undoing' } : null;
}

/** Puts together what waits, in steps between which calls are answered. */
export async function assembleAll(
  { db, onProgress }: Pick<ImportDeps, 'db' | 'onProgress'>,
  objects: ObjectWriter,
): Promise<void> {
  const total = objects.waiting();
  for (let done = 0; ;) {
    const count = db.transaction(() => objects.assemble(ASSEMBLED_AT_ONCE));
    if (count === 0) return;
    done += count;
    onProgress('Putting rows together', Math.min(done, total), total);
    await breathe();
  }
}

/** The import of this upload that was cut off, or a new one. */
function beginImport(db: WriteDb, upload: ReadyUpload, kind: KindSpec, mapping: FileMapping, now: Instant): ImportRow {
  return db.transaction(() => {
    const stream = openStream(db, kind, now);
    db.run(
      db.build
        .updateTable('source')
        .set({ state: 'paused', disconnected_at: null })
        .where('source_id', '=', stream.sourceId),
    );
    const cut = db.first(
      db.build
        .selectFrom('file_import')
        .selectAll()
        .where('upload_id', '=', upload.uploadId)
        .where('state', '=', 'running'),
    );
    if (cut) {
      const { added, changed, unchanged, repeated, conflicts, rejected } = cut;
      const counts = { added, changed, unchanged, repeated, conflicts };
      return { importId: cut.file_import_id, stream, done: cut.row_count, counts, rejected };
    }
    const importId = db.run(
      db.build.insertInto('file_import').values({
        file_stream_id: stream.streamId,
        kind: kind.kind,
        file: upload.name,
        bytes: upload.bytes,
        fingerprint: upload.reading.fingerprint,
        mapping: JSON.stringify(mapping),
        state: 'running',
        upload_id: upload.uploadId,
        started_at: now,
      }),
    ).lastId;
    return { importId, stream, done: 0, counts: { ...NO_COUNTS }, rejected: 0 };
  });
}

function noteProgress(db: WriteDb, importId: number, rows: number, counts: Counts, rejected: number): void {
  db.run(
    db.build
      .updateTable('file_import')
      .set({ row_count: rows, ...counts, rejected })
      .where('file_import_id', '=', importId),
  );
}

function keepRejects(db: WriteDb, importId: number, rejected: readonly RejectedRow[], before: number): void {
  const put = db.prepareWrite<[number, number, string | null, string, string]>(
    'INSERT OR IGNORE INTO file_reject (file_import_id, line, field, reason, text) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { line, field, reason, text } of rejected.slice(0, Math.max(0, KEPT_REJECTS - before)))
    put.run(importId, line, field, reason.toWellFormed(), text);
}

function mappedNames({ columns, constants }: FileMapping): ReadonlySet<string> {
  return new Set([...Object.keys(columns), ...Object.keys(constants)]);
}

function requestOf(
  { zone }: ImportDeps,
  { place, settings, reading }: ReadyUpload,
  mapping: FileMapping,
  skip: number,
) {
  return { place, settings, reading, mapping, zone, skip };
}

function reportOf(of: {
  readonly importId: number | null;
  readonly kind: KindSpec;
  readonly upload: StoredUpload;
  readonly rows: number;
  readonly counts: Counts;
  readonly rejects: RejectCounter;
  readonly startedAt: Instant;
  readonly now: Instant;
}): ImportReport {
  const { importId, kind, upload, rows, counts, rejects, startedAt, now } = of;
  const notes: string[] = [];
  if (counts.repeated > 0)
    notes.push(`${counts.repeated} rows say something of the same record again; the last one counts`);
  if (counts.conflicts > 0)
    notes.push(`${counts.conflicts} rows are about what a connected source holds itself, and were left out`);
  if (rejects.count > KEPT_REJECTS) notes.push(`Of the rejected rows the first ${KEPT_REJECTS} are kept`);
  return {
    importId,
    kind: kind.kind,
    file: upload.name,
    dryRun: importId === null,
    rows,
    accepted: rows - rejects.count - counts.conflicts,
    rejected: rejects.count,
    reasons: rejects.reasons(),
    ...counts,
    rejectedRows: rejects.rows,
    notes,
    seconds: (now - startedAt) / 1_000,
  };
}
