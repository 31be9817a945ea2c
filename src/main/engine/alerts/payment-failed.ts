/** Rule `payment_failed`: an invoice could not be collected from a customer who matters. */
import { minor } from '../../../shared/kernel/money.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { severityOfShare, type Candidate, type Look } from './candidate.ts';
import { customerLevel, monthly, shareOf } from './ledger-view.ts';
import { ruleOf } from './rules.ts';

export interface FailedInvoice {
  readonly sourceId: number;
  readonly invoiceId: string;
  readonly number: string | null;
  readonly customerId: number;
  readonly currency: string;
  readonly remainingMinor: number;
  readonly attempts: number;
  readonly nextAttemptAt: Instant | null;
  /** When it last failed, as near as is known. */
  readonly failedAt: Instant;
  readonly message: string | null;
  readonly key: string;
}

interface FailedRow {
  readonly source_id: number;
  readonly id: string;
  readonly number: string | null;
  readonly customer_id: number;
  readonly currency: string;
  readonly remaining: number;
  readonly attempts: number;
  readonly next_attempt_at: number | null;
  readonly billing_customer_id: string;
  readonly created_at: number;
  readonly asked_at: number;
}

/** From a partial index that holds these few alone. */
export const FAILED = `
  SELECT i.source_id, i.id, i.number, i.billing_customer_id, b.customer_id, i.currency, i.amount_remaining_minor AS remaining,
         i.attempt_count AS attempts, i.next_attempt_at, i.created_at, coalesce(i.finalized_at, i.created_at) AS asked_at
  FROM invoice i
  JOIN billing_customer b ON b.source_id = i.source_id AND b.id = i.billing_customer_id
  WHERE i.status = 'open' AND i.attempt_count > 0 AND i.collection = 'charge_automatically' AND i.amount_remaining_minor > 0`;

/** Newer accounts tie a charge to its invoice by the payment, older ones by the charge itself. */
export const LAST_FAILURE = `
  SELECT c.created_at, c.failure_message FROM charge c
  WHERE c.source_id = ? AND c.billing_customer_id = ? AND c.created_at >= ? AND c.status = 'failed'
    AND ? IN (SELECT c.invoice_id
              UNION ALL
              SELECT p.invoice_id FROM invoice_payment p
              WHERE p.source_id = c.source_id AND p.payment_intent_id = c.payment_intent_id)
  ORDER BY c.created_at DESC LIMIT 1`;

/** All open invoices with a failed attempt, whoever owes them. */
export function failedInvoices(look: Pick<Look, 'db'>): FailedInvoice[] {
  const lastFailure = look.db.prepare<
    [number, string, number, string],
    { created_at: number; failure_message: string | null }
  >(LAST_FAILURE);
  return look.db
    .prepare<[], FailedRow>(FAILED)
    .all()
    .map((row) => ({ row, failure: lastFailure.first(row.source_id, row.billing_customer_id, row.created_at, row.id) }))
    .map(({ row, failure }) => ({
      sourceId: row.source_id,
      invoiceId: row.id,
      number: row.number,
      customerId: row.customer_id,
      currency: row.currency,
      remainingMinor: row.remaining,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at === null ? null : instant(row.next_attempt_at),
      failedAt: instant(failure?.created_at ?? row.asked_at),
      message: failure?.failure_message ?? null,
      key: `${row.source_id}:${row.id}`,
    }));
}

export function paymentFailedCandidates(
  look: Look,
  failed: readonly FailedInvoice[],
  raised: ReadonlySet<string>,
): Candidate[] {
  const { threshold } = ruleOf(look.rules, 'payment_failed');
  return failed.flatMap((invoice) => {
    const since = look.newsSince(invoice.sourceId);
    if (since === null || invoice.failedAt < since || raised.has(invoice.key)) return [];
    const level = customerLevel(look.db, invoice.customerId);
    const share = shareOf(level?.annualMinor ?? null, look.companyArr);
    if (level === null || level.annualMinor === 0 || (share !== null && share < (threshold ?? 0))) return [];
    return [paymentFailedCandidate(look, invoice, level.annualMinor, share)];
  });
}

function paymentFailedCandidate(
  look: Look,
  invoice: FailedInvoice,
  annual: number | null,
  share: number | null,
): Candidate {
  const mrr = monthly(annual);
  return {
    rule: 'payment_failed',
    key: invoice.key,
    on: dayAt(invoice.failedAt, look.zone),
    severity: severityOfShare(share),
    facts: {
      rule: 'payment_failed',
      currency: look.currency,
      mrr,
      share,
      due: { amount: minor(invoice.remainingMinor), currency: invoice.currency },
      invoice: invoice.number ?? invoice.invoiceId,
      attempts: invoice.attempts,
      message: invoice.message,
      nextOn: invoice.nextAttemptAt === null ? null : dayAt(invoice.nextAttemptAt, look.zone),
    },
    customerId: invoice.customerId,
    amountMinor: mrr,
    target: `/customers/${invoice.customerId}`,
    sourceId: invoice.sourceId,
  };
}
