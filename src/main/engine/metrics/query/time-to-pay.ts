/** How long it takes from signing up to the first money paid. */
import { dayAt, daysBetween, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { BilledIn } from '../slices/flows/billed-in.ts';
import { UNTIL, WITHIN } from './failed-payments.ts';

export interface FirstPayment {
  readonly customerId: CustomerId;
  readonly signedUpOn: PlainDay;
  readonly paidOn: PlainDay;
  /** Calendar days in the company's zone; 0 on the day of signing up. */
  readonly days: number;
  readonly sourceId: number;
  readonly invoiceId: string;
}

interface Row {
  customer_id: CustomerId;
  created_at: Instant;
  paid_at: Instant;
  source_id: number;
  invoice_id: string;
  currency: string;
}

/**
 * The customers who first paid an invoice from a day to another. A customer with
 * several billing records signed up with the first of them and pays with the first.
 */
export function firstPayments(
  db: ReadDb,
  from: PlainDay,
  to: PlainDay,
  zone: TimeZone,
  inSlice: BilledIn,
): FirstPayment[] {
  return db
    .prepare<[string, string], Row>(
      `SELECT b.customer_id, (SELECT min(o.created_at) FROM billing_customer o WHERE o.customer_id = b.customer_id) AS created_at,
              p.paid_at, p.source_id, p.invoice_id,
              (SELECT i.currency FROM invoice i WHERE i.source_id = p.source_id AND i.id = p.invoice_id) AS currency
       FROM first_payment p
       JOIN billing_customer b ON b.source_id = p.source_id AND b.id = p.billing_customer_id
       WHERE p.paid_at ${WITHIN} AND p.paid_at ${UNTIL}
         AND NOT EXISTS (
           SELECT 1 FROM billing_customer o JOIN first_payment e ON e.source_id = o.source_id AND e.billing_customer_id = o.id
           WHERE o.customer_id = b.customer_id AND (e.paid_at, e.source_id, e.invoice_id) < (p.paid_at, p.source_id, p.invoice_id))
       ORDER BY p.paid_at, b.customer_id`,
    )
    .all(from, to)
    .filter(
      ({ customer_id: customerId, source_id: sourceId, invoice_id: invoiceId, currency }) =>
        inSlice === null ||
        inSlice({ sourceId, customerId, invoiceId, currency, chargeId: null, paymentIntentId: null }),
    )
    .map((row) => {
      const signedUpOn = dayAt(row.created_at, zone);
      const paidOn = dayAt(row.paid_at, zone);
      return {
        customerId: row.customer_id,
        signedUpOn,
        paidOn,
        days: Math.max(0, daysBetween(signedUpOn, paidOn)),
        sourceId: row.source_id,
        invoiceId: row.invoice_id,
      };
    });
}

/**
 * A quantile of whole numbers, interpolated between the two nearest (type 7 of
 * Hyndman & Fan, the default of R and spreadsheets); null of nothing.
 * https://en.wikipedia.org/wiki/Quantile#Estimating_quantiles_from_a_sample
 * @example quantile([0, 2, 4, 10], 0.5) === 3
 */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}
