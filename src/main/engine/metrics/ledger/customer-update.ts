/** Brings what the ledger stores of customers in line with what their facts say. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { rememberRates } from './basis.ts';
import { computeCustomer, type ComputedCustomer } from './compute-customer.ts';
import { MOVEMENT_BLOCKS, movementRows } from './customer-block.ts';
import type { MovementDraft, Valuation } from './customer-movements.ts';
import { CUSTOMER_TABLE_NAMES, rowChanges, type CustomerRow, type CustomerRows } from './customer-tables.ts';
import { itemNumbering } from './ledger-item.ts';
import type { LedgerTarget } from './ledger-target.ts';
import { factReader } from './load-facts.ts';
import { changedBlocks, type PackedRow } from './packed-rows.ts';
import { RollupDelta } from './rollup.ts';
import { standingRows } from './standing-store.ts';
import { STATE_BLOCKS, stateRows } from './state-block.ts';
import { statePacker } from './state-store.ts';
import { NOTHING_STORED, storedCustomerReader, type StoredMovement } from './stored-customer.ts';

/** What a customer's rows follow from, besides its facts. */
export type UpdateContext = Pick<MetricsContext, 'policy' | 'zone' | 'today' | 'currency'>;

export interface UpdateRun {
  readonly runId: number;
  /** Nothing is stored of anybody: nothing has to be read, compared or dropped. */
  readonly empty: boolean;
}

export interface Changes {
  readonly customers: number;
  readonly added: number;
  readonly reversed: number;
}

export interface CustomerUpdater {
  /** Computes a customer, compares with what is stored, writes what differs. */
  update(customerId: CustomerId): void;
  /** Writes what is summed up over the customers since the last call: rollups, rates, levels. */
  finish(): Changes;
}

/** Reads facts and the stored ledger from `db` and writes into the target, over one set of prepared statements. */
export function customerUpdater(
  db: ReadDb,
  target: LedgerTarget,
  context: UpdateContext,
  { runId, empty }: UpdateRun,
): CustomerUpdater {
  const valuation: Valuation = { currency: context.currency, rates: rateBook(db), policy: context.policy };
  const readFacts = factReader(db);
  const readStored = storedCustomerReader(db);
  const pack = statePacker(db, target.db);
  const numberOf = itemNumbering(db, target.db);
  const standings = standingRows(db, numberOf, { ...valuation, today: context.today, zone: context.zone });
  const rollups = new RollupDelta();
  const moved = new Map<number, PackedRow[]>();
  const held = new Map<number, PackedRow[]>();
  const used = new Map<string, MovementDraft>();
  let changes = NO_CHANGES;

  function writeRows(stored: CustomerRows, rows: CustomerRows): void {
    for (const table of CUSTOMER_TABLE_NAMES) {
      const { gone, changed, added } = rowChanges(table, stored[table], rows[table]);
      for (const key of gone) target.remove(table, key);
      for (const { key, row } of changed) target.change(table, key, row);
      for (const row of added) target.add(table, row);
    }
  }

  return {
    update(customerId) {
      const computed = computeCustomer(customerId, readFacts(customerId), context, valuation);
      const stored = empty ? NOTHING_STORED : readStored(customerId);
      const { added, reversed } = appendMovements(target, runId, customerId, stored.movements, computed.movements);
      if (!empty) rollups.book(stored, -1);
      rollups.book(computed.part, 1);
      writeRows(stored.rows, {
        subscription_state: storedStates(computed, pack),
        usage_level: usageRows(customerId, computed),
        ...standings(computed.history, computed.movements),
      });
      moved.set(customerId, movementRows(customerId, computed.movements, numberOf));
      held.set(customerId, stateRows(customerId, computed.history.subscriptions, numberOf));
      for (const draft of computed.movements)
        if (draft.currency !== context.currency) used.set(draft.on + draft.currency, draft);
      changes = {
        customers: changes.customers + 1,
        added: changes.added + added,
        reversed: changes.reversed + reversed,
      };
    },
    finish() {
      rollups.flush(target.db, target.isScratch);
      rememberRates(target.db, valuation, used);
      for (const [shape, rows] of [
        [MOVEMENT_BLOCKS, moved],
        [STATE_BLOCKS, held],
      ] as const)
        for (const [blockId, body] of changedBlocks(db, shape, rows)) target.putBlock(shape.table, blockId, body);
      const done = changes;
      used.clear();
      moved.clear();
      held.clear();
      changes = NO_CHANGES;
      return done;
    },
  };
}

const NO_CHANGES: Changes = { customers: 0, added: 0, reversed: 0 };

/** Reverses rows that no longer hold and adds those that are new. */
function appendMovements(
  target: LedgerTarget,
  runId: number,
  customerId: CustomerId,
  stored: readonly StoredMovement[],
  drafts: readonly MovementDraft[],
): { added: number; reversed: number } {
  const unmatched = new Map<string, StoredMovement[]>();
  for (const row of stored) {
    const key = contentOf(row);
    const same = unmatched.get(key);
    if (same) same.push(row);
    else unmatched.set(key, [row]);
  }
  let added = 0;
  for (const draft of drafts) {
    if (unmatched.size > 0 && unmatched.get(contentOf(draft))?.pop()) continue;
    added += 1;
    target.addMovement(runId, customerId, draft);
  }
  let reversed = 0;
  for (const rows of unmatched.values())
    for (const { movementId } of rows) {
      target.reverse(runId, movementId);
      reversed += 1;
    }
  return { added, reversed };
}

/** What makes two rows the same movement. Evidence is not part of it: a better proof of the same change is no restatement. */
function contentOf(row: MovementDraft): string {
  return `${row.on}|${row.kind}|${row.reason}|${row.sourceId}|${row.subscriptionId}|${row.priceId}|${row.currency}|${row.annual}|${row.reporting}`;
}

function storedStates({ history }: ComputedCustomer, pack: ReturnType<typeof statePacker>): CustomerRow[] {
  return history.subscriptions.flatMap(({ sourceId, subscriptionId, states }) =>
    states.map(({ on, state, valued }) => [
      sourceId,
      subscriptionId,
      state.effectiveAt,
      on,
      history.customerId,
      state.status,
      valued.standing,
      state.currency,
      valued.annual,
      valued.trial,
      state.scheduledEnd ? 1 : 0,
      state.evidence,
      state.evidenceId,
      pack(state),
    ]),
  );
}

function usageRows(customerId: CustomerId, { usage }: ComputedCustomer): CustomerRow[] {
  return usage.flatMap(({ sourceId, subscriptionId, items }) =>
    items.flatMap(({ itemId, levels }) =>
      levels.map(({ on, currency, annual }) => [sourceId, subscriptionId, itemId, on, customerId, currency, annual]),
    ),
  );
}
