/** Rule `payment_failed`: an invoice could not be collected from a customer who matters. */
import { isCurrencyCode, currencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { severityOfShare, type Candidate, type Look } from './candidate.ts';
import { customerLevel, monthly, shareOf } from './ledger-view.ts';
import { ruleOf } from './rules.ts';
import { counted, dayText, moneyText, shareText } from './wording.ts';

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
  readonly failed_at: number;
  readonly message: string | null;
}

/** Bare columns beside max() are those of the row with the maximum: https://www.sqlite.org/lang_select.html#bareagg */
const FAILED = `
  SELECT i.source_id, i.id, i.number, b.customer_id, i.currency, i.amount_remaining_minor AS remaining,
         i.attempt_count AS attempts, i.next_attempt_at,
         coalesce(f.created_at, i.finalized_at, i.created_at) AS failed_at, f.failure_message AS message
  FROM invoice i
  JOIN billing_customer b ON b.source_id = i.source_id AND b.id = i.billing_customer_id
  LEFT JOIN (
    SELECT c.source_id, coalesce(c.invoice_id, p.invoice_id) AS invoice_id, max(c.created_at) AS created_at, c.failure_message
    FROM invoice o
    JOIN charge c ON c.source_id = o.source_id AND c.billing_customer_id = o.billing_customer_id AND c.created_at >= o.created_at
    LEFT JOIN invoice_payment p ON p.source_id = c.source_id AND p.payment_intent_id = c.payment_intent_id
    WHERE o.status = 'open' AND o.attempt_count > 0 AND c.status = 'failed' AND coalesce(c.invoice_id, p.invoice_id) = o.id
    GROUP BY 1, 2
  ) f ON f.source_id = i.source_id AND f.invoice_id = i.id
  WHERE i.status = 'open' AND i.attempt_count > 0 AND i.collection = 'charge_automatically' AND i.amount_remaining_minor > 0`;

/** All open invoices with a failed attempt, whoever owes them. */
export function failedInvoices(look: Pick<Look, 'db'>): FailedInvoice[] {
  return look.db
    .prepare<[], FailedRow>(FAILED)
    .all()
    .map((row) => ({
      sourceId: row.source_id,
      invoiceId: row.id,
      number: row.number,
      customerId: row.customer_id,
      currency: row.currency,
      remainingMinor: row.remaining,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at === null ? null : instant(row.next_attempt_at),
      failedAt: instant(row.failed_at),
      message: row.message,
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
    return [paymentFailedCandidate(look, invoice, level.name, level.annualMinor, share)];
  });
}

function paymentFailedCandidate(
  look: Look,
  invoice: FailedInvoice,
  name: string,
  annual: number | null,
  share: number | null,
): Candidate {
  const mrr = monthly(annual);
  const due = owedText(invoice);
  const nextOn = invoice.nextAttemptAt === null ? null : dayText(dayAt(invoice.nextAttemptAt, look.zone), look.today);
  const stake =
    mrr === null
      ? 'MRR not valued'
      : `${moneyText(mrr, look.currency)} MRR${share === null ? '' : ` (${shareText(share)})`} at stake`;
  return {
    rule: 'payment_failed',
    key: invoice.key,
    on: dayAt(invoice.failedAt, look.zone),
    severity: severityOfShare(share),
    title: `A payment of ${name} failed: ${due} due, ${stake}`,
    body: [
      `Invoice ${invoice.number ?? invoice.invoiceId} failed after ${counted(invoice.attempts, 'attempt')}.`,
      invoice.message === null ? null : `The bank says: ${invoice.message.replace(/\.?$/, '.')}`,
      nextOn === null ? 'No further attempt is planned.' : `The next attempt is on ${nextOn}.`,
    ]
      .filter((sentence) => sentence !== null)
      .join(' '),
    customerId: invoice.customerId,
    amountMinor: mrr,
    target: `/customers/${invoice.customerId}`,
    nextAction:
      nextOn === null
        ? 'Write to them today and send a link to pay: without an attempt the subscription ends.'
        : `Ask for another card before ${nextOn}.`,
    sourceId: invoice.sourceId,
  };
}

function owedText(invoice: FailedInvoice): string {
  return isCurrencyCode(invoice.currency)
    ? moneyText(invoice.remainingMinor, currencyCode(invoice.currency))
    : invoice.currency;
}
