/** Rule `customer_cancelling`: a subscription that still pays is set to end. */
import { dayAt } from '../../../shared/kernel/day.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { Subscription } from '../domain/index.ts';
import { cancellationText, retentionAction } from './cancellation.ts';
import { severityOfShare, type Candidate, type Look } from './candidate.ts';
import { customerLevel, monthly, shareOf, subscriptionArr } from './ledger-view.ts';
import { ruleOf } from './rules.ts';

export interface Leaving {
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly customerId: number;
  /** When it was called off, as near as is known. */
  readonly calledOffAt: Instant;
  /** When it stops paying. */
  readonly endsAt: Instant;
  readonly cancellation: Subscription['cancellation'];
  readonly key: string;
}

interface LeavingRow {
  readonly source_id: number;
  readonly id: string;
  readonly customer_id: number;
  readonly cancel_at: number | null;
  readonly canceled_at: number | null;
  readonly seen_at: number;
  readonly body: string;
}

export const LEAVING = `
  SELECT s.source_id, s.id, b.customer_id, s.cancel_at, s.canceled_at, s.seen_at, s.body
  FROM subscription s
  JOIN billing_customer b ON b.source_id = s.source_id AND b.id = s.billing_customer_id
  WHERE s.ended_at IS NULL AND (s.cancel_at IS NOT NULL OR s.canceled_at IS NOT NULL)
    AND s.status IN ('active', 'past_due')`;

/** All subscriptions that pay and are set to end after now, whoever they belong to. */
export function leavingSubscriptions(look: Pick<Look, 'db' | 'now'>): Leaving[] {
  return look.db
    .prepare<[], LeavingRow>(LEAVING)
    .all()
    .flatMap((row) => {
      const subscription: Subscription = JSON.parse(row.body);
      const endsAt = row.cancel_at ?? (subscription.cancelAtPeriodEnd ? periodEnd(subscription) : null);
      if (endsAt === null || endsAt <= look.now) return [];
      const calledOffAt = row.canceled_at ?? row.seen_at;
      return [
        {
          sourceId: row.source_id,
          subscriptionId: row.id,
          customerId: row.customer_id,
          calledOffAt: instant(calledOffAt),
          endsAt: instant(endsAt),
          cancellation: subscription.cancellation,
          // Without the moment of the cancellation its end tells one cancellation from the next.
          key: `${row.source_id}:${row.id}:${row.canceled_at ?? `ends ${endsAt}`}`,
        },
      ];
    });
}

function periodEnd(subscription: Subscription): number | null {
  const ends = subscription.items.flatMap((item) => (item.currentPeriodEnd === null ? [] : [item.currentPeriodEnd]));
  return ends.length === 0 ? null : Math.max(...ends);
}

export function cancellingCandidates(
  look: Look,
  leaving: readonly Leaving[],
  raised: ReadonlySet<string>,
): Candidate[] {
  const { threshold } = ruleOf(look.rules, 'customer_cancelling');
  return leaving.flatMap((subscription) => {
    const since = look.newsSince(subscription.sourceId);
    if (since === null || subscription.calledOffAt < since || raised.has(subscription.key)) return [];
    const annual = subscriptionArr(look.db, subscription, look);
    const share = shareOf(annual, look.companyArr);
    if (annual === 0 || (share !== null && share < (threshold ?? 0))) return [];
    return [cancellingCandidate(look, subscription, annual, share)];
  });
}

function cancellingCandidate(look: Look, leaving: Leaving, annual: number | null, share: number | null): Candidate {
  const level = customerLevel(look.db, leaving.customerId);
  const mrr = monthly(annual);
  const total = level?.annualMinor ?? null;
  const whole = total === null || annual === null || annual >= total;
  return {
    rule: 'customer_cancelling',
    key: leaving.key,
    on: dayAt(leaving.calledOffAt, look.zone),
    severity: severityOfShare(share),
    facts: {
      rule: 'customer_cancelling',
      currency: look.currency,
      mrr,
      share,
      plan: level?.plan ?? null,
      firstPaidOn: level?.firstPaidOn ?? null,
      reason: cancellationText(leaving.cancellation),
      raisedOn: look.today,
      endsOn: dayAt(leaving.endsAt, look.zone),
      whole,
      rest: whole ? null : monthly(total - annual),
      action: retentionAction(leaving.cancellation),
    },
    customerId: leaving.customerId,
    amountMinor: mrr,
    target: `/customers/${leaving.customerId}`,
    sourceId: leaving.sourceId,
  };
}
