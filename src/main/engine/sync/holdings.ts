/** What would go with a source: counted before anybody is asked whether it shall. */
import type { ReadDb } from '../store/handles.ts';

export interface Holdings {
  /** Kept records by kind of object, and what is kept without a record, most first. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly setAside: number;
  /** Customers of whom no other source speaks: they lose their names with it. */
  readonly onlyHere: number;
}

/** What stands without a kept record, and is therefore counted by itself. */
export const COUNTED: readonly { readonly table: string; readonly kind: string }[] = [
  { table: 'meter_usage', kind: 'metered_day' },
  { table: 'payment_intent', kind: 'payment_not_made' },
  { table: 'product_account', kind: 'product_account' },
  { table: 'usage_batch', kind: 'batch_of_use' },
  { table: 'visitor', kind: 'visitor' },
  { table: 'active_user', kind: 'active_users' },
  { table: 'first_visit', kind: 'first_visits' },
  { table: 'nps_response', kind: 'nps_response' },
  { table: 'identity_link', kind: 'matched_account' },
];

const A_RECORD = 'made of kept records, which are counted';
const DERIVED = 'worked out from the rest';
const ABOUT_SYNC = 'about the connection itself';

/** The other tables of a source, each with the reason why its rows are no number of their own. */
export const NOT_COUNTED: Readonly<Record<string, string>> = {
  raw_object: 'counted by kind of object',
  file_stream: 'its rows are counted by kind of table',
  quarantine: 'counted as set aside',
  customer: 'counted where no other source speaks of them',
  balance_transaction: A_RECORD,
  billing_customer: A_RECORD,
  billing_meter: A_RECORD,
  charge: A_RECORD,
  coupon: A_RECORD,
  credit_note: A_RECORD,
  crm_account: A_RECORD,
  crm_contact: A_RECORD,
  crm_deal: A_RECORD,
  crm_deal_line: A_RECORD,
  crm_deal_stage: A_RECORD,
  crm_field: A_RECORD,
  crm_owner: A_RECORD,
  crm_pipeline: A_RECORD,
  crm_territory: A_RECORD,
  dispute: A_RECORD,
  invoice: A_RECORD,
  invoice_line: A_RECORD,
  invoice_payment: A_RECORD,
  payout: A_RECORD,
  payout_part: A_RECORD,
  price: A_RECORD,
  product: A_RECORD,
  quote: A_RECORD,
  refund: A_RECORD,
  release: A_RECORD,
  subscription: A_RECORD,
  subscription_sighting: A_RECORD,
  support_company: A_RECORD,
  support_contact: A_RECORD,
  support_ticket: A_RECORD,
  active_sketch: 'counted as batches of use',
  usage_event_day: 'counted as batches of use',
  product_event: 'names of events',
  event_property: 'names of properties',
  alert_baseline: DERIVED,
  closing_flow_change: DERIVED,
  discount_span: DERIVED,
  failed_payment: DERIVED,
  file_dirty_object: DERIVED,
  first_payment: DERIVED,
  identity_compared_account: DERIVED,
  identity_suggestion: DERIVED,
  invoice_counted: DERIVED,
  invoice_day: DERIVED,
  ledger_item: DERIVED,
  movement: DERIVED,
  restatement: DERIVED,
  subscription_state: DERIVED,
  support_account: DERIVED,
  trial: DERIVED,
  unvalued_item: DERIVED,
  usage_level: DERIVED,
  crm_field_change: 'what was said of fields',
  crm_field_meaning: 'what was said of fields',
  identity_decision: 'what was decided about its accounts',
  usage_limit: 'what plans include',
  relisted: ABOUT_SYNC,
  secret: ABOUT_SYNC,
  source_budget: ABOUT_SYNC,
  stream_state: ABOUT_SYNC,
  sync_pace: ABOUT_SYNC,
  sync_plan: ABOUT_SYNC,
  sync_run: ABOUT_SYNC,
};

/** Counts exactly; on a very large source that takes some seconds. */
export function holdings(db: ReadDb, sourceId: number): Holdings {
  const records = db
    .prepare<[number, number], { kind: string; count: number }>(
      `SELECT type AS kind, count(*) AS count FROM raw_object WHERE source_id = ? AND type <> 'gone' GROUP BY type
       UNION ALL SELECT 'row_of_' || s.kind, count(*) FROM file_stream s JOIN file_record r USING (file_stream_id)
       WHERE s.source_id = ? GROUP BY s.kind`,
    )
    .all(sourceId, sourceId);
  const known = new Set(records.map(({ kind }) => kind));
  const alone = COUNTED.filter(({ kind }) => !known.has(kind)).map(({ table, kind }) => ({
    kind,
    count:
      db.prepare<[number], { n: number }>(`SELECT count(*) AS n FROM ${table} WHERE source_id = ?`).first(sourceId)
        ?.n ?? 0,
  }));
  const setAside = db
    .prepare<[number], { n: number }>('SELECT count(*) AS n FROM quarantine WHERE source_id = ?')
    .first(sourceId);
  const onlyHere = db
    .prepare<[number, number], { n: number }>(
      `SELECT count(DISTINCT b.customer_id) AS n FROM billing_customer b WHERE b.source_id = ?
       AND NOT EXISTS (SELECT 1 FROM billing_customer o WHERE o.customer_id = b.customer_id AND o.source_id <> ?)`,
    )
    .first(sourceId, sourceId);
  const kinds = [...records, ...alone.filter(({ count }) => count > 0)].toSorted(
    (a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1),
  );
  return { kinds, setAside: setAside?.n ?? 0, onlyHere: onlyHere?.n ?? 0 };
}
