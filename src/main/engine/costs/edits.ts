/** The history of the costs: every act, and the rows of files that did not fit. */
import type { CostEdit, RejectedRow } from '../../../shared/contract/costs.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/handles.ts';

interface EditRow {
  readonly editId: number;
  readonly act: CostEdit['act'];
  readonly file: string | null;
  readonly madeAt: Instant;
  readonly undoneAt: Instant | null;
  readonly undoes: number | null;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** `costs.edits`: newest first. */
export function costEdits(db: ReadDb, { limit }: { readonly limit: number }): CostEdit[] {
  return db
    .prepare<[number], EditRow>(
      `SELECT e.cost_edit_id AS editId, e.act, e.file, e.made_at AS madeAt, e.undone_at AS undoneAt, e.undoes_id AS undoes,
              count(CASE WHEN c.before IS NULL THEN c.after END) AS added,
              count(CASE WHEN c.before IS NOT NULL THEN c.after END) AS changed,
              count(CASE WHEN c.after IS NULL THEN c.before END) AS removed
       FROM (SELECT * FROM cost_edit ORDER BY cost_edit_id DESC LIMIT ?) e
       LEFT JOIN cost_change c ON c.cost_edit_id = e.cost_edit_id
       GROUP BY e.cost_edit_id ORDER BY e.cost_edit_id DESC`,
    )
    .all(limit);
}

interface RejectRow extends RejectedRow {
  readonly editId: number;
  readonly file: string;
  readonly at: Instant;
}

export interface RejectedFile {
  readonly editId: number;
  readonly file: string;
  readonly at: Instant;
  readonly rows: RejectedRow[];
}

const SHOWN_ROWS = 1_000;

/** `costs.rejected`: by file, newest first; of all files together at most a thousand rows. */
export function rejectedRows(db: ReadDb): RejectedFile[] {
  const found = db
    .prepare<[number], RejectRow>(
      `SELECT r.cost_edit_id AS editId, e.file, e.made_at AS at, r.line, r.reason, r.text
       FROM cost_reject r JOIN cost_edit e ON e.cost_edit_id = r.cost_edit_id
       WHERE r.dismissed_at IS NULL
       ORDER BY r.cost_edit_id DESC, r.line LIMIT ?`,
    )
    .all(SHOWN_ROWS);
  const files: RejectedFile[] = [];
  for (const { editId, file, at, ...row } of found) {
    let last = files.at(-1);
    if (last?.editId !== editId) files.push((last = { editId, file, at, rows: [] }));
    last.rows.push(row);
  }
  return files;
}
