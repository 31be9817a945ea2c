/** What invoices tell of payments that failed: when a subscription was past due, and since when it was given up. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { SubscriptionStatus } from '../../domain/index.ts';
import { putStep, stepAt, type InvoicedLine, type Step, type SubscriptionFacts } from './facts.ts';

/**
 * Past due before anybody looked: from an invoice whose first payment failed, or
 * that was sent and is not paid when it is due, until it was paid, or until a
 * later cycle was. https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
 */
export function unpaidSpells(steps: Step<SubscriptionStatus>[], { lines }: SubscriptionFacts, until: Instant): void {
  let invoiceId = '';
  for (const line of lines) {
    if (line.invoiceId === invoiceId) continue;
    invoiceId = line.invoiceId;
    const since = owedSince(line) ?? line.finalizedAt ?? line.createdAt;
    const standing = stepAt(steps, since)?.value;
    const by = { evidence: 'invoice', evidenceId: invoiceId } as const;
    if (since >= until) continue;
    if (standing === 'active' && owedSince(line) !== null) {
      putStep(steps, { at: since, value: 'past_due', ...by });
      if (line.paidAt !== null && line.paidAt < until) putStep(steps, { at: line.paidAt, value: 'active', ...by });
    } else if (standing === 'past_due' && isPaidCycle(line) && line.paidAt < until)
      putStep(steps, { at: line.paidAt, value: 'active', ...by });
  }
}

/** From when an invoice made its subscription past due; null for one that was paid in time, or never had to be. */
function owedSince(line: InvoicedLine): Instant | null {
  const { collection, dueAt, paidAt, invoiceStatus, finalizedAt, createdAt } = line;
  if (collection !== 'send_invoice') return wasRefused(line) ? (finalizedAt ?? createdAt) : null;
  const asked = invoiceStatus === 'open' || invoiceStatus === 'paid' || invoiceStatus === 'uncollectible';
  return asked && dueAt !== null && line.amountMinor > 0 && (paidAt === null || paidAt > dueAt) ? dueAt : null;
}

/** Its first payment failed, whether or not a later one went through. */
function wasRefused({ invoiceStatus, paidAt, attempts }: InvoicedLine): boolean {
  if (invoiceStatus === 'paid' && paidAt !== null) return attempts > 1;
  return (invoiceStatus === 'open' || invoiceStatus === 'uncollectible') && attempts > 0;
}

function isPaidCycle(line: InvoicedLine): line is InvoicedLine & { readonly paidAt: Instant } {
  return (
    line.invoiceStatus === 'paid' &&
    line.paidAt !== null &&
    !line.proration &&
    line.amountMinor > 0 &&
    line.billingReason !== 'subscription_update'
  );
}

/**
 * Since when a subscription that is seen unpaid has been so: a cycle's invoice
 * that is left as a draft is made once retries are over. Null where none has
 * been made yet, or the drafts do not follow a refused invoice.
 * https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses
 */
export function unpaidSince(
  { lines }: SubscriptionFacts,
  from: Instant,
  until: Instant,
): { readonly at: Instant; readonly invoiceId: string } | null {
  let draft: InvoicedLine | null = null;
  for (const line of lines.toReversed()) {
    if (line.periodStart >= until || line.proration) continue;
    if (line.invoiceStatus === 'draft' && line.attempts === 0) draft = line;
    else if (wasRefused(line)) break;
    else return null;
  }
  return draft !== null && draft.periodStart >= from ? { at: draft.periodStart, invoiceId: draft.invoiceId } : null;
}
