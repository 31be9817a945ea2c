/** Files of costs: mapped as any other, then given to the costs' own import, which has their history and their undo. */
import Papa from 'papaparse';
import type { FileMapping, ImportReport } from '../../../../shared/contract/files.ts';
import { currencyCode } from '../../../../shared/kernel/currency.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { decimalText, minor } from '../../../../shared/kernel/money.ts';
import { importCosts, undoEdit } from '../../costs/index.ts';
import type { WriteDb } from '../../store/handles.ts';
import { kindOf } from '../kinds/registry.ts';
import type { RejectedRow } from '../mapping/row-mapper.ts';
import { assertReady, type ImportDeps } from './import-run.ts';
import { valuesOf } from './known-rows.ts';
import { rememberMapping } from './saved-mappings.ts';
import { batchesOf } from './thread.ts';
import { dropUpload, readyUpload } from './uploads.ts';

const COLUMNS = ['month', 'kind', 'channel', 'amount', 'currency', 'note'] as const;
const MOST_ROWS = 200_000;

/** Tries or imports; the whole file is one act. @throws AppError `invalid_input` for more rows than a company has costs. */
export async function importCostFile(
  deps: ImportDeps,
  uploadId: number,
  mapping: FileMapping,
  isDry: boolean,
): Promise<ImportReport> {
  const { db, clock, folder, zone, signal } = deps;
  const upload = readyUpload(db, folder, uploadId);
  assertReady(kindOf('costs'), mapping, upload.reading);
  const startedAt = clock.now();
  const rows: string[][] = [];
  const lines: number[] = [];
  const rejected: RejectedRow[] = [];
  const { place, settings, reading } = upload;
  for await (const batch of batchesOf(deps.openThread, { place, settings, reading, mapping, zone, skip: 0 })) {
    signal.throwIfAborted();
    rejected.push(...batch.rejected);
    for (const [index, body] of batch.bodies.entries()) {
      const { amount = '0', currency = '', ...values } = valuesOf(body);
      const text = decimalText(minor(Number(amount)), currencyCode(currency));
      rows.push(
        COLUMNS.map((column) =>
          column === 'amount' ? text : column === 'currency' ? currency : (values[column] ?? ''),
        ),
      );
      lines.push(batch.lines[index] ?? 0);
    }
    if (rows.length > MOST_ROWS) throw new AppError('invalid_input', `A file of costs has at most ${MOST_ROWS} rows`);
  }
  const text = Papa.unparse({ fields: [...COLUMNS], data: rows }, { newline: '\n' });
  const now = clock.now();
  const done = db.transaction(() => {
    const costs = importCosts(db, { file: upload.name, text, dryRun: isDry }, now);
    const all = [
      ...rejected,
      ...costs.quarantined.map((row) => ({
        line: lines[row.line - 2] ?? row.line,
        field: null,
        reason: row.reason,
        text: row.text,
      })),
    ].toSorted((a, b) => a.line - b.line);
    const importId = isDry ? null : keep(db, upload, mapping, { ...costs, rejected: all.length }, startedAt, now);
    if (importId !== null) {
      const put = db.prepareWrite<[number, number, string | null, string, string]>(
        'INSERT OR IGNORE INTO file_reject (file_import_id, line, field, reason, text) VALUES (?, ?, ?, ?, ?)',
      );
      for (const { line, field, reason, text: row } of all) put.run(importId, line, field, reason.toWellFormed(), row);
      rememberMapping(db, reading, mapping, now);
    }
    return { costs, all, importId };
  });
  if (!isDry) dropUpload(deps, uploadId);
  const { costs, all, importId } = done;
  const reasons = new Map<string, { reason: string; rows: number; firstLine: number }>();
  for (const { reason, line } of all) {
    const known = reasons.get(reason);
    if (known) known.rows += 1;
    else reasons.set(reason, { reason, rows: 1, firstLine: line });
  }
  const count = rows.length + rejected.length;
  return {
    importId,
    kind: 'costs',
    file: upload.name,
    dryRun: isDry,
    rows: count,
    accepted: count - all.length,
    rejected: all.length,
    reasons: [...reasons.values()].toSorted((a, b) => b.rows - a.rows).slice(0, 50),
    added: costs.imported,
    changed: costs.replaced,
    unchanged: costs.unchanged,
    repeated: costs.combined,
    conflicts: 0,
    rejectedRows: all.slice(0, 100),
    notes:
      costs.combined === 0
        ? []
        : [`${costs.combined} rows were added to another of the same month, kind, channel and currency`],
    seconds: (now - startedAt) / 1_000,
  };
}

function keep(
  db: WriteDb,
  upload: ReturnType<typeof readyUpload>,
  mapping: FileMapping,
  costs: {
    readonly rows: number;
    readonly imported: number;
    readonly replaced: number;
    readonly unchanged: number;
    readonly combined: number;
    readonly rejected: number;
    readonly editId: number | null;
  },
  startedAt: number,
  now: number,
): number {
  return db.run(
    db.build.insertInto('file_import').values({
      kind: 'costs',
      file: upload.name,
      bytes: upload.bytes,
      fingerprint: upload.reading.fingerprint,
      mapping: JSON.stringify(mapping),
      state: 'done',
      cost_edit_id: costs.editId,
      started_at: startedAt,
      ended_at: now,
      row_count: costs.rows,
      added: costs.imported,
      changed: costs.replaced,
      unchanged: costs.unchanged,
      repeated: costs.combined,
      rejected: costs.rejected,
    }),
  ).lastId;
}

/** Takes an import of costs back by their own undo. @returns whether the import was one of costs. */
export function takeCostsBack(db: WriteDb, importId: number, now: ReturnType<ImportDeps['clock']['now']>): boolean {
  const row = db.one(db.build.selectFrom('file_import').selectAll().where('file_import_id', '=', importId), 'import');
  if (row.kind !== 'costs') return false;
  if (row.state === 'undone') throw new AppError('conflict', `“${row.file}” was taken back already`);
  db.transaction(() => {
    if (row.cost_edit_id !== null) undoEdit(db, row.cost_edit_id, now);
    db.run(db.build.deleteFrom('file_reject').where('file_import_id', '=', importId));
    db.run(
      db.build
        .updateTable('file_import')
        .set({ state: 'undone', undone_at: now })
        .where('file_import_id', '=', importId),
    );
  });
  return true;
}
