/** Changes of targets: each is noted with what stood before it, so that it can be taken back. */
import { TargetSchema, type Target, type TargetChange, type TargetEdit } from '../../../shared/contract/targets.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { rowOf, targetOf, type StoredTarget } from './stored-target.ts';

/** So many edits are listed. */
const LISTED = 50;

/**
 * Adds a target, or changes the one whose id is given.
 * @throws AppError `not_found` for an id that is not there, `conflict` where the figure has a target on that day already.
 */
export function saveTarget(
  db: WriteDb,
  { targetId, ...target }: TargetChange,
  now: Instant,
): { target: StoredTarget; editId: number } {
  return db.transaction(() => {
    const before = targetId === undefined ? null : requireTarget(db, targetId);
    assertFree(db, target, targetId ?? null);
    const after: StoredTarget = { ...target, targetId: targetId ?? nextId(db) };
    write(db, after.targetId, after);
    return { target: after, editId: note(db, { before, after }, now) };
  });
}

/** @throws AppError `not_found`. */
export function removeTarget(db: WriteDb, targetId: number, now: Instant): { editId: number } {
  return db.transaction(() => {
    const before = requireTarget(db, targetId);
    write(db, targetId, null);
    return { editId: note(db, { before, after: null }, now) };
  });
}

/**
 * Puts back what stood before an edit.
 * @throws AppError `not_found`; `conflict` where it was taken back already, or the target was changed again since, or
 *   another one stands in its place.
 */
export function undoTargetEdit(db: WriteDb, editId: number, now: Instant): void {
  db.transaction(() => {
    const row = db.first(db.build.selectFrom('target_edit').selectAll().where('edit_id', '=', editId));
    if (!row) throw new AppError('not_found', `There is no change of targets with the number ${editId}`);
    if (row.undone_at !== null) throw new AppError('conflict', 'This change was taken back already');
    const { before, after } = { before: parsed(row.before), after: parsed(row.after) };
    const standing = findTarget(db, row.target_id);
    if (JSON.stringify(standing) !== JSON.stringify(after))
      throw new AppError('conflict', 'The target was changed again since: take back the later change first');
    if (before !== null) assertFree(db, before, row.target_id);
    write(db, row.target_id, before);
    db.run(db.build.updateTable('target_edit').set({ undone_at: now }).where('edit_id', '=', editId));
  });
}

/** The latest changes, newest first. */
export function listTargetEdits(db: ReadDb): TargetEdit[] {
  return db.all(db.build.selectFrom('target_edit').selectAll().orderBy('edit_id', 'desc').limit(LISTED)).map((row) => ({
    editId: row.edit_id,
    madeAt: instant(row.made_at),
    before: parsed(row.before),
    after: parsed(row.after),
    undoneAt: row.undone_at === null ? null : instant(row.undone_at),
  }));
}

function findTarget(db: ReadDb, targetId: number): StoredTarget | null {
  const row = db.first(db.build.selectFrom('target').selectAll().where('target_id', '=', targetId));
  return row ? targetOf(row) : null;
}

function requireTarget(db: ReadDb, targetId: number): StoredTarget {
  const found = findTarget(db, targetId);
  if (!found) throw new AppError('not_found', `There is no target with the number ${targetId}`);
  return found;
}

function assertFree(db: ReadDb, { metric, dueOn }: Pick<Target, 'metric' | 'dueOn'>, except: number | null): void {
  const row = db.first(
    db.build.selectFrom('target').select('target_id').where('metric', '=', metric).where('due_on', '=', dueOn),
  );
  if (row && row.target_id !== except)
    throw new AppError('conflict', `There is a target for this figure on ${dueOn} already: change that one`);
}

/** Numbers are not used twice, so that an edit always names the same target. */
function nextId(db: ReadDb): number {
  const row = db
    .prepare<[], { last: number | null }>(
      'SELECT max(last) AS last FROM (SELECT max(target_id) AS last FROM target UNION ALL SELECT max(target_id) FROM target_edit)',
    )
    .first();
  return (row?.last ?? 0) + 1;
}

function write(db: WriteDb, targetId: number, target: StoredTarget | null): void {
  db.run(db.build.deleteFrom('target').where('target_id', '=', targetId));
  if (target !== null) db.run(db.build.insertInto('target').values(rowOf(target)));
}

function note(
  db: WriteDb,
  { before, after }: { readonly before: StoredTarget | null; readonly after: StoredTarget | null },
  now: Instant,
): number {
  const target = after ?? before;
  return db.run(
    db.build.insertInto('target_edit').values({
      target_id: target?.targetId ?? 0,
      made_at: now,
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    }),
  ).lastId;
}

function parsed(text: string | null): StoredTarget | null {
  if (text === null) return null;
  const target = TargetSchema.parse(JSON.parse(text));
  if (target.targetId === null) throw new AppError('storage_failed', 'A change of targets names no target');
  return { ...target, targetId: target.targetId };
}
