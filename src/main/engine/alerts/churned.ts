/** Rule `customer_churned`: the ledger says that a paying customer pays nothing any more. */
import { dayAt, endOfDay, type PlainDay } from '../../../shared/kernel/day.ts';
import type { Subscription } from '../domain/index.ts';
import type { ReadDb } from '../store/index.ts';
import { cancellationText } from './cancellation.ts';
import { severityOfShare, type Candidate, type Look } from './candidate.ts';
import { monthly, shareOf } from './ledger-view.ts';
import { ruleOf } from './rules.ts';

/** A loss restated to a day at most so far away (another time zone, a better record) is the same loss. */
const SAME_LOSS_DAYS = 3;

interface ChurnRow {
  readonly customer_id: number;
  readonly name: string;
  readonly moved_on: PlainDay;
  readonly source_id: number;
  readonly subscription_id: string;
  readonly reason: string | null;
  readonly lost: number | null;
  readonly unvalued: number;
  readonly first_paid_on: PlainDay | null;
  readonly plan: string | null;
}

/**
 * Losses by customer and day, reversals netted out, of customers who have not
 * come back since and for whom no such alert stands around that day.
 */
export const CHURNS = `
  SELECT m.customer_id, c.name, m.moved_on, max(m.source_id) AS source_id, max(m.subscription_id) AS subscription_id,
         max(m.reason) AS reason, -sum(m.reporting_minor) AS lost, sum(m.reporting_minor IS NULL) AS unvalued,
         s.first_paid_on,
         max((SELECT p.name FROM product p WHERE p.source_id = m.source_id AND p.id = m.product_id)) AS plan
  FROM movement m
  JOIN customer c USING (customer_id)
  JOIN customer_standing s USING (customer_id)
  WHERE m.kind = 'churn' AND m.moved_on BETWEEN ? AND ? AND coalesce(s.reporting_minor, 0) = 0
    AND NOT EXISTS (
      SELECT 1 FROM alert a WHERE a.customer_id = m.customer_id AND a.rule = 'customer_churned'
        AND a.happened_on BETWEEN date(m.moved_on, '-${SAME_LOSS_DAYS} days') AND date(m.moved_on, '+${SAME_LOSS_DAYS} days'))
  GROUP BY m.customer_id, m.moved_on
  HAVING sum(m.annual_minor) < 0
  ORDER BY lost DESC, m.customer_id`;

export function churnedCandidates(look: Look): Candidate[] {
  if (look.earliestNews === null) return [];
  const { threshold } = ruleOf(look.rules, 'customer_churned');
  const from = dayAt(look.earliestNews, look.zone);
  const rows = look.db.prepare<[string, string], ChurnRow>(CHURNS).all(from, look.today);
  return rows.flatMap((row) => {
    const since = look.newsSince(row.source_id);
    if (since === null || endOfDay(row.moved_on, look.zone) <= since) return [];
    const lost = row.unvalued > 0 ? null : row.lost;
    const share = lost === null ? null : shareOf(lost, look.companyArr + lost);
    if (share !== null && share < (threshold ?? 0)) return [];
    return [churnedCandidate(look, row, lost, share)];
  });
}

function churnedCandidate(look: Look, row: ChurnRow, lost: number | null, share: number | null): Candidate {
  const mrr = monthly(lost);
  const reason = lossReason(look.db, row);
  return {
    rule: 'customer_churned',
    key: `${row.customer_id}:${row.moved_on}`,
    on: row.moved_on,
    severity: severityOfShare(share),
    facts: {
      rule: 'customer_churned',
      currency: look.currency,
      mrr,
      share,
      plan: row.plan,
      firstPaidOn: row.first_paid_on,
      reason,
      endedOn: row.moved_on,
      unpaid: row.reason === 'unpaid' || reason === 'payment failed',
    },
    customerId: row.customer_id,
    amountMinor: mrr,
    target: `/customers/${row.customer_id}`,
    sourceId: row.source_id,
  };
}

/** The customer's own reason where the subscription has one, else the ledger's. */
export function lossReason(
  db: ReadDb,
  loss: { readonly source_id: number; readonly subscription_id: string; readonly reason: string | null },
): string | null {
  const row = db
    .prepare<[number, string], { body: string }>('SELECT body FROM subscription WHERE source_id = ? AND id = ?')
    .first(loss.source_id, loss.subscription_id);
  const subscription: Pick<Subscription, 'cancellation'> | null = row ? JSON.parse(row.body) : null;
  const said = subscription === null ? null : cancellationText(subscription.cancellation);
  if (said !== null) return said;
  return loss.reason === 'canceled' ? null : loss.reason;
}

/** Alerts whose customer pays again need no answer any more. */
export function returnedCustomers(look: Look, open: readonly { key: string; customerId: number | null }[]): string[] {
  const statement = look.db.prepare<[number], { paying: number }>(
    'SELECT reporting_minor > 0 AS paying FROM customer_standing WHERE customer_id = ?',
  );
  return open
    .filter(({ customerId }) => customerId !== null && statement.first(customerId)?.paying === 1)
    .map(({ key }) => key);
}
