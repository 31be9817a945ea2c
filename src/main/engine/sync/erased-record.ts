/** Records that do not fit are kept as they came, which those about somebody who is erased must not be. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ReadDb, WriteDb } from '../store/handles.ts';
import type { Erased, SubjectKind } from '../store/tables/erasures.ts';

const KINDS: readonly SubjectKind[] = ['customer', 'account', 'person', 'deal'];
/** Deeper than this no vendor names whom a record belongs to. */
const DEEPEST = 3;

/**
 * A record that cannot be read is not known to be anybody's: it is taken for that of an erased customer wherever one of
 * its values is the id of one, and then nothing but its own id is kept.
 */
export function erasedRecord(record: unknown, erased: Erased): unknown {
  return names(record, erased, 0) ? { ...idOf(record), erased: true } : record;
}

function names(value: unknown, erased: Erased, depth: number): boolean {
  if (typeof value === 'string' || typeof value === 'number')
    return KINDS.some((kind) => erased(kind, String(value)) !== null);
  if (value === null || typeof value !== 'object' || depth > DEEPEST) return false;
  return Object.values(value).some((part) => names(part, erased, depth + 1));
}

function idOf(record: unknown): { readonly id?: unknown } {
  return typeof record === 'object' && record !== null && 'id' in record ? { id: record.id } : {};
}

/** Records that did not fit, with their text: to be searched for somebody. */
export function quarantinedTexts(
  db: ReadDb,
): { readonly quarantineId: number; readonly sourceId: number; readonly text: string }[] {
  return db
    .prepare<[], { id: number; sourceId: number; record: Uint8Array }>(
      'SELECT quarantine_id AS id, source_id AS sourceId, record FROM quarantine ORDER BY quarantine_id',
    )
    .all()
    .map(({ id, sourceId, record }) => ({ quarantineId: id, sourceId, text: inflateRawSync(record).toString() }));
}

/** Keeps of a record that did not fit only that it did not. */
export function eraseQuarantined(db: WriteDb, quarantineId: number): void {
  db.prepareWrite<[Uint8Array, number]>(
    `UPDATE quarantine SET record = ?, reason = 'The record is about somebody who is erased' WHERE quarantine_id = ?`,
  ).run(deflateRawSync(JSON.stringify({ type: '', record: { erased: true } })), quarantineId);
}
