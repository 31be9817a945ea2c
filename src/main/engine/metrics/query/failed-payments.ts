/** Payments whose first try failed, with a charge or before there was one, and what became of them. */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { addMs, DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Billed, BilledIn } from '../slices/flows/billed-in.ts';
import { unchargedPayments, type UnchargedPayment } from './uncharged-payments.ts';

/**
 * A failed payment that is not collected after so many days is lost: the longest
 * time over which Stripe retries.
 * https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
export const RETRY_WINDOW_DAYS = 60;

export type PaymentOutcome = 'recovered' | 'lost' | 'open';

export interface FailedPayment {
  readonly sourceId: number;
  readonly paymentId: string;
  readonly customerId: CustomerId | null;
  /** The charge that failed first; the payment itself where it never came to one. */
  readonly objectId: string;
  readonly currency: string;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly failedAt: Instant;
  readonly failedOn: PlainDay;
  /** Tries that failed, the first included. */
  readonly tries: number;
  /** In the vendor's word: `card_declined`. */
  readonly code: string | null;
  readonly recoveredAt: Instant | null;
  /** Of its invoice, where that is known. */
  readonly invoiceId: string | null;
  readonly outcome: PaymentOutcome;
}

type Row = Omit<UnchargedPayment, 'status'> & {
  readonly charge_id: string;
  readonly recovered_at: Instant | null;
  /** No further try is to be expected. */
  readonly ended: 0 | 1;
};

/** Where the days from … to begin and end. */
export const WITHIN = `>= (SELECT min(starts_at) FROM calendar_day WHERE day = ?)`;
export const UNTIL = `< (SELECT min(starts_at) FROM calendar_day WHERE day > ?)`;

/**
 * The payments of customers that failed at first from a day to another, oldest
 * first. Recovered is what was paid within the retry window by any means: a later
 * try, or an invoice paid otherwise. Lost is what was not, or whose invoice was
 * voided or written off; the rest is open. A payment that was tried and never came to
 * a charge is one of them; it leaves them when a charge settles it after all.
 */
export function failedPayments(
  db: ReadDb,
  from: PlainDay,
  to: PlainDay,
  now: Instant,
  inSlice: BilledIn,
): FailedPayment[] {
  const charged = db
    .prepare<[string, string], Row>(
      `SELECT f.source_id, f.payment_id, b.customer_id, 0 AS ended, f.charge_id, f.currency, f.amount_minor,
              f.failed_at, f.failed_tries, f.failure_code, f.recovered_at, i.status AS invoice_status, i.paid_at AS invoice_paid_at,
              coalesce(i.id, f.invoice_id) AS invoice_id,
              (SELECT day FROM calendar_day WHERE starts_at <= f.failed_at ORDER BY starts_at DESC LIMIT 1) AS failed_on
       FROM failed_payment f
       LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = f.billing_customer_id
       LEFT JOIN invoice i ON f.recovered_at IS NULL AND i.source_id = f.source_id AND i.id = coalesce(f.invoice_id,
         (SELECT p.invoice_id FROM invoice_payment p WHERE p.source_id = f.source_id AND p.payment_intent_id = f.payment_id LIMIT 1),
         (SELECT p.invoice_id FROM invoice_payment p WHERE p.source_id = f.source_id AND p.charge_id = f.charge_id LIMIT 1))
       WHERE f.failed_at ${WITHIN} AND f.failed_at ${UNTIL}`,
    )
    .all(from, to);
  return [...charged, ...unchargedPayments(db, from, to).map(rowOfUncharged)]
    .toSorted((a, b) => a.failed_at - b.failed_at || (a.payment_id < b.payment_id ? -1 : 1))
    .map((row) => paymentOf(row, now))
    .filter((payment) => inSlice === null || inSlice(billedOf(payment)));
}

/** A canceled payment that belongs to no invoice is asked for by nobody any more. */
function rowOfUncharged(row: UnchargedPayment): Row {
  const ended = row.status === 'canceled' && row.invoice_status === null ? 1 : 0;
  return { ...row, charge_id: row.payment_id, recovered_at: null, ended };
}

function paymentOf(row: Row, now: Instant): FailedPayment {
  const closesAt = addMs(row.failed_at, RETRY_WINDOW_DAYS * DAY_MS);
  const paidAt = row.recovered_at ?? (row.invoice_status === 'paid' ? row.invoice_paid_at : null);
  const recoveredAt = paidAt !== null && paidAt <= closesAt ? paidAt : null;
  const givenUp =
    row.ended === 1 || row.invoice_status === 'void' || row.invoice_status === 'uncollectible' || now > closesAt;
  return {
    sourceId: row.source_id,
    paymentId: row.payment_id,
    customerId: row.customer_id,
    objectId: row.charge_id,
    currency: row.currency,
    amount: row.amount_minor,
    failedAt: row.failed_at,
    failedOn: row.failed_on,
    tries: row.failed_tries,
    code: row.failure_code,
    recoveredAt,
    invoiceId: row.invoice_id,
    outcome: recoveredAt !== null ? 'recovered' : givenUp ? 'lost' : 'open',
  };
}

/** As slices look at it. */
function billedOf({ sourceId, customerId, invoiceId, paymentId, objectId, currency }: FailedPayment): Billed {
  return { sourceId, customerId, invoiceId, paymentIntentId: paymentId, chargeId: objectId, currency };
}

/** How many successful charges of the period were no first tries: they settled a payment that had failed before. */
export function laterTries(db: ReadDb, from: PlainDay, to: PlainDay, inSlice: BilledIn): number {
  const rows = db
    .prepare<[string, string, string], Billed>(
      `SELECT f.source_id AS sourceId, f.payment_id AS paymentIntentId, f.charge_id AS chargeId, f.invoice_id AS invoiceId,
              f.currency, b.customer_id AS customerId
       FROM failed_payment f LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = f.billing_customer_id
       WHERE f.recovered_at ${WITHIN} AND f.recovered_at ${UNTIL} AND f.failed_at ${UNTIL}`,
    )
    .all(from, to, to);
  return inSlice === null ? rows.length : rows.filter(inSlice).length;
}
