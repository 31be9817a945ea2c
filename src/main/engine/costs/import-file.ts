/** Imports files of costs: whole or not at all, what does not fit set aside with its line. */
import type { CostImport } from '../../../shared/contract/costs.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';
import { readCostFile } from './read-file.ts';
import { stepsOf, writeAct } from './write.ts';

const PREVIEWED = 100;

/**
 * `costs.import`. A cost is what its month, kind, channel and currency name:
 * an amount in the file takes the place of the one that stands there, entered
 * or imported; what the file does not name stays. The same file twice changes
 * nothing the second time. With `dryRun` nothing is written.
 * @throws AppError `invalid_input` where the text is no file of costs.
 */
export function importCosts(
  db: WriteDb,
  input: { readonly file: string; readonly text: string; readonly dryRun: boolean },
  now: Instant,
): CostImport {
  const { entries, rows, combined, rejected } = readCostFile(input.file, input.text);
  return db.transaction(() => {
    // A file that says nothing about a cost leaves the note that stands there.
    const steps = stepsOf(
      db,
      entries.map((entry) => ({ ...entry, note: entry.note ?? undefined })),
    );
    const added = steps.filter(({ before }) => before === null).length;
    const editId = input.dryRun ? null : keep();
    return {
      file: input.file,
      dryRun: input.dryRun,
      rows,
      imported: added,
      replaced: steps.length - added,
      unchanged: entries.length - steps.length,
      combined,
      quarantined: [...rejected],
      preview: steps.slice(0, PREVIEWED).flatMap(({ key, before, after }) =>
        after === null
          ? []
          : [
              {
                month: key.month,
                kind: key.kind,
                channel: after.channel,
                currency: key.currency,
                amount: after.amount_minor,
                before: before?.amount_minor ?? null,
              },
            ],
      ),
      editId: steps.length === 0 ? null : editId,
    };

    function keep(): number | null {
      forgetRejected(db, input.file);
      if (steps.length === 0 && rejected.length === 0) return null;
      const act = writeAct(db, { act: 'import', file: input.file, undoes: null }, steps, now);
      const put = db.prepareWrite<[number, number, string, string]>(
        `INSERT INTO cost_reject (cost_edit_id, line, reason, text) VALUES (?, ?, ?, ?)`,
      );
      for (const { line, reason, text } of rejected) put.run(act, line, reason.toWellFormed(), text.toWellFormed());
      return act;
    }
  });
}

/** Rows that a file could not bring stand until it is imported again. */
function forgetRejected(db: WriteDb, file: string): void {
  db.run(
    db.build
      .deleteFrom('cost_reject')
      .where('cost_edit_id', 'in', db.build.selectFrom('cost_edit').select('cost_edit_id').where('file', '=', file)),
  );
}

/** `costs.dismissRejected`: the founder has seen them. They are kept until the file is imported again. */
export function dismissRejected(db: WriteDb, editId: number, now: Instant): { done: boolean } {
  return setDismissed(db, editId, now);
}

/** `costs.restoreRejected`. */
export function restoreRejected(db: WriteDb, editId: number): { done: boolean } {
  return setDismissed(db, editId, null);
}

function setDismissed(db: WriteDb, editId: number, at: Instant | null): { done: boolean } {
  const rows = db.build.updateTable('cost_reject').where('cost_edit_id', '=', editId);
  return { done: db.run(rows.set({ dismissed_at: at })).changes > 0 };
}
