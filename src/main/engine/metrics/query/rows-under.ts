/** The ledger's rows and states under a policy that the stored ledger was not computed under: made from the stored states. */
import { EvidenceSchema } from '../../../../shared/contract/evidence.ts';
import type { PolicyInput } from '../../../../shared/contract/policy.ts';
import { dayAt, type PlainDay } from '../../../../shared/kernel/day.ts';
import { rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { policyOf, type Policy } from '../core/policy.ts';
import type { Evidence } from '../core/state.ts';
import { customerMovements } from '../ledger/customer-movements.ts';
import type { CustomerHistory } from '../ledger/customer-history.ts';
import { ledgerKey } from './ledger-view.ts';
import type { LedgerRow } from './ledger-row.ts';
import { storedHistories, storedPolicy } from './policy-view.ts';

/** The policy asked for, where it is another than the stored ledger's; null: the stored rows hold. */
export function otherPolicy(db: ReadDb, asked: PolicyInput | undefined, context: MetricsContext): Policy | null {
  if (asked === undefined || asked === context.policy.name) return null;
  const policy = policyOf(asked);
  const stored = storedPolicy(db);
  return stored === null || JSON.stringify(stored) === JSON.stringify(policy) ? null : policy;
}

/** The rows asked for last, so that the pages of one list are computed once. */
const last = new WeakMap<ReadDb, { key: string; rows: readonly LedgerRow[] }>();

/** All movements of all customers under a policy, in the order in which the ledger is listed. */
export function ledgerRowsUnder(db: ReadDb, policy: Policy, context: MetricsContext): readonly LedgerRow[] {
  const key = JSON.stringify([ledgerKey(db), policy, context.zone, context.currency]);
  const known = last.get(db);
  if (known?.key === key) return known.rows;
  const valuation = { currency: context.currency, rates: rateBook(db), policy };
  const nameOf = names<number>(db, `SELECT customer_id AS id, name FROM customer`);
  const productOf = names<string>(db, `SELECT source_id || '|' || id AS id, name FROM product`);
  const nicknameOf = names<string>(
    db,
    `SELECT source_id || '|' || id AS id, json_extract(body, '$.nickname') AS name FROM price
     WHERE json_extract(body, '$.nickname') IS NOT NULL`,
  );
  const rows: LedgerRow[] = [];
  for (const history of storedHistories(db, policy, context.zone))
    for (const draft of customerMovements(history, valuation))
      rows.push({
        moved_on: draft.on,
        customer_id: history.customerId,
        name: nameOf.get(history.customerId) ?? '',
        kind: draft.kind,
        reason: draft.reason,
        source_id: draft.sourceId,
        subscription_id: draft.subscriptionId,
        price_id: draft.priceId,
        product_id: draft.productId,
        plan:
          productOf.get(`${draft.sourceId}|${draft.productId}`) ??
          nicknameOf.get(`${draft.sourceId}|${draft.priceId}`) ??
          null,
        currency: draft.currency,
        annual_minor: draft.annual,
        reporting_minor: draft.reporting,
        evidence: EvidenceSchema.parse(draft.evidence),
        evidence_id: draft.evidenceId,
      });
  rows.sort((a, b) => (a.moved_on < b.moved_on ? -1 : a.moved_on > b.moved_on ? 1 : a.customer_id - b.customer_id));
  last.set(db, { key, rows });
  return rows;
}

function names<Id>(db: ReadDb, sql: string): Map<Id, string> {
  const rows = db.prepare<[], { id: Id; name: string }>(sql).all();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A subscription's state at the end of a day, as rows behind a stock need it. */
export interface StateUnder {
  readonly source_id: number;
  readonly subscription_id: string;
  readonly customer_id: CustomerHistory['customerId'];
  readonly standing: string;
  readonly currency: string;
  readonly annual_minor: number;
  readonly trial_minor: number;
  readonly scheduled_end: number;
  readonly evidence: Evidence;
  readonly evidence_id: string;
}

/** The states that hold at the end of a day under a policy. */
export function statesUnderOn(db: ReadDb, policy: Policy, day: PlainDay, { zone }: MetricsContext): StateUnder[] {
  const held: StateUnder[] = [];
  for (const { customerId, subscriptions } of storedHistories(db, policy, zone))
    for (const { sourceId, subscriptionId, states } of subscriptions) {
      const found = states.findLast(({ state }) => dayAt(state.effectiveAt, zone) <= day);
      if (!found) continue;
      const { state, valued } = found;
      held.push({
        source_id: sourceId,
        subscription_id: subscriptionId,
        customer_id: customerId,
        standing: valued.standing,
        currency: state.currency,
        annual_minor: valued.annual,
        trial_minor: valued.trial,
        scheduled_end: state.scheduledEnd ? 1 : 0,
        evidence: state.evidence,
        evidence_id: state.evidenceId,
      });
    }
  return held;
}
