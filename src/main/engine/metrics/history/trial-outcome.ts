/** What a trial became when it ended unseen. */
import { DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Subscription, SubscriptionStatus } from '../../domain/index.ts';
import type { SubscriptionFacts } from './facts.ts';

/**
 * `active`, as a trial goes on that nobody called off, but where the subscription is over, nothing was billed from the
 * trial's end on, and the vendor was told what to do without a payment method: then it was paused until its end, or
 * was canceled at once, which vendors do within hours of the moment that they name.
 * https://docs.stripe.com/billing/subscriptions/trials/free-trials#free-trials-without-collecting-a-payment-method
 */
export function trialOutcome(
  { trialEnd, unpaidTrial, endedAt }: Subscription,
  facts: SubscriptionFacts,
): SubscriptionStatus {
  if (trialEnd === null || unpaidTrial === undefined || endedAt === null) return 'active';
  if (wasBilledFrom(trialEnd, facts)) return 'active';
  if (unpaidTrial === 'pause') return 'paused';
  return endedAt - trialEnd < DAY_MS ? 'canceled' : 'active';
}

/** Whether an invoice bills what came after a moment. */
export function wasBilledFrom(at: Instant, { lines }: SubscriptionFacts): boolean {
  return lines.some(({ periodStart, amountMinor }) => periodStart >= at && amountMinor > 0);
}
