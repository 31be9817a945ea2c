/** One customer's valued history: all its subscriptions' states, each with its day and its worth. */
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { Policy } from '../core/policy.ts';
import { statesUnder } from '../core/policy-states.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState, type ValuedState } from '../core/valuation.ts';
import type { SubscriptionFacts } from '../history/facts.ts';
import { subscriptionStates } from '../history/states.ts';

export interface DatedState {
  /** The workspace's day on which it begins. */
  readonly on: PlainDay;
  readonly state: SubscriptionState;
  readonly valued: ValuedState;
}

export interface SubscriptionHistory {
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly states: readonly DatedState[];
}

export interface CustomerHistory {
  readonly customerId: CustomerId;
  readonly subscriptions: readonly SubscriptionHistory[];
}

/** Derives and values the states of a customer's subscriptions. */
export function customerHistory(
  customerId: CustomerId,
  facts: readonly SubscriptionFacts[],
  policy: Policy,
  zone: TimeZone,
): CustomerHistory {
  return {
    customerId,
    subscriptions: facts.map((subscription) => ({
      sourceId: subscription.sourceId,
      subscriptionId: subscription.subscriptionId,
      states: statesUnder(policy, subscriptionStates(subscription)).map((state) => ({
        on: dayAt(state.effectiveAt, zone),
        state,
        valued: valueState(state, policy),
      })),
    })),
  };
}

/** The last of each day, of what is in order of days: what the day is booked with. */
export function endsOfDays<State extends { readonly on: PlainDay }>(states: readonly State[]): State[] {
  return states.filter((state, index) => states[index + 1]?.on !== state.on);
}
