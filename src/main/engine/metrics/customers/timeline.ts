/** `customers.timeline`: everything that happened with a customer, newest first. */
import type { TimelineEntry } from '../../../../shared/contract/customers.ts';
import { startOfDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { recordPages } from '../../identity/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { sourceUrl } from '../explain/source-link.ts';
import { supportEntries } from '../quality/index.ts';
import { subscriptionMovements } from '../query/movements.ts';

export interface TimelineInput {
  readonly customerId: CustomerId;
  readonly limit: number;
  readonly before?: Instant | undefined;
}

interface EntryRow {
  at: Instant;
  kind:
    | 'invoice'
    | 'payment'
    | 'payment_failed'
    | 'payment_open'
    | 'refund'
    | 'dispute'
    | 'credit_note'
    | 'customer'
    | 'deal'
    | 'quote'
    | 'usage';
  detail: string | null;
  amount: number | null;
  currency: string | null;
  id: string;
  vendor: string;
  /** Of a deal, whose page depends on where its connection lives. */
  source_id?: number;
}

const OF_CUSTOMER = `FROM billing_customer b JOIN source s ON s.source_id = b.source_id`;

/** One statement per kind of object: all take the customer, the moment before which, and how many. */
const ENTRIES: readonly string[] = [
  `SELECT t.at, 'usage' AS kind, t.step || CASE WHEN coalesce(a.channel, '') = '' THEN '' ELSE ', came by ' || a.channel END AS detail,
          NULL AS amount, NULL AS currency, a.id, s.vendor
   FROM identity_link l JOIN source s ON s.source_id = l.source_id
   JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
   JOIN (SELECT product_account_id AS of, signed_up_at AS at, 'Signed up' AS step FROM product_account
         UNION ALL SELECT product_account_id, activated_at, 'Activated' FROM product_account) t ON t.of = a.product_account_id
   WHERE l.customer_id = ? AND t.at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT i.created_at AS at, 'invoice' AS kind, i.status AS detail, i.total_minor AS amount, i.currency, i.id, s.vendor
   ${OF_CUSTOMER} JOIN invoice i ON i.source_id = b.source_id AND i.billing_customer_id = b.id
   WHERE b.customer_id = ? AND i.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT h.created_at AS at, CASE h.status WHEN 'failed' THEN 'payment_failed' ELSE 'payment' END AS kind,
          coalesce(h.failure_message, h.failure_code, h.status) AS detail, h.amount_minor AS amount, h.currency, h.id, s.vendor
   ${OF_CUSTOMER} JOIN charge h ON h.source_id = b.source_id AND h.billing_customer_id = b.id
   WHERE b.customer_id = ? AND h.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT p.created_at AS at, 'payment_open' AS kind,
          CASE p.status WHEN 'processing' THEN 'The bank is still processing it'
                        WHEN 'requires_capture' THEN 'Authorised, not captured'
                        WHEN 'requires_action' THEN 'Waits for the customer to confirm it'
                        WHEN 'canceled' THEN 'Canceled' || coalesce(': ' || replace(p.cancellation_reason, '_', ' '), '')
                        ELSE 'Waits for a means of payment' END ||
            coalesce('. ' || coalesce(p.failure_message, replace(p.failure_code, '_', ' ')), '') AS detail,
          p.amount_minor AS amount, p.currency, p.id, s.vendor
   ${OF_CUSTOMER} JOIN payment_intent p INDEXED BY payment_intent_by_customer
     ON p.source_id = b.source_id AND p.billing_customer_id = b.id AND p.charge_id IS NULL
   WHERE b.customer_id = ? AND p.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT r.created_at AS at, 'refund' AS kind, coalesce(r.reason, r.status) AS detail, -r.amount_minor AS amount, r.currency, r.id, s.vendor
   ${OF_CUSTOMER} JOIN charge h ON h.source_id = b.source_id AND h.billing_customer_id = b.id
   JOIN refund r ON r.source_id = h.source_id AND r.charge_id = h.id
   WHERE b.customer_id = ? AND r.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT d.created_at AS at, 'dispute' AS kind, coalesce(d.reason, d.status) AS detail, -d.amount_minor AS amount, d.currency, d.id, s.vendor
   ${OF_CUSTOMER} JOIN charge h ON h.source_id = b.source_id AND h.billing_customer_id = b.id
   JOIN dispute d ON d.source_id = h.source_id AND d.charge_id = h.id
   WHERE b.customer_id = ? AND d.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT n.created_at AS at, 'credit_note' AS kind, n.reason AS detail, -n.total_minor AS amount, n.currency, n.id, s.vendor
   ${OF_CUSTOMER} JOIN credit_note n ON n.source_id = b.source_id AND n.billing_customer_id = b.id
   WHERE b.customer_id = ? AND n.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT e.value ->> 0 AS at, 'quote' AS kind, coalesce(q.number || ' ', '') || (e.value ->> 1) AS detail,
          q.total_minor AS amount, q.currency, q.id, s.vendor
   ${OF_CUSTOMER} JOIN quote q ON q.source_id = b.source_id AND q.billing_customer_id = b.id
   JOIN json_each(json_array(json_array(q.finalized_at, 'sent'), json_array(q.accepted_at, 'accepted'),
                             json_array(q.canceled_at, 'canceled'))) e
   WHERE b.customer_id = ? AND e.value ->> 0 IS NOT NULL AND e.value ->> 0 < ? ORDER BY at DESC LIMIT ?`,
  `SELECT b.created_at AS at, 'customer' AS kind, s.name AS detail, NULL AS amount, NULL AS currency, b.id, s.vendor
   ${OF_CUSTOMER} WHERE b.customer_id = ? AND b.created_at < ? ORDER BY at DESC LIMIT ?`,
  `SELECT g.entered_at AS at, 'deal' AS kind, d.name || ': ' || coalesce(
            (SELECT e.value ->> '$.name' FROM crm_pipeline p, json_each(p.stages) e
             WHERE p.source_id = d.source_id AND p.id = d.pipeline_id AND e.value ->> '$.id' = g.stage_id), g.stage_id) AS detail,
          d.amount_minor AS amount, d.currency, d.id, s.vendor, s.source_id
   FROM identity_link l JOIN source s ON s.source_id = l.source_id
   JOIN crm_deal d ON d.source_id = l.source_id AND d.account_id = l.account_id AND d.deleted_at IS NULL
   JOIN crm_deal_stage g ON g.source_id = d.source_id AND g.deal_id = d.id
   WHERE l.customer_id = ? AND g.entered_at < ? ORDER BY at DESC LIMIT ?`,
];

const TITLES: Readonly<Record<EntryRow['kind'], string>> = {
  invoice: 'Invoice',
  payment: 'Payment',
  payment_failed: 'Payment failed',
  payment_open: 'Payment not made',
  refund: 'Refund',
  dispute: 'Dispute',
  credit_note: 'Credit note',
  customer: 'Customer created',
  deal: 'Deal',
  usage: 'Product',
  quote: 'Quote',
};

const TONES: Readonly<Record<EntryRow['kind'], TimelineEntry['tone']>> = {
  invoice: 'neutral',
  payment: 'gain',
  payment_failed: 'warning',
  payment_open: 'warning',
  refund: 'loss',
  dispute: 'warning',
  credit_note: 'loss',
  customer: 'neutral',
  deal: 'neutral',
  usage: 'neutral',
  quote: 'neutral',
};

const MOVEMENT_TITLES = {
  new: 'New customer',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  reactivation: 'Reactivation',
  paused: 'Paused',
  resumed: 'Resumed',
  movedIn: 'Moved in',
  movedOut: 'Moved out',
} as const;

/** A page of entries older than `before`; movements stand at the beginning of their day, per month in their own currency. */
export function customerTimeline(
  db: ReadDb,
  { customerId, limit, before }: TimelineInput,
  context: MetricsContext,
): { entries: TimelineEntry[]; more: boolean } {
  const pages = recordPages(db);
  const until = before ?? Number.MAX_SAFE_INTEGER;
  const objects = ENTRIES.flatMap((sql) =>
    db.prepare<[number, number, number], EntryRow>(sql).all(customerId, until, limit + 1),
  ).map((row): TimelineEntry => ({
    at: row.at,
    kind: row.kind,
    title: TITLES[row.kind],
    detail: row.detail,
    amountMinor: row.amount === null ? null : minor(row.amount),
    currency: row.currency,
    tone: TONES[row.kind],
    evidence: null,
    sourceObjectId: row.id,
    sourceUrl: row.source_id === undefined ? sourceUrl(row.vendor, row.id) : pages(row.source_id, 'deal', row.id),
  }));
  const told = [...movementEntries(db, customerId, context), ...supportEntries(db, customerId, context)];
  const entries = [...objects, ...told.filter(({ at }) => at < until)].sort((a, b) => b.at - a.at).slice(0, limit + 1);
  return pageOf(entries, limit);
}

/** A page ends between two moments: what happened in one moment is on one page, or the next one would begin behind it. */
function pageOf(entries: readonly TimelineEntry[], limit: number): { entries: TimelineEntry[]; more: boolean } {
  const next = entries[limit];
  if (!next) return { entries: [...entries], more: false };
  const whole = entries.filter(({ at }) => at > next.at);
  return { entries: whole.length > 0 ? whole : entries.slice(0, limit), more: true };
}

function movementEntries(db: ReadDb, customerId: CustomerId, { today, zone }: MetricsContext): TimelineEntry[] {
  const vendor = db.prepare<[number], { vendor: string }>(`SELECT vendor FROM source WHERE source_id = ?`);
  const from = '1970-01-01' as PlainDay;
  return subscriptionMovements(db, { from, to: today, customerId }).map((row) => ({
    at: startOfDay(row.on, zone),
    kind: 'movement',
    title: MOVEMENT_TITLES[row.kind],
    detail: [row.plan, row.reason].filter((part) => part !== null).join(', ') || null,
    amountMinor: divideRounded(row.annual, 12),
    currency: row.currency,
    tone: row.annual >= 0 ? 'gain' : 'loss',
    evidence: row.evidence,
    sourceObjectId: row.subscriptionId,
    sourceUrl: sourceUrl(vendor.first(row.sourceId)?.vendor, row.subscriptionId),
  }));
}
