/** Takes an act back, as an act of its own: taking that one back repeats the first. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';
import { costFinder, type StoredBody, type StoredKey } from './stored-cost.ts';
import { writeAct, type Step } from './write.ts';

interface LoggedStep extends StoredKey {
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * `costs.undo`: every cost that the act touched stands again exactly as before it, with its origin and times.
 * @throws AppError `not_found` for an act that is none; `conflict` where it was taken back already, or a later act
 * changed one of its costs: then nothing is changed.
 */
export function undoEdit(db: WriteDb, editId: number, now: Instant): { editId: number } {
  return db.transaction(() => {
    const edit = db.one(
      db.build.selectFrom('cost_edit').select(['undoes_id', 'undone_at']).where('cost_edit_id', '=', editId),
      `The change of costs ${editId}`,
    );
    if (edit.undone_at !== null) throw new AppError('conflict', 'This change of costs was taken back already');
    const find = costFinder(db);
    const steps = loggedSteps(db, editId).map(({ before, after, ...key }): Step => {
      const stands = find(key);
      if (!sameBody(stands, bodyOf(after)))
        throw new AppError(
          'conflict',
          `The ${key.kind} cost of ${key.month} was changed since; take the later change back first`,
        );
      return { key, before: stands, after: bodyOf(before) };
    });
    const undo = writeAct(db, { act: 'undo', file: null, undoes: editId }, steps, now);
    db.run(db.build.updateTable('cost_edit').set({ undone_at: now }).where('cost_edit_id', '=', editId));
    // An undo that is taken back leaves the first act standing again.
    if (edit.undoes_id !== null)
      db.run(db.build.updateTable('cost_edit').set({ undone_at: null }).where('cost_edit_id', '=', edit.undoes_id));
    // What a file could not bring is no concern any more once the file is taken back.
    db.run(db.build.deleteFrom('cost_reject').where('cost_edit_id', '=', editId));
    return { editId: undo };
  });
}

function loggedSteps(db: WriteDb, editId: number): LoggedStep[] {
  return db
    .prepare<[number], LoggedStep>(
      `SELECT month, kind, channel_key, currency, before, after FROM cost_change WHERE cost_edit_id = ?`,
    )
    .all(editId);
}

/** What was written by this program itself a while ago. */
function bodyOf(text: string | null): StoredBody | null {
  return text === null ? null : (JSON.parse(text) as StoredBody);
}

function sameBody(a: StoredBody | null, b: StoredBody | null): boolean {
  if (a === null || b === null) return a === b;
  return a.amount_minor === b.amount_minor && a.note === b.note && a.cost_edit_id === b.cost_edit_id;
}
