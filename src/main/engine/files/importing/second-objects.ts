/** Enters which second objects new rows are parts of, many rows at a time and in the order of the objects. */
import type { WriteDb } from '../../store/handles.ts';

/** So many rows touch every page of the index once; fewer touch nearly as many. */
const ROWS_AT_ONCE = 200_000;

export interface SecondObjects {
  /** Says how many rows a batch brought that are a part of a second object; inside its transaction. */
  brought(rows: number): void;
  /** Enters what is left. Before objects are put together; inside a transaction. */
  finish(): void;
}

/** @param isResumed whether rows of the import may stand that were never entered. */
export function secondObjects(db: WriteDb, importId: number, isResumed: boolean): SecondObjects {
  const last = db.prepare<[], { id: number | null }>('SELECT max(file_record_id) AS id FROM file_record');
  const enter = db.prepareWrite<[number, number]>(
    `INSERT OR IGNORE INTO file_also (object, file_record_id)
     SELECT also_of, file_record_id FROM file_record
     WHERE file_import_id = ? AND file_record_id > ? AND also_of IS NOT NULL ORDER BY also_of, file_record_id`,
  );
  let entered = isResumed ? 0 : (last.first()?.id ?? 0);
  let waiting = isResumed ? 1 : 0;
  const finish = (): void => {
    if (waiting === 0) return;
    enter.run(importId, entered);
    entered = last.first()?.id ?? entered;
    waiting = 0;
  };
  return {
    brought(rows) {
      waiting += rows;
      if (waiting >= ROWS_AT_ONCE) finish();
    },
    finish,
  };
}
