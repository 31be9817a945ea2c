/** Behind the failed-payment rate: all payments of customers that were first tried in a period. */
import { UNTIL, WITHIN } from '../query/failed-payments.ts';
import type { DraftRow, Explanation, Question } from './draft-row.ts';
import { flowCount } from './flow-rows.ts';
import { failedRows } from './revenue-rows.ts';

/** One row each: those whose first try succeeded, by that charge, and those whose first try failed, by the charge that did. */
export function paymentsTried(question: Question): Explanation {
  const later = laterTries(question);
  const succeeded = flowCount(question, 'customer_charged')
    .rows.filter(({ object }) => object !== null && !later.has(keyOf(object.sourceId, object.id)))
    .map((row): DraftRow => ({ ...row, note: 'Succeeded at first' }));
  const rows = [...succeeded, ...failedRows(question, null).rows];
  return { unit: 'count', total: rows.length, rows };
}

/** The charges of the period that settled a payment which had failed before, in this period or an earlier one. */
function laterTries({ db, from, to }: Question): Set<string> {
  const rows = db.prepare<[string, string, string], { source_id: number; charge_id: string }>(
    `SELECT p.source_id, (
         SELECT c.id FROM charge c INDEXED BY charge_by_customer
         WHERE c.source_id = p.source_id AND c.billing_customer_id = p.billing_customer_id AND c.status = 'succeeded'
           AND c.created_at = p.recovered_at AND coalesce(c.payment_intent_id, c.invoice_id, c.id) = p.payment_id
         ORDER BY c.id LIMIT 1) AS charge_id
     FROM failed_payment p
     WHERE p.recovered_at ${WITHIN} AND p.recovered_at ${UNTIL} AND p.failed_at ${UNTIL}`,
  );
  return new Set(rows.all(from, to, to).map(({ source_id, charge_id }) => keyOf(source_id, charge_id)));
}

function keyOf(sourceId: number, chargeId: string): string {
  return `${sourceId}|${chargeId}`;
}
