/** R4: the usage run rate of metered items, read off their invoice lines. */
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import { periodsPerYear } from '../core/interval.ts';
import type { Policy } from '../core/policy.ts';
import type { SubscriptionState } from '../core/state.ts';
import type { ValuedState } from '../core/valuation.ts';
import type { InvoicedLine } from '../history/facts.ts';
import { endsOfDays, type DatedState } from './customer-history.ts';
import type { UsageLevel } from './rollup.ts';

/** The run rate is the mean of so many closed periods. */
const PERIODS = 3;

export interface ItemUsage {
  readonly itemId: string;
  readonly levels: readonly UsageLevel[];
}

/**
 * For each metered item the annual run rate from the day on which a period
 * closed: the mean of the last three closed periods (of fewer while there are
 * fewer), net of discounts and contained tax; 0 while the subscription does not
 * bill (paused, unpaid, on trial, ended).
 */
export function usageLevels(
  lines: readonly InvoicedLine[],
  states: readonly DatedState[],
  policy: Policy,
  zone: TimeZone,
): ItemUsage[] {
  const items = new Map<string, InvoicedLine[]>();
  for (const line of lines) {
    if (line.price?.recurring?.usageType !== 'metered' || line.invoiceStatus === 'void') continue;
    const key = line.subscriptionItemId ?? line.price.id;
    const known = items.get(key);
    if (known) known.push(line);
    else items.set(key, [line]);
  }
  if (items.size === 0) return [];
  const billing = endsOfDays(states).map(({ on, state, valued }) => ({ on, bills: billsUsage(state, valued) }));
  return [...items].map(([itemId, billed]) => ({
    itemId,
    levels: whileBilling(runRates(billed, policy, zone), billing),
  }));
}

function billsUsage({ status }: SubscriptionState, { standing }: ValuedState): boolean {
  return (status === 'active' || status === 'past_due') && standing !== 'paused';
}

/** The run rate from the end of each closed period on. */
function runRates(lines: readonly InvoicedLine[], policy: Policy, zone: TimeZone): UsageLevel[] {
  const periods = new Map<Instant, { net: number; line: InvoicedLine }>();
  for (const line of lines) {
    const known = periods.get(line.periodEnd);
    periods.set(line.periodEnd, { net: (known?.net ?? 0) + netOf(line), line });
  }
  const closed = [...periods].sort(([a], [b]) => a - b);
  const levels = closed.map(([periodEnd, { line }], index): UsageLevel => {
    const recent = closed.slice(Math.max(0, index - PERIODS + 1), index + 1);
    const sum = recent.reduce((total, [, { net }]) => total + net, 0);
    const factor = line.price?.recurring ? periodsPerYear(line.price.recurring, policy) : rational(0);
    return {
      on: dayAt(periodEnd, zone),
      currency: line.currency,
      annual: roundHalfAway(rational(sum, recent.length).mul(factor)),
    };
  });
  return endsOfDays(levels);
}

/** The levels on the days on which the subscription bills, and 0 on the others. */
function whileBilling(
  levels: readonly UsageLevel[],
  billing: readonly { on: PlainDay; bills: boolean }[],
): UsageLevel[] {
  const [first] = levels;
  if (!first) return [];
  const days = [...new Set([...levels, ...billing].map(({ on }) => on))].filter((on) => on >= first.on).sort();
  let last = 0;
  return days.flatMap((on) => {
    const bills = billing.findLast((step) => step.on <= on)?.bills ?? false;
    const annual = bills ? (levels.findLast((level) => level.on <= on)?.annual ?? 0) : 0;
    if (annual === last) return [];
    last = annual;
    return [{ on, currency: first.currency, annual }];
  });
}

/** A line net of its discounts and of the tax that it contains. */
function netOf({ amountMinor, discounts, taxes }: InvoicedLine): number {
  const discounted = discounts.reduce((sum, discount) => sum + discount.amountMinor, 0);
  const tax = taxes.reduce((sum, { inclusive, ...part }) => (inclusive ? sum + part.amountMinor : sum), 0);
  return amountMinor - discounted - tax;
}
