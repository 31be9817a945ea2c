/** A scratch file of ledger rows: its tables, filling them on a thread, and taking them over on the writer. */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { WriteDb } from '../../store/handles.ts';
import {
  CUSTOMER_KEYS,
  CUSTOMER_TABLE_NAMES,
  CUSTOMER_TABLES,
  type CustomerRow,
  type CustomerTable,
} from './customer-tables.ts';
import type { MovementDraft } from './customer-movements.ts';
import type { UpdateRun } from './customer-update.ts';
import {
  BLOCK_TABLES,
  MOVEMENT_COLUMNS,
  eachTable,
  movementAdder,
  REVERSAL,
  rowAdder,
  type BlockTable,
  type LedgerTarget,
} from './ledger-target.ts';

/** The tables have the ledger's names and columns, and those keys that filling them needs: rollups are written once. */
export const SCRATCH_SCHEMA = [
  ...CUSTOMER_TABLE_NAMES.map((table) => `CREATE TABLE ${table} (${CUSTOMER_TABLES[table].join(', ')})`),
  `CREATE TABLE movement (${MOVEMENT_COLUMNS})`,
  `CREATE TABLE reversed (movement_id)`,
  ...CUSTOMER_TABLE_NAMES.map((table) => `CREATE TABLE ${removed(table)} (${CUSTOMER_KEYS[table].join(', ')})`),
  ...BLOCK_TABLES.map((table) => `CREATE TABLE ${table} (block_id, body)`),
  `CREATE TABLE state_part (part_id INTEGER PRIMARY KEY, body)`,
  `CREATE TABLE ledger_item (item_id INTEGER PRIMARY KEY, source_id, price_id, product_id)`,
  `CREATE TABLE ledger_rate (currency, moved_on, rate, PRIMARY KEY (currency, moved_on)) WITHOUT ROWID`,
  `CREATE TABLE movement_rollup (moved_on, kind, currency, annual_minor, reporting_minor, unvalued_minor, customers)`,
  `CREATE TABLE gauge_rollup (gauge, changed_on, currency, delta)`,
].join(';\n');

/** Holds the keys of rows that are no more. */
function removed(table: CustomerTable): string {
  return `removed_${table}`;
}

export interface ScratchTarget extends LedgerTarget {
  /** Writes what was held back. */
  finish(): void;
}

/** Writes into a scratch file. */
export function scratchLedger(db: WriteDb, { empty }: Pick<UpdateRun, 'empty'>): ScratchTarget {
  const addMovement = movementAdder(db);
  const reverse = db.prepareWrite<[number]>(`INSERT INTO reversed VALUES (?)`);
  const add = rowAdder(db);
  const removals = eachTable(
    (table) => `INSERT INTO ${removed(table)} VALUES (${CUSTOMER_KEYS[table].map(() => '?').join(', ')})`,
    db,
  );
  const remove = (table: CustomerTable, key: CustomerRow) => void removals.get(table)?.run(...key);
  const putBlock = (table: BlockTable) =>
    db.prepareWrite<[number, Uint8Array | null]>(`INSERT INTO ${table} VALUES (?, ?)`);
  const drafts: { runId: number; customerId: number; draft: MovementDraft }[] = [];
  return {
    db,
    isScratch: true,
    add,
    remove,
    change(table, key, row) {
      remove(table, key);
      add(table, row);
    },
    addMovement: (runId, customerId, draft) => void drafts.push({ runId, customerId, draft }),
    reverse: (_runId, movementId) => void reverse.run(movementId),
    putBlock: (table, blockId, body) => void putBlock(table).run(blockId, body),
    finish() {
      // By day: then each page of the ledger's index by day is touched once per file. The index by customer needs no
      // help, since a file's customers lie side by side; an empty ledger has only that one meanwhile.
      if (!empty) drafts.sort((a, b) => (a.draft.on < b.draft.on ? -1 : a.draft.on > b.draft.on ? 1 : 0));
      for (const { runId, customerId, draft } of drafts) addMovement(runId, customerId, draft);
      drafts.length = 0;
    },
  };
}

