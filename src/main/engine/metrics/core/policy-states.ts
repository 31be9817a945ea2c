/** Moments at which a policy, and nothing else, changes what counts. */
import { addMs, DAY_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Policy } from './policy.ts';
import type { SubscriptionState } from './state.ts';

/**
 * The states as a policy dates them: one more wherever a past-due subscription
 * has been so for the days that the policy counts (from there on it adds
 * nothing), and an immediate end put off to the end of the service that was
 * paid, where the policy counts that.
 */
export function statesUnder(policy: Policy, states: readonly SubscriptionState[]): readonly SubscriptionState[] {
  return withGivenUp(policy, withPaidService(policy, states));
}

function withGivenUp({ pastDueDays }: Policy, states: readonly SubscriptionState[]): readonly SubscriptionState[] {
  if (typeof pastDueDays !== 'number' || !states.some(({ status }) => status === 'past_due')) return states;
  return states.flatMap((state, index) => {
    if (state.status !== 'past_due') return [state];
    const cut = addMs(state.statusSince, pastDueDays * DAY_MS);
    const next = states[index + 1]?.effectiveAt ?? Number.POSITIVE_INFINITY;
    return cut > state.effectiveAt && cut < next ? [state, { ...state, effectiveAt: cut }] : [state];
  });
}

function withPaidService(policy: Policy, states: readonly SubscriptionState[]): readonly SubscriptionState[] {
  const last = states.at(-1);
  const paidUntil = last && paidServiceEnd(policy, last, states.at(-2));
  return last && paidUntil != null ? [...states.slice(0, -1), { ...last, effectiveAt: paidUntil }] : states;
}

/**
 * Until when an ended subscription still counts under a policy that counts paid
 * service: only what was paid does, so that one that ended while past due or
 * unpaid is over at once. Null where its end stands.
 */
export function paidServiceEnd(
  { scheduledCancellation }: Policy,
  ended: SubscriptionState,
  before: SubscriptionState | undefined,
): Instant | null {
  if (scheduledCancellation !== 'at end of paid service' || ended.status !== 'canceled') return null;
  return before?.status === 'active' ? ended.paidUntil : null;
}

/** Whether a past-due state is beyond the days that the policy counts. */
export function isGivenUp({ status, statusSince, effectiveAt }: SubscriptionState, { pastDueDays }: Policy): boolean {
  return status === 'past_due' && typeof pastDueDays === 'number' && effectiveAt - statusSince >= pastDueDays * DAY_MS;
}
