/** Where an update of the ledger is written: into the ledger itself, or into a scratch file that the writer takes over. */
import type { SqlValue, WriteDb } from '../../store/handles.ts';
import { CUSTOMER_TABLE_NAMES, CUSTOMER_TABLES, type CustomerRow, type CustomerTable } from './customer-tables.ts';
import type { MovementDraft } from './customer-movements.ts';

export interface LedgerTarget {
  /** Holds the rollups, rates and parts of this target. */
  readonly db: WriteDb;
  /** Rollups of this target may hold rows that come to nothing. */
  readonly isScratch: boolean;
  addMovement(runId: number, customerId: number, draft: MovementDraft): void;
  /** Takes a stored movement back by one with the opposite amounts. */
  reverse(runId: number, movementId: number): void;
  /** Drops a customer's stored rows of a table. */
  drop(table: CustomerTable, customerId: number): void;
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

/** Rows of movements and of the customer's tables over one set of prepared statements. */
export function rowAdders(db: WriteDb): Pick<LedgerTarget, 'addMovement' | 'add'> {
  const addMovement = db.prepareWrite<readonly SqlValue[]>(
    `INSERT INTO movement (${MOVEMENT_COLUMNS}) VALUES (${MOVEMENT_COLUMNS.replaceAll(/\w+/g, '?')})`,
  );
  const adders = new Map(
    CUSTOMER_TABLE_NAMES.map((table) => {
      const columns = CUSTOMER_TABLES[table];
      const places = columns.map(() => '?').join(', ');
      return [
        table,
        db.prepareWrite<readonly SqlValue[]>(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`),
      ];
    }),
  );
  return {
    addMovement: (runId, customerId, draft) =>
      void addMovement.run(
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
      ),
    add: (table, row) => void adders.get(table)?.run(...row),
  };
}

/** Writes into the ledger. */
export function ledgerItself(db: WriteDb): LedgerTarget {
  const reverse = db.prepareWrite<[number, number]>(`${REVERSAL} FROM main.movement m WHERE m.movement_id = ?`);
  const drops = new Map(
    CUSTOMER_TABLE_NAMES.map((table) => [
      table,
      db.prepareWrite<[number]>(`DELETE FROM ${table} WHERE customer_id = ?`),
    ]),
  );
  const putBlock = (table: BlockTable) =>
    db.prepareWrite<[number, Uint8Array]>(
      `INSERT INTO ${table} (block_id, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body`,
    );
  const dropBlock = (table: BlockTable) => db.prepareWrite<[number]>(`DELETE FROM ${table} WHERE block_id = ?`);
  return {
    db,
    isScratch: false,
    ...rowAdders(db),
    reverse: (runId, movementId) => void reverse.run(runId, movementId),
    drop: (table, customerId) => void drops.get(table)?.run(customerId),
    putBlock: (table, blockId, body) =>
      void (body === null ? dropBlock(table).run(blockId) : putBlock(table).run(blockId, body)),
  };
}
