/** Brings what the ledger stores of one customer in line with what its facts say. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { CustomerHistory } from './customer-history.ts';
import type { MovementDraft } from './customer-movements.ts';
import { statePacker } from './state-store.ts';
import type { StoredMovement } from './stored-customer.ts';
import type { ItemUsage } from './usage.ts';

export interface SubscriptionUsage {
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly items: readonly ItemUsage[];
}

export interface CustomerWriter {
  /** Reverses rows that no longer hold and adds those that are new. */
  movements(
    customerId: CustomerId,
    runId: number,
    stored: readonly StoredMovement[],
    drafts: readonly MovementDraft[],
  ): MovementChanges;
  states(history: CustomerHistory): void;
  usage(customerId: CustomerId, usage: readonly SubscriptionUsage[]): void;
}

export interface MovementChanges {
  readonly added: number;
  readonly reversed: number;
}

/** Writers over one set of prepared statements; into an `empty` ledger there is nothing to drop first. */
export function customerWriter(db: WriteDb, empty: boolean): CustomerWriter {
  const pack = statePacker(db);
  const addMovement = db.prepareWrite<
    [
      number,
      number,
      string,
      string,
      string | null,
      number,
      string,
      string,
      string | null,
      string,
      number,
      number | null,
      string,
      string,
    ]
  >(
    `INSERT INTO movement (run_id, customer_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id,
       currency, annual_minor, reporting_minor, evidence, evidence_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const reverse = db.prepareWrite<[number, number]>(
    `INSERT INTO movement (run_id, customer_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id,
       currency, annual_minor, reporting_minor, evidence, evidence_id, reverses_id)
     SELECT ?, customer_id, moved_on, kind, reason, source_id, subscription_id, price_id, product_id,
       currency, -annual_minor, -reporting_minor, evidence, evidence_id, movement_id
     FROM movement WHERE movement_id = ?`,
  );
  const dropStates = db.prepareWrite<[number]>(`DELETE FROM subscription_state WHERE customer_id = ?`);
  const addState = db.prepareWrite<
    [number, string, number, string, number, string, string, string, number, number, number, string, string, string]
  >(
    `INSERT INTO subscription_state (source_id, subscription_id, effective_at, effective_on, customer_id, status, standing,
       currency, annual_minor, trial_minor, scheduled_end, evidence, evidence_id, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const dropUsage = db.prepareWrite<[number]>(`DELETE FROM usage_level WHERE customer_id = ?`);
  const addUsage = db.prepareWrite<[number, string, string, string, number, string, number]>(
    `INSERT INTO usage_level (source_id, subscription_id, item_id, changed_on, customer_id, currency, annual_minor)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );

  return {
    movements(customerId, runId, stored, drafts) {
      const unmatched = new Map<string, StoredMovement[]>();
      for (const row of stored) {
        const key = contentOf(row);
        const same = unmatched.get(key);
        if (same) same.push(row);
        else unmatched.set(key, [row]);
      }
      let added = 0;
      for (const draft of drafts) {
        if (unmatched.get(contentOf(draft))?.pop()) continue;
        added += 1;
        addMovement.run(
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
      let reversed = 0;
      for (const rows of unmatched.values())
        for (const { movementId } of rows) {
          reverse.run(runId, movementId);
          reversed += 1;
        }
      return { added, reversed };
    },

    states({ customerId, subscriptions }) {
      if (!empty) dropStates.run(customerId);
      for (const { sourceId, subscriptionId, states } of subscriptions)
        for (const { on, state, valued } of states)
          addState.run(
            sourceId,
            subscriptionId,
            state.effectiveAt,
            on,
            customerId,
            state.status,
            valued.standing,
            state.currency,
            valued.annual,
            valued.trial,
            state.scheduledEnd ? 1 : 0,
            state.evidence,
            state.evidenceId,
            pack(state),
          );
    },

    usage(customerId, usage) {
      if (!empty) dropUsage.run(customerId);
      for (const { sourceId, subscriptionId, items } of usage)
        for (const { itemId, levels } of items)
          for (const { on, currency, annual } of levels)
            addUsage.run(sourceId, subscriptionId, itemId, on, customerId, currency, annual);
    },
  };
}

/** What makes two rows the same movement. Evidence is not part of it: a better proof of the same change is no restatement. */
function contentOf(row: MovementDraft): string {
  return `${row.on}|${row.kind}|${row.reason}|${row.sourceId}|${row.subscriptionId}|${row.priceId}|${row.currency}|${row.annual}|${row.reporting}`;
}
