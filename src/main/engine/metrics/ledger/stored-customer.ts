/** What the ledger holds of a customer now, as far as a recompute compares it. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { LedgerKind } from '../core/movement.ts';
import type { MovementDraft } from './customer-movements.ts';
import type { GaugedState, UsageLevel } from './rollup.ts';

export interface StoredMovement extends MovementDraft {
  readonly movementId: number;
}

export interface StoredCustomer {
  /** The movements in force: neither reversals nor reversed. */
  readonly movements: readonly StoredMovement[];
  readonly states: readonly (readonly GaugedState[])[];
  readonly usage: readonly (readonly UsageLevel[])[];
}

export const NOTHING_STORED: StoredCustomer = { movements: [], states: [], usage: [] };

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

interface StateRow {
  source_id: number;
  subscription_id: string;
  effective_on: PlainDay;
  standing: string;
  currency: string;
  annual_minor: number;
  trial_minor: number;
  scheduled_end: number;
}

interface UsageRow {
  source_id: number;
  subscription_id: string;
  item_id: string;
  changed_on: PlainDay;
  currency: string;
  annual_minor: number;
}

/** Reads customer after customer over one set of prepared statements. */
export function storedCustomerReader(db: ReadDb): (customerId: CustomerId) => StoredCustomer {
  const movements = db.prepare<[number], MovementRow>(
    `SELECT movement_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id, currency,
            annual_minor, reporting_minor, evidence, evidence_id
     FROM movement m
     WHERE customer_id = ? AND reverses_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses_id = m.movement_id)
     ORDER BY moved_on, movement_id`,
  );
  const states = db.prepare<[number], StateRow>(
    `SELECT source_id, subscription_id, effective_on, standing, currency, annual_minor, trial_minor, scheduled_end
     FROM subscription_state WHERE customer_id = ? ORDER BY source_id, subscription_id, effective_at`,
  );
  const usage = db.prepare<[number], UsageRow>(
    `SELECT source_id, subscription_id, item_id, changed_on, currency, annual_minor
     FROM usage_level WHERE customer_id = ? ORDER BY source_id, subscription_id, item_id, changed_on`,
  );
  return (customerId) => ({
    movements: movements.all(customerId).map(movementOf),
    states: groupedBy(
      states.all(customerId),
      (row) => `${row.source_id}|${row.subscription_id}`,
      (row) => ({
        on: row.effective_on,
        standing: row.standing,
        currency: row.currency,
        annual: row.annual_minor,
        trial: row.trial_minor,
        scheduledEnd: row.scheduled_end === 1,
      }),
    ),
    usage: groupedBy(
      usage.all(customerId),
      (row) => `${row.source_id}|${row.subscription_id}|${row.item_id}`,
      (row) => ({ on: row.changed_on, currency: row.currency, annual: row.annual_minor }),
    ),
  });
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
