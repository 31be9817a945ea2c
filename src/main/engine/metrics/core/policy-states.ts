/** Moments at which a policy, and nothing else, changes what counts. */
import { addMs, DAY_MS } from '../../../../shared/kernel/instant.ts';
import type { Policy } from './policy.ts';
import type { SubscriptionState } from './state.ts';

/**
 * The states with one more wherever a past-due subscription has been so for
 * the days that the policy counts: from there on it adds nothing.
 */
export function statesUnder(policy: Policy, states: readonly SubscriptionState[]): readonly SubscriptionState[] {
  const { pastDueDays } = policy;
  if (typeof pastDueDays !== 'number' || !states.some(({ status }) => status === 'past_due')) return states;
  return states.flatMap((state, index) => {
    if (state.status !== 'past_due') return [state];
    const cut = addMs(state.statusSince, pastDueDays * DAY_MS);
    const next = states[index + 1]?.effectiveAt ?? Number.POSITIVE_INFINITY;
    return cut > state.effectiveAt && cut < next ? [state, { ...state, effectiveAt: cut }] : [state];
  });
}

/** Whether a past-due state is beyond the days that the policy counts. */
export function isGivenUp({ status, statusSince, effectiveAt }: SubscriptionState, { pastDueDays }: Policy): boolean {
  return status === 'past_due' && typeof pastDueDays === 'number' && effectiveAt - statusSince >= pastDueDays * DAY_MS;
}
