/** What the ledger holds of a customer now, as far as a recompute compares it. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import type { MovementDraft } from './customer-movements.ts';
import { customerRowsReader, type CustomerRow, type CustomerRows } from './customer-tables.ts';
import type { CustomerPart, GaugedState, UsageLevel } from './rollup.ts';

export interface StoredMovement extends MovementDraft {
  readonly movementId: number;
}

export interface StoredCustomer extends CustomerPart {
  readonly movements: readonly StoredMovement[];
  readonly rows: CustomerRows;
}

const NO_ROWS: CustomerRows = {
  subscription_state: [],
  usage_level: [],
  customer_standing: [],
  trial: [],
  unvalued_item: [],
};

/** What an empty ledger holds of anybody. */
export const NOTHING_STORED: StoredCustomer = { movements: [], states: [], usage: [], rows: NO_ROWS };

interface MovementRow {
  movement_id: number;
  moved_on: PlainDay;
  kind: LedgerKind;
  reason: string | null;
  source_id: number;
  subscription_id: string;
  price_id: string;
  product_id: string | null;
  currency: string;
  annual_minor: number;
  reporting_minor: number | null;
  evidence: string;
  evidence_id: string;
}

/** Reads the movements in force, neither reversals nor reversed, of customer after customer. */
export function storedMovementReader(db: ReadDb): (customerId: CustomerId) => StoredMovement[] {
  const movements = db.prepare<[number], MovementRow>(
    `SELECT movement_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id, currency,
            annual_minor, reporting_minor, evidence, evidence_id
     FROM movement m
     WHERE customer_id = ? AND reverses_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
     ORDER BY moved_on, movement_id`,
  );
  return (customerId) => movements.all(customerId).map(movementOf);
}

/** Reads all that is stored of customer after customer over one set of prepared statements. */
export function storedCustomerReader(db: ReadDb): (customerId: CustomerId) => StoredCustomer {
  const movements = storedMovementReader(db);
  const allRows = customerRowsReader(db);
  return (customerId) => {
    const rows = allRows(customerId);
    return {
      movements: movements(customerId),
      rows,
      states: groupedBy(rows.subscription_state, (row) => row.slice(0, 2).join('|'), gaugedState),
      usage: groupedBy(rows.usage_level, (row) => row.slice(0, 3).join('|'), usageLevel),
    };
  };
}

function gaugedState([, , , on, , , standing, currency, annual, trial, scheduledEnd]: CustomerRow): GaugedState {
  return {
    on: on as PlainDay,
    standing: standing as string,
    currency: currency as string,
    annual: annual as number,
    trial: trial as number,
    scheduledEnd: scheduledEnd === 1,
  };
}

function usageLevel([, , , on, , currency, annual]: CustomerRow): UsageLevel {
  return { on: on as PlainDay, currency: currency as string, annual: annual as number };
}

function movementOf(row: MovementRow): StoredMovement {
  return {
    movementId: row.movement_id,
    on: row.moved_on,
    kind: row.kind,
    reason: row.reason,
    sourceId: row.source_id,
    subscriptionId: row.subscription_id,
    priceId: row.price_id,
    productId: row.product_id,
    currency: row.currency,
    annual: row.annual_minor,
    reporting: row.reporting_minor,
    evidence: row.evidence,
    evidenceId: row.evidence_id,
  };
}

/** Rows that follow each other with one key, as lists. */
function groupedBy<Row, Value>(rows: readonly Row[], key: (row: Row) => string, value: (row: Row) => Value): Value[][] {
  const groups: Value[][] = [];
  let last: string | undefined;
  for (const row of rows) {
    if (key(row) !== last) groups.push([]);
    last = key(row);
    groups.at(-1)?.push(value(row));
  }
  return groups;
}
