/** A subscription of which one row tells everything. */
import type { Fact, SubscriptionStatus } from '../../domain/index.ts';
import { billingInterval, recurringPrice, sighted, subscriptionItem, subscriptionOf } from './billing-facts.ts';
import type { Values } from './kind.ts';
import { currencyOf, instantOf, isTrue, metadataOf, needed, neededInstant, optional } from './read-values.ts';

/** A row that says how one subscription is now. Shared with the company's own tables, whose fields have the same names. */
export function subscriptionRowFacts(values: Values, id: string): readonly Fact[] {
  const currency = currencyOf(values);
  const startedAt = neededInstant(values, 'started_at');
  const status = needed(values, 'status') as SubscriptionStatus;
  const canceledAt = instantOf(values, 'canceled_at');
  const periodEnd = instantOf(values, 'period_end_at');
  const over = status === 'canceled' || status === 'incomplete_expired';
  const endedAt = over ? (instantOf(values, 'ended_at') ?? canceledAt ?? periodEnd ?? startedAt) : null;
  const every = billingInterval(needed(values, 'interval'), Number(values['interval_count'] ?? 1));
  const plan = optional(values, 'plan');
  const amount = needed(values, 'amount');
  const periodStart = instantOf(values, 'period_start_at');
  const leaving = !over && isTrue(values, 'cancel_at_period_end');
  const price = recurringPrice(
    `${plan ?? 'plan'}/${every.intervalCount}${every.interval}/${amount}${currency}`,
    plan,
    currency,
    amount,
    every,
  );
  const subscription = subscriptionOf({
    id,
    customerId: needed(values, 'customer_id'),
    status,
    currency,
    createdAt: instantOf(values, 'created_at') ?? startedAt,
    startedAt,
    trialStart: instantOf(values, 'trial_start_at') ?? (instantOf(values, 'trial_end_at') === null ? null : startedAt),
    trialEnd: instantOf(values, 'trial_end_at'),
    cancelAt: leaving ? periodEnd : null,
    cancelAtPeriodEnd: leaving,
    canceledAt,
    endedAt,
    cancellation: { reason: optional(values, 'reason'), feedback: null, comment: null },
    // The amount is the whole of an interval: a quantity beside it says how many seats share it.
    items: [subscriptionItem(`${id}/item`, price, '1', { start: periodStart ?? startedAt, end: periodEnd })],
    metadata: metadataOf(values),
  });
  const seenAt = endedAt ?? canceledAt ?? periodStart ?? startedAt;
  return [sighted(subscription, seenAt)];
}
