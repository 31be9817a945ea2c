/** R6–R9: how a subscription's status reads under a policy. */
import type { Policy } from './policy.ts';
import { isGivenUp } from './policy-states.ts';
import type { SubscriptionState } from './state.ts';

/** `paying` and `past_due` count in MRR; all others do not, each for its own reason. */
export const STANDINGS = [
  'paying',
  'past_due',
  'trialing',
  'paused',
  'free',
  'discounted',
  'usage_only',
  'not_valued',
  'unpaid',
  'incomplete',
  'cancelling',
  'ended',
] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Worthiness {
  /** Annual minor units of the items not on a trial of their own, after discounts. */
  readonly potential: number;
  /** Some item is on a trial of its own. */
  readonly onTrial: boolean;
  /** Annual minor units before discounts. */
  readonly listed: number;
  readonly unvalued: boolean;
}

/** The standing by status first and, where the status would count, by what there is to count. */
export function standingOf(state: SubscriptionState, policy: Policy, worth: Worthiness): Standing {
  switch (state.status) {
    case 'canceled':
    case 'incomplete_expired':
      return 'ended';
    case 'incomplete':
    case 'unpaid':
    case 'paused':
    case 'trialing':
      return state.status;
    case 'active':
    case 'past_due':
      break;
  }
  if (isGivenUp(state, policy)) return 'unpaid';
  if (state.paused && policy.pause === 'zero') return 'paused';
  if (state.scheduledEnd && policy.scheduledCancellation === 'at scheduling') return 'cancelling';
  if (worth.potential > 0) return state.status === 'past_due' ? 'past_due' : 'paying';
  if (worth.onTrial) return 'trialing';
  if (worth.listed > 0) return 'discounted';
  if (worth.unvalued) return 'not_valued';
  return state.items.some(({ price }) => price.recurring?.usageType === 'metered') ? 'usage_only' : 'free';
}

/** Why a subscription that stands so adds nothing: the reason of a loss. Null where it counts. */
export function reasonOfStanding(standing: Standing): string | null {
  const reasons: Partial<Record<Standing, string>> = {
    trialing: 'trial',
    paused: 'paused',
    free: 'free plan',
    discounted: 'discount',
    usage_only: 'usage only',
    not_valued: 'not valued',
    unpaid: 'unpaid',
    incomplete: 'incomplete',
    cancelling: 'cancellation scheduled',
    ended: 'canceled',
  };
  return reasons[standing] ?? null;
}
