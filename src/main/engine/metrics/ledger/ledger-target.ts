/** Where an update of the ledger is written: into the ledger itself, or into a scratch file that the writer takes over. */
import type { SqlValue, WriteDb, WriteStatement } from '../../store/handles.ts';
import {
  CUSTOMER_KEYS,
  CUSTOMER_TABLE_NAMES,
  CUSTOMER_TABLES,
  type CustomerRow,
  type CustomerTable,
} from './customer-tables.ts';
import type { MovementDraft } from './customer-movements.ts';

export interface LedgerTarget {
  /** Holds the rollups, rates and parts of this target. */
  readonly db: WriteDb;
  /** Rollups of this target may hold rows that come to nothing. */
  readonly isScratch: boolean;
  addMovement(runId: number, customerId: number, draft: MovementDraft): void;
  /** Takes a stored movement back by one with the opposite amounts. */
  reverse(runId: number, movementId: number): void;
  /** Removes a customer's stored row by the values of the table's key. */
  remove(table: CustomerTable, key: CustomerRow): void;
  /** Gives a customer's stored row other values than those of its key. */
  change(table: CustomerTable, key: CustomerRow, row: CustomerRow): void;
  add(table: CustomerTable, row: CustomerRow): void;
  /** Replaces a block of columns; null where no customer of it has any entry. */
  putBlock(table: BlockTable, blockId: number, body: Uint8Array | null): void;
}

/** The tables of packed columns. */
export const BLOCK_TABLES = ['customer_block', 'state_block'] as const;
export type BlockTable = (typeof BLOCK_TABLES)[number];

export const MOVEMENT_COLUMNS = `run_id, customer_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id,
  currency, annual_minor, reporting_minor, evidence, evidence_id`;

/** A movement that takes back `m`, of the run given as parameter. */
export const REVERSAL = `INSERT INTO main.movement (${MOVEMENT_COLUMNS}, reverses_id)
  SELECT ?, m.customer_id, m.moved_on, m.kind, m.reason, m.source_id, m.subscription_id, m.price_id, m.product_id,
    m.currency, -m.annual_minor, -m.reporting_minor, m.evidence, m.evidence_id, m.movement_id`;

/** Adds movements over a prepared statement. */
export function movementAdder(db: WriteDb): LedgerTarget['addMovement'] {
  const add = db.prepareWrite<readonly SqlValue[]>(
    `INSERT INTO movement (${MOVEMENT_COLUMNS}) VALUES (${MOVEMENT_COLUMNS.replaceAll(/\w+/g, '?')})`,
  );
  return (runId, customerId, draft) =>
    void add.run(
      runId,
      customerId,
      draft.on,
      draft.kind,
      draft.reason,
      draft.sourceId,
      draft.subscriptionId,
      draft.priceId,
      draft.productId,
      draft.currency,
      draft.annual,
      draft.reporting,
      draft.evidence,
      draft.evidenceId,
    );
}

/** Adds rows of the customer's tables over prepared statements. */
export function rowAdder(db: WriteDb): LedgerTarget['add'] {
  const adders = eachTable((table) => {
    const columns = CUSTOMER_TABLES[table];
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  }, db);
  return (table, row) => void adders.get(table)?.run(...row);
}

/** One statement a table. */
export function eachTable(
  sql: (table: CustomerTable) => string,
  db: WriteDb,
): ReadonlyMap<CustomerTable, WriteStatement<readonly SqlValue[]>> {
  return new Map(CUSTOMER_TABLE_NAMES.map((table) => [table, db.prepareWrite<readonly SqlValue[]>(sql(table))]));
}

/** The columns that are not part of a table's key. */
function valueColumns(table: CustomerTable): readonly string[] {
  return CUSTOMER_TABLES[table].filter((column) => !CUSTOMER_KEYS[table].includes(column));
}

/** Writes into the ledger. */
export function ledgerItself(db: WriteDb): LedgerTarget {
  const reverse = db.prepareWrite<[number, number]>(`${REVERSAL} FROM main.movement m WHERE m.movement_id = ?`);
  const ofKey = (table: CustomerTable) => CUSTOMER_KEYS[table].map((column) => `${column} = ?`).join(' AND ');
  const removals = eachTable((table) => `DELETE FROM ${table} WHERE ${ofKey(table)}`, db);
  // The key is not set: SQLite would look its customer and source up again, and put the row into the table anew.
  const changes = eachTable(
    (table) => `UPDATE ${table} SET ${valueColumns(table).join(' = ?, ')} = ? WHERE ${ofKey(table)}`,
    db,
  );
  const putBlock = (table: BlockTable) =>
    db.prepareWrite<[number, Uint8Array]>(
      `INSERT INTO ${table} (block_id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body`,
    );
  const dropBlock = (table: BlockTable) => db.prepareWrite<[number]>(`DELETE FROM ${table} WHERE block_id = ?`);
  return {
    db,
    isScratch: false,
    addMovement: movementAdder(db),
    add: rowAdder(db),
    reverse: (runId, movementId) => void reverse.run(runId, movementId),
    remove: (table, key) => void removals.get(table)?.run(...key),
    change(table, key, row) {
      const isValue = (place: number) => !CUSTOMER_KEYS[table].includes(CUSTOMER_TABLES[table][place] ?? '');
      changes.get(table)?.run(...row.filter((_value, place) => isValue(place)), ...key);
    },
    putBlock: (table, blockId, body) =>
      void (body === null ? dropBlock(table).run(blockId) : putBlock(table).run(blockId, body)),
  };
}
