/** Imports texts as files into a fresh store, with the reading done in this thread. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beginInPlace,
  dryRun,
  fileReading,
  importFile,
  preview,
  readThrough,
  storeReading,
  takeBack,
  uploadOf,
  type ImportDeps,
  type OpenFileThread,
} from '../../src/main/engine/files/index.ts';
import type { FileReadingCalls } from '../../src/main/engine/files/index.ts';
import { metricsContext } from '../../src/main/engine/api/metrics-context.ts';
import { readWorkspace } from '../../src/main/engine/api/workspace-settings.ts';
import { recompute, snapshot } from '../../src/main/engine/metrics/index.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import type { FileMapping, FilePreview, ImportReport, ReadSettings } from '../../src/shared/contract/files.ts';
import { plainDay, UTC } from '../../src/shared/kernel/day.ts';
import { fakeClock, temporaryFolder, type FakeClock } from './engine-ports.ts';
import { testStore } from './store.ts';
import { logicalDump } from './synced-company.ts';

export interface FileBench {
  readonly db: WriteDb;
  readonly deps: ImportDeps;
  readonly clock: FakeClock;
  /** Hands a file over and reads it through. */
  read(content: string | Uint8Array, settings?: ReadSettings): Promise<number>;
  preview(uploadId: number, kind: string, mapping?: FileMapping): FilePreview;
  /** Reads and imports a file of a kind; `change` settles what its mapping leaves open. */
  bring(kind: string, content: string | Uint8Array, change?: Partial<FileMapping>): Promise<ImportReport>;
  attempt(kind: string, content: string, change?: Partial<FileMapping>): Promise<ImportReport>;
  undo(importId: number | null): Promise<void>;
  /** All facts and rows as text, without Vario's own numbers. */
  dump(): Record<string, string[]>;
  /** MRR of a day in the reporting currency, minor units, after the ledger has followed. */
  mrrOn(day: string): number | null;
}

/** @param options.key with which another process can open the database as well. */
export function fileBench(options: { readonly signal?: AbortSignal; readonly key?: Uint8Array } = {}): FileBench {
  const { db } = testStore(options.key === undefined ? {} : { key: options.key });
  const folder = temporaryFolder();
  const clock = fakeClock('2026-11-21T12:00:00Z');
  const openThread: OpenFileThread = () =>
    Promise.resolve({
      run: async (name, input) => {
        const call: (db: WriteDb, input: never) => unknown = fileReading[name as keyof FileReadingCalls];
        // As it crosses the thread.
        return structuredClone(await call(db, structuredClone(input) as never)) as never;
      },
      close: () => Promise.resolve(),
    });
  const deps: ImportDeps = {
    db,
    clock,
    openThread,
    folder,
    zone: UTC,
    signal: options.signal ?? new AbortController().signal,
    onProgress: () => undefined,
  };
  let files = 0;

  async function read(content: string | Uint8Array, settings: ReadSettings = {}): Promise<number> {
    files += 1;
    const path = join(folder, `file-${files}.csv`);
    writeFileSync(path, content);
    const uploadId = beginInPlace({ db, folder }, path, `file-${files}.csv`, clock.now());
    const { place } = uploadOf(db, folder, uploadId);
    storeReading(db, uploadId, await readThrough(openThread, place, settings, () => undefined, deps.signal));
    return uploadId;
  }

  const show = (uploadId: number, kind: string, mapping?: FileMapping) =>
    preview(db, { uploadId, kind, mapping, limit: 20 }, UTC);

  async function mapped(kind: string, content: string | Uint8Array, change: Partial<FileMapping>) {
    const uploadId = await read(content);
    return { uploadId, mapping: { ...show(uploadId, kind).mapping, ...change } };
  }

  return {
    db,
    deps,
    clock,
    read,
    preview: show,
    async bring(kind, content, change = {}) {
      const { uploadId, mapping } = await mapped(kind, content, change);
      return await importFile(deps, uploadId, mapping);
    },
    async attempt(kind, content, change = {}) {
      const { uploadId, mapping } = await mapped(kind, content, change);
      return await dryRun(deps, uploadId, mapping);
    },
    async undo(importId) {
      await takeBack(deps, importId ?? 0);
    },
    dump: () => ({
      ...logicalDump(db),
      customer: rows(db, `SELECT name, email, country, created_at, erased_at FROM customer ORDER BY 1, 2, 4`),
      file_record: rows(
        db,
        `SELECT s.kind, r.record_key, r.line, r.part_of, r.also_of, r.body FROM file_record r
         JOIN file_stream s USING (file_stream_id) ORDER BY 1, 2`,
      ),
    }),
    mrrOn(day) {
      const context = metricsContext(readWorkspace(db), clock.now());
      recompute(db, context);
      return snapshot(db, { asOf: plainDay(day) }, context).mrr;
    },
  };
}

function rows(db: WriteDb, sql: string): string[] {
  return db
    .prepare<[], Record<string, unknown>>(sql)
    .all()
    .map((row) => JSON.stringify(row));
}

/** A table as text. */
export function csvOf(
  header: readonly string[],
  table: readonly (readonly (string | number)[])[],
  delimiter = ',',
): string {
  return [header, ...table].map((row) => `${row.join(delimiter)}\n`).join('');
}
