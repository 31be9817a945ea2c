/** R4: the usage run rate of metered items, read off their invoice lines. */
import { dayAt, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import { periodsPerYear } from '../core/interval.ts';
import type { Policy } from '../core/policy.ts';
import type { InvoicedLine } from '../history/facts.ts';
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
 * fewer), net of discounts and contained tax; 0 from the end of the subscription.
 */
export function usageLevels(
  lines: readonly InvoicedLine[],
  endsAt: Instant | null,
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
  return [...items].map(([itemId, billed]) => ({ itemId, levels: levelsOfItem(billed, endsAt, policy, zone) }));
}

function levelsOfItem(
  lines: readonly InvoicedLine[],
  endsAt: Instant | null,
  policy: Policy,
  zone: TimeZone,
): UsageLevel[] {
  const periods = new Map<Instant, { net: number; line: InvoicedLine }>();
  for (const line of lines) {
    const known = periods.get(line.periodEnd);
    periods.set(line.periodEnd, { net: (known?.net ?? 0) + netOf(line), line });
  }
  const closed = [...periods].sort(([a], [b]) => a - b);
  const byDay = new Map<PlainDay, UsageLevel>();
  for (const [index, [periodEnd, { line }]] of closed.entries()) {
    if (endsAt !== null && periodEnd > endsAt) break;
    const recent = closed.slice(Math.max(0, index - PERIODS + 1), index + 1);
    const sum = recent.reduce((total, [, { net }]) => total + net, 0);
    const factor = line.price?.recurring ? periodsPerYear(line.price.recurring, policy) : rational(0);
    const on = dayAt(periodEnd, zone);
    byDay.set(on, { on, currency: line.currency, annual: roundHalfAway(rational(sum, recent.length).mul(factor)) });
  }
  const [last] = lines;
  if (endsAt !== null && last && byDay.size > 0) {
    const on = dayAt(endsAt, zone);
    byDay.set(on, { on, currency: last.currency, annual: 0 });
  }
  return [...byDay.values()].sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** A line net of its discounts and of the tax that it contains. */
function netOf({ amountMinor, discounts, taxes }: InvoicedLine): number {
  const discounted = discounts.reduce((sum, discount) => sum + discount.amountMinor, 0);
  const tax = taxes.reduce((sum, { inclusive, ...part }) => (inclusive ? sum + part.amountMinor : sum), 0);
  return amountMinor - discounted - tax;
}
