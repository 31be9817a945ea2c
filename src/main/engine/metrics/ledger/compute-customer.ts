/** Everything that the ledger holds of a customer, computed from its facts alone. */
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { MetricsContext } from '../context.ts';
import type { SubscriptionFacts } from '../history/facts.ts';
import { customerHistory, type CustomerHistory } from './customer-history.ts';
import { customerMovements, type MovementDraft, type Valuation } from './customer-movements.ts';
import { withUsage } from './metered.ts';
import { gaugedStates, type CustomerPart } from './rollup.ts';
import { usageLevels, type ItemUsage } from './usage.ts';

export interface SubscriptionUsage {
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly items: readonly ItemUsage[];
}

export interface ComputedCustomer {
  readonly history: CustomerHistory;
  readonly movements: readonly MovementDraft[];
  readonly usage: readonly SubscriptionUsage[];
  readonly part: CustomerPart;
}

/** Everything that the ledger holds of a customer, from its facts alone. */
export function computeCustomer(
  customerId: CustomerId,
  facts: readonly SubscriptionFacts[],
  context: Pick<MetricsContext, 'policy' | 'zone'>,
  valuation: Valuation,
): ComputedCustomer {
  const { policy, zone } = context;
  const billed = customerHistory(customerId, facts, policy, zone);
  const usage = facts.map(({ sourceId, subscriptionId, lines }, index) => ({
    sourceId,
    subscriptionId,
    items: usageLevels(lines, billed.subscriptions[index]?.states ?? [], policy, zone),
  }));
  const history = {
    customerId,
    subscriptions: billed.subscriptions.map((subscription, index) => ({
      ...subscription,
      states: withUsage(subscription.states, usage[index]?.items ?? [], policy, zone),
    })),
  };
  const movements = customerMovements(history, valuation);
  const part: CustomerPart = {
    movements,
    states: history.subscriptions.map(gaugedStates),
    usage: usage.flatMap(({ items }) => items.map(({ levels }) => levels)),
  };
  return { history, movements, usage, part };
}
