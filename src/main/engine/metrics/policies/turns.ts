/** The way from one policy to another, one switch at a time. */
import { POLICY_SWITCHES, type SwitchName } from '../../../../shared/contract/policy.ts';
import type { Policy } from '../core/policy.ts';
import type { StateItem, SubscriptionState } from '../core/state.ts';

/** Where a switch is turned: the policy from then on. */
export interface Turn {
  readonly rule: SwitchName;
  readonly policy: Policy;
}

/**
 * The switches that differ and change amounts, in the table's order, each with
 * the policy that has it and all before it turned. Switches that only name
 * movements or change a rate leave MRR as it is and are no turn.
 */
export function turnsBetween(from: Policy, to: Policy): Turn[] {
  const turns: Turn[] = [];
  let policy = from;
  for (const { name: rule, changes } of POLICY_SWITCHES) {
    if (changes !== 'amounts' || from[rule] === to[rule]) continue;
    policy = { ...policy, [rule]: to[rule] };
    turns.push({ rule, policy });
  }
  return turns;
}

/** Whether a switch can change what a state is worth at all; most states are touched by none. */
export function touches(rule: SwitchName, state: SubscriptionState): boolean {
  switch (rule) {
    case 'week':
    case 'day':
      return state.items.some(({ price }) => price.recurring?.interval === rule);
    case 'discounts':
      return state.discounts.length > 0 || state.items.some((item: StateItem) => item.discounts.length > 0);
    case 'metered':
      return state.items.some(({ price }) => price.recurring?.usageType === 'metered');
    case 'pastDueDays':
      return state.status === 'past_due';
    case 'pause':
      return state.paused;
    case 'scheduledCancellation':
      return state.scheduledEnd || state.paidUntil !== null;
    case 'freeCustomers':
    case 'reactivationGapDays':
    case 'netting':
    case 'logoChurnBase':
      return false;
  }
}
