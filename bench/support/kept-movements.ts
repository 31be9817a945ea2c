/** How long the ledger's rows of movements alone take, as a first load writes them: encrypted, indexed, on disk. */
import { deferIndexes, restoreIndex } from '../../src/main/engine/store/deferred-indexes.ts';
import type { WriteDb } from '../../src/main/engine/store/index.ts';
import { openScratch } from '../../src/main/engine/store/scratch.ts';
import { scratchFile } from '../../src/main/engine/store/scratch-file.ts';
import { MOVEMENT_COLUMNS } from '../../src/main/engine/metrics/ledger/ledger-target.ts';

const SCRATCH = 'kept-movements';

export interface KeptMovements {
  /** Milliseconds, the best of three. */
  readonly ms: number;
  readonly rows: number;
}

/**
 * Moves the rows that are in force to a scratch file as a thread leaves them, empties the table, and times what the
 * writer does with that file: rows, indexes, and the log carried over. Changes the ledger: for its end only.
 */
export function keptMovements(db: WriteDb, file: string, key: Uint8Array): KeptMovements {
  let best = Number.POSITIVE_INFINITY;
  let rows = 0;
  for (let round = 0; round < 3; round++) {
    openScratch(scratchFile(file, SCRATCH), key, `CREATE TABLE movement (${MOVEMENT_COLUMNS})`).close();
    const ms = db.withScratch(SCRATCH, () => {
      db.transaction(() => {
        rows = db
          .prepareWrite(
            `INSERT INTO scratch.movement SELECT ${MOVEMENT_COLUMNS} FROM main.movement m WHERE reverses_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM main.movement r WHERE r.reverses_id = m.movement_id) ORDER BY customer_id, moved_on`,
          )
          .run().changes;
        db.prepareWrite('DELETE FROM main.movement').run();
      });
      carryOver(db);
      const started = performance.now();
      db.transaction(() => {
        deferIndexes(db, 'movement', ['movement_by_customer']);
        db.prepareWrite(
          `INSERT INTO main.movement (${MOVEMENT_COLUMNS}) SELECT ${MOVEMENT_COLUMNS} FROM scratch.movement ORDER BY rowid`,
        ).run();
      });
      while (restoreIndex(db));
      carryOver(db);
      return performance.now() - started;
    });
    best = Math.min(best, ms);
  }
  return { ms: best, rows };
}

function carryOver(db: WriteDb): void {
  db.prepare('PRAGMA main.wal_checkpoint(TRUNCATE)').first();
}