/**
 * Takes the rows of the attached scratch file over into the ledger. Called
 * inside the transaction that also takes the customers off the work list.
 * @param empty there is nothing in the ledger that could be replaced.
 * @throws AppError `internal` where two parts of states share a number.
 */
export function takeOverScratch(db: WriteDb, runId: number, empty: boolean): void {
  const run = (sql: string) => db.prepareWrite(sql).run();
  run(`INSERT OR IGNORE INTO main.state_part (part_id, body) SELECT part_id, body FROM scratch.state_part`);
  run(
    `INSERT OR IGNORE INTO main.ledger_item (item_id, source_id, price_id, product_id)
     SELECT item_id, source_id, price_id, product_id FROM scratch.ledger_item`,
  );
  assertNumbersAgree(db);
  for (const table of CUSTOMER_TABLE_NAMES) {
    const columns = CUSTOMER_TABLES[table].join(', ');
    const keys = CUSTOMER_KEYS[table].join(', ');
    if (!empty) run(`DELETE FROM main.${table} WHERE (${keys}) IN (SELECT ${keys} FROM scratch.${removed(table)})`);
    run(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM scratch.${table}`);
  }
  run(
    `INSERT INTO main.movement (${MOVEMENT_COLUMNS}) SELECT ${MOVEMENT_COLUMNS} FROM scratch.movement ORDER BY rowid`,
  );
  if (!empty)
    db.prepareWrite<[number]>(
      `${REVERSAL} FROM scratch.reversed r CROSS JOIN main.movement m ON m.movement_id = r.movement_id`,
    ).run(runId);
  for (const table of BLOCK_TABLES) {
    run(
      `INSERT INTO main.${table} (block_id, body) SELECT block_id, body FROM scratch.${table}
       WHERE body IS NOT NULL ON CONFLICT DO UPDATE SET body = excluded.body`,
    );
    run(`DELETE FROM main.${table} WHERE block_id IN (SELECT block_id FROM scratch.${table} WHERE body IS NULL)`);
  }
  run(`INSERT OR IGNORE INTO main.ledger_rate SELECT currency, moved_on, rate FROM scratch.ledger_rate`);
  takeOverRollups(run);
}

function takeOverRollups(run: (sql: string) => unknown): void {
  run(
    `INSERT INTO main.movement_rollup (moved_on, kind, currency, annual_minor, reporting_minor, unvalued_minor, customers)
     SELECT moved_on, kind, currency, annual_minor, reporting_minor, unvalued_minor, customers
     FROM scratch.movement_rollup WHERE TRUE
     ON CONFLICT DO UPDATE SET annual_minor = annual_minor + excluded.annual_minor,
       reporting_minor = reporting_minor + excluded.reporting_minor,
       unvalued_minor = unvalued_minor + excluded.unvalued_minor, customers = customers + excluded.customers`,
  );
  run(
    `DELETE FROM main.movement_rollup
     WHERE annual_minor = 0 AND reporting_minor = 0 AND unvalued_minor = 0 AND customers = 0`,
  );
  run(
    `INSERT INTO main.gauge_rollup (gauge, changed_on, currency, delta)
     SELECT gauge, changed_on, currency, delta FROM scratch.gauge_rollup WHERE TRUE
     ON CONFLICT DO UPDATE SET delta = delta + excluded.delta`,
  );
  run(`DELETE FROM main.gauge_rollup WHERE delta = 0`);
}

/** Parts and items are numbered by a hash of their content: two different ones with one number must never pass for each other. */
function assertNumbersAgree(db: WriteDb): void {
  const clash = db
    .prepare<[], { number: number }>(
      `SELECT s.part_id AS number FROM scratch.state_part s LEFT JOIN main.state_part m ON m.part_id = s.part_id
       WHERE m.body IS NOT s.body
       UNION ALL
       SELECT s.item_id FROM scratch.ledger_item s LEFT JOIN main.ledger_item m ON m.item_id = s.item_id
       WHERE m.source_id IS NOT s.source_id OR m.price_id IS NOT s.price_id OR m.product_id IS NOT s.product_id
       LIMIT 1`,
    )
    .first();
  if (clash) throw new AppError('internal', `Two prices or coupons of the ledger share the number ${clash.number}`);
}
