/** R4 under a policy that counts metered prices: states valued with the usage run rates of their days. */
import { startOfDay, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { roundHalfAway } from '../../../../shared/kernel/rational.ts';
import { periodsPerYear } from '../core/interval.ts';
import type { Policy } from '../core/policy.ts';
import type { StateItem } from '../core/state.ts';
import { valueState, type UsageRates } from '../core/valuation.ts';
import type { DatedState } from './customer-history.ts';
import type { ItemUsage } from './usage.ts';

/**
 * The states, valued with usage, and one more on each day on which only a run
 * rate changed. Under a policy without metered prices they are left as they are.
 */
export function withUsage(
  states: readonly DatedState[],
  usage: readonly ItemUsage[],
  policy: Policy,
  zone: TimeZone,
): readonly DatedState[] {
  const [first] = states;
  if (!policy.metered || !first || usage.every(({ levels }) => levels.length === 0)) return states;
  const held = new Set(states.map(({ on }) => on));
  const changed = new Set(usage.flatMap(({ levels }) => levels.map(({ on }) => on)));
  const added = [...changed]
    .filter((on) => on > first.on && !held.has(on))
    .flatMap((on): DatedState[] => {
      const before = states.findLast((state) => state.on < on);
      return before ? [{ ...before, on, state: { ...before.state, effectiveAt: startOfDay(on, zone) } }] : [];
    });
  return [...states, ...added]
    .sort((a, b) => a.state.effectiveAt - b.state.effectiveAt)
    .map(({ on, state }) => ({ on, state, valued: valueState(state, policy, usageOn(usage, on)) }));
}

function usageOn(usage: readonly ItemUsage[], day: PlainDay): UsageRates {
  return new Map(
    usage.map(({ itemId, levels }) => [itemId, levels.findLast(({ on }) => on <= day)?.annual ?? 0] as const),
  );
}

/** A stored run rate as it is under another policy's weeks and days per month. */
export function usageUnder(annual: number, item: StateItem | undefined, stored: Policy, policy: Policy): number {
  const recurring = item?.price.recurring;
  if (!recurring || (stored.week === policy.week && stored.day === policy.day)) return annual;
  const factor = periodsPerYear(recurring, policy).div(periodsPerYear(recurring, stored));
  return roundHalfAway(factor.mul(annual));
}
