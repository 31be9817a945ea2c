/** Payments that failed before there was a charge: refused, or never confirmed by the customer. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';

export interface UnchargedPayment {
  readonly source_id: number;
  readonly payment_id: string;
  readonly customer_id: CustomerId | null;
  readonly currency: string;
  readonly amount_minor: number;
  readonly failed_at: Instant;
  readonly failed_on: PlainDay;
  readonly failed_tries: number;
  readonly failure_code: string | null;
  readonly status: string;
  readonly invoice_id: string | null;
  readonly invoice_status: string | null;
  readonly invoice_paid_at: Instant | null;
}

/** The invoice of a payment `p`: newer ones are tied to it by an invoice payment. */
const INVOICE = `coalesce(p.invoice_id, (SELECT o.invoice_id FROM invoice_payment o
  WHERE o.source_id = p.source_id AND o.payment_intent_id = p.id LIMIT 1))`;

/**
 * A payment `p`, with its invoice `i` where it has one, was tried: it was refused, or the vendor counts an attempt to
 * collect its invoice, which then waited for the customer in vain. One that nobody began (a page of a shop that was
 * opened and left), that is under way, or that only waits to be captured is none.
 */
const TRIED = `p.status IN ('requires_payment_method', 'requires_confirmation', 'requires_action', 'canceled')
  AND (p.failure_code IS NOT NULL OR p.cancellation_reason = 'failed_invoice' OR i.attempt_count > 0)`;

export const UNCHARGED = `
  SELECT p.source_id, p.id AS payment_id, b.customer_id, p.currency, p.amount_minor, p.created_at AS failed_at,
         max(1, coalesce(i.attempt_count, 1)) AS failed_tries, p.status,
         coalesce(p.failure_code, CASE p.status WHEN 'canceled' THEN p.cancellation_reason ELSE p.status END) AS failure_code,
         i.id AS invoice_id, i.status AS invoice_status, i.paid_at AS invoice_paid_at,
         (SELECT day FROM calendar_day WHERE starts_at <= p.created_at ORDER BY starts_at DESC LIMIT 1) AS failed_on
  FROM payment_intent p INDEXED BY payment_intent_by_time
  JOIN billing_customer b ON b.source_id = p.source_id AND b.id = p.billing_customer_id
  LEFT JOIN invoice i ON i.source_id = p.source_id AND i.id = ${INVOICE}
  WHERE p.charge_id IS NULL AND p.created_at >= (SELECT min(starts_at) FROM calendar_day WHERE day = ?)
    AND p.created_at < (SELECT min(starts_at) FROM calendar_day WHERE day > ?) AND ${TRIED}`;

/** Those of customers that were asked for from a day to another. */
export function unchargedPayments(db: ReadDb, from: PlainDay, to: PlainDay): UnchargedPayment[] {
  return db.prepare<[string, string], UnchargedPayment>(UNCHARGED).all(from, to);
}
