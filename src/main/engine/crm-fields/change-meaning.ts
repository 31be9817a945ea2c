/** Says what a field means, and takes it back: every change is a row of its own and is never changed. */
import {
  CRM_MEANINGS,
  CrmMeaningSchema,
  type CrmFieldChange,
  type CrmFieldObject,
  type SaidOfField,
} from '../../../shared/contract/crm-fields.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

export interface FieldName {
  readonly sourceId: number;
  readonly object: CrmFieldObject;
  readonly key: string;
}

/**
 * @returns the number of the change, for taking it back.
 * @throws AppError `invalid_input` for a meaning that such a field cannot have, `conflict` where another field of the
 *   same kind of object has it already or nothing would change, `not_found` for a source there is none of.
 */
export function saveMeaning(db: WriteDb, field: FieldName, said: SaidOfField, now: Instant): number {
  return db.transaction(() => {
    db.one(db.build.selectFrom('source').select('source_id').where('source_id', '=', field.sourceId), 'source');
    return change(db, field, said, now, null);
  });
}

/** @returns the number of the change that took the other back. @throws AppError `not_found`, `conflict` where it was taken back, or the field was given another meaning since. */
export function undoMeaning(db: WriteDb, changeId: number, now: Instant): number {
  return db.transaction(() => {
    const made = db.one(
      db.build.selectFrom('crm_field_change').selectAll().where('change_id', '=', changeId),
      'change',
    );
    const field = { sourceId: made.source_id, object: objectOf(made.object), key: made.key };
    if (made.undoes_id !== null || !canUndo(db, changeId, field, made.after))
      throw new AppError('conflict', 'This was taken back already, or the field means something else since');
    return change(db, field, readSaid(made.before), now, changeId);
  });
}

/** Whether a change gives or takes the field by which accounts are matched. */
export function concernsMatching(db: ReadDb, changeId: number): boolean {
  const row = db
    .prepare<[number], { before: string | null; after: string | null }>(
      'SELECT before, after FROM crm_field_change WHERE change_id = ?',
    )
    .first(changeId);
  return [row?.before ?? null, row?.after ?? null].some((json) => readSaid(json)?.meaning === 'billing_customer');
}

function change(db: WriteDb, field: FieldName, said: SaidOfField, now: Instant, undoesId: number | null): number {
  const { sourceId, object, key } = field;
  const before = presentOf(db, field);
  const after = said === null ? null : JSON.stringify(checked(db, field, said));
  if (before === after) throw new AppError('conflict', 'The field means that already');
  const where = { source_id: sourceId, object, key };
  db.run(
    db.build
      .deleteFrom('crm_field_meaning')
      .where('source_id', '=', sourceId)
      .where('object', '=', object)
      .where('key', '=', key),
  );
  if (said !== null)
    db.run(db.build.insertInto('crm_field_meaning').values({ ...where, meaning: said.meaning, slice: said.slice }));
  return db.run(
    db.build.insertInto('crm_field_change').values({ ...where, changed_at: now, before, after, undoes_id: undoesId }),
  ).lastId;
}

function checked(
  db: ReadDb,
  { sourceId, object, key }: FieldName,
  said: NonNullable<SaidOfField>,
): NonNullable<SaidOfField> {
  const { meaning, slice } = said;
  if (!CRM_MEANINGS[object].some((possible) => possible === meaning))
    throw new AppError('invalid_input', `A field of ${object}s cannot mean that`);
  if ((meaning === 'slice') !== (slice !== null))
    throw new AppError('invalid_input', 'A slice needs a name, and nothing else has one');
  const other = db
    .prepare<[number, string, string, string, string | null], { label: string | null; key: string }>(
      `SELECT f.label, m.key FROM crm_field_meaning m
       LEFT JOIN crm_field f ON f.source_id = m.source_id AND f.object = m.object AND f.key = m.key
       WHERE m.source_id = ? AND m.object = ? AND m.key <> ? AND m.meaning = ? AND m.slice IS ?`,
    )
    .first(sourceId, object, key, meaning, slice);
  if (other) throw new AppError('conflict', `“${other.label ?? other.key}” means that already; take that away first`);
  return { meaning, slice };
}

/** As JSON, written like the changes; null where nothing was said. */
function presentOf(db: ReadDb, { sourceId, object, key }: FieldName): string | null {
  const row = db
    .prepare<[number, string, string], { meaning: string; slice: string | null }>(
      'SELECT meaning, slice FROM crm_field_meaning WHERE source_id = ? AND object = ? AND key = ?',
    )
    .first(sourceId, object, key);
  return row === undefined ? null : JSON.stringify({ meaning: row.meaning, slice: row.slice });
}

function canUndo(db: ReadDb, changeId: number, field: FieldName, after: string | null): boolean {
  const undone = db
    .prepare<[number], { one: number }>('SELECT 1 AS one FROM crm_field_change WHERE undoes_id = ?')
    .first(changeId);
  return undone === undefined && presentOf(db, field) === after;
}

const SHOWN = 100;

interface ChangeRow {
  change_id: number;
  changed_at: Instant;
  source_id: number;
  source_name: string;
  object: string;
  key: string;
  label: string | null;
  before: string | null;
  after: string | null;
  undoes_id: number | null;
}

/** `crmFields.changes`, newest first. */
export function listFieldChanges(db: ReadDb): CrmFieldChange[] {
  return db
    .prepare<[number], ChangeRow>(
      `SELECT c.*, s.name AS source_name, f.label FROM crm_field_change c JOIN source s ON s.source_id = c.source_id
       LEFT JOIN crm_field f ON f.source_id = c.source_id AND f.object = c.object AND f.key = c.key
       ORDER BY c.change_id DESC LIMIT ?`,
    )
    .all(SHOWN)
    .map((row) => {
      const object = objectOf(row.object);
      const field = { sourceId: row.source_id, object, key: row.key };
      return {
        changeId: row.change_id,
        at: row.changed_at,
        sourceName: row.source_name,
        object,
        label: row.label ?? row.key,
        before: readSaid(row.before),
        after: readSaid(row.after),
        canUndo: row.undoes_id === null && canUndo(db, row.change_id, field, row.after),
      };
    });
}

function readSaid(json: string | null): SaidOfField {
  return json === null ? null : CrmMeaningSchema.parse(JSON.parse(json));
}

function objectOf(text: string): CrmFieldObject {
  if (text === 'account' || text === 'contact' || text === 'deal') return text;
  throw new AppError('storage_failed', `“${text}” is no kind of object of a sales system`);
}
