/**
 * The life of a subscription, read off the lines that billed it: from the start of each service period it is what the
 * line billed, until a line says something else or the subscription ends.
 */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { DAY_MS, instant, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Fact, PriceInterval, Subscription } from '../../domain/index.ts';
import { recurringPrice, sighted, subscriptionItem, subscriptionOf } from './billing-facts.ts';

export interface ServiceLine {
  readonly id: string;
  readonly start: Instant;
  readonly end: Instant;
  /** Minor units after discounts and without tax; negative for a credit. */
  readonly netMinor: number;
  readonly quantity: string;
  readonly plan: string | null;
  readonly isTrial: boolean;
  readonly isProration: boolean;
  /** How often the plan bills; null: as long as the line's period is. */
  readonly every: { readonly interval: PriceInterval; readonly intervalCount: number } | null;
}

export interface ServiceLife {
  readonly id: string;
  readonly customerId: string;
  readonly currency: CurrencyCode;
  readonly lines: readonly ServiceLine[];
  /** When it was cancelled with effect. */
  readonly ends: readonly Instant[];
  /** Days without a line after which it counts as ended with its last period; null: only a cancellation ends it. */
  readonly lapsesAfterDays: number | null;
}

const DAYS_OF: Readonly<Record<PriceInterval, number>> = { day: 1, week: 7, month: 30.436_875, year: 365.2425 };

/** One sighting for every change. Empty where no line shows a period. */
export function serviceFacts(life: ServiceLife): Fact[] {
  const lines = life.lines
    .filter(({ start, end }) => end > start)
    .toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  const [first] = lines;
  if (!first) return [];
  const startedAt = first.start;
  const turns: { readonly at: Instant; readonly subscription: Subscription; readonly evidence: string }[] = [];
  const base = { id: life.id, customerId: life.customerId, currency: life.currency, startedAt };
  let shown = '';
  const turn = (at: Instant, evidence: string, subscription: Subscription, shows: string): void => {
    if (shows === shown) return;
    shown = shows;
    turns.push({ at, subscription, evidence });
  };
  for (const at of momentsOf(life, lines)) {
    const lastEnd = life.ends.filter((end) => end <= at).at(-1);
    const running = linesAt(lines, at).filter(({ start }) => lastEnd === undefined || start >= lastEnd);
    const latest = lines.findLast(({ start }) => start <= at);
    if (running.length === 0) {
      const isOver = lastEnd === at || lapsed(life, lines, at);
      if (!isOver || shown === '' || shown === 'over') continue;
      const over = subscriptionOf({
        ...base,
        status: 'canceled',
        items: turns.at(-1)?.subscription.items ?? [],
        canceledAt: at,
        endedAt: at,
      });
      turn(at, latest?.id ?? life.id, over, 'over');
      continue;
    }
    const items = running.map((line) => itemOf(life, line));
    const trial = running.every(({ isTrial }) => isTrial);
    const trialEnd = trial ? instant(Math.max(...running.map(({ end }) => end))) : null;
    const subscription = subscriptionOf({
      ...base,
      status: trial ? 'trialing' : 'active',
      trialStart: trial ? at : null,
      trialEnd,
      items,
    });
    const shows = JSON.stringify([trial, items.map(({ price, quantity }) => [price.id, quantity])]);
    turn(at, running.at(-1)?.id ?? life.id, subscription, shows);
  }
  return turns.map(({ at, subscription, evidence }, index) =>
    index === turns.length - 1
      ? sighted(subscription, at)
      : {
          kind: 'subscription',
          value: { subscription, seenAt: at, by: 'event', eventId: evidence, eventType: 'file.line' },
        },
  );
}

function momentsOf({ ends, lapsesAfterDays }: ServiceLife, lines: readonly ServiceLine[]): Instant[] {
  const moments = new Set<Instant>([...lines.map(({ start }) => start), ...ends]);
  if (lapsesAfterDays !== null) for (const { end } of lines) moments.add(end);
  return [...moments].toSorted((a, b) => a - b);
}

/** The lines in force: of each plan the latest that has begun, unless a credit has taken it back. */
function linesAt(lines: readonly ServiceLine[], at: Instant): ServiceLine[] {
  const byPlan = new Map<string, ServiceLine>();
  for (const line of lines) {
    if (line.start > at || line.end <= at) continue;
    const plan = line.plan ?? '';
    const known = byPlan.get(plan);
    if (line.netMinor < 0) {
      if (known && known.start < line.start) byPlan.delete(plan);
      continue;
    }
    byPlan.set(plan, line);
  }
  return [...byPlan.values()];
}

/** Whether no line follows the one that ended here for so long that it has ended with it. */
function lapsed({ lapsesAfterDays }: ServiceLife, lines: readonly ServiceLine[], at: Instant): boolean {
  if (lapsesAfterDays === null) return false;
  return !lines.some(({ start, netMinor }) => netMinor >= 0 && start >= at && start - at <= lapsesAfterDays * DAY_MS);
}

function itemOf({ id, currency }: ServiceLife, line: ServiceLine) {
  const every = line.every ?? intervalOfPeriod(line);
  const fullDays = DAYS_OF[every.interval] * every.intervalCount;
  const days = (line.end - line.start) / DAY_MS;
  // A prorated line bills a share of the period, and the whole period follows from the share.
  const amount =
    line.isProration && days < fullDays - 3 ? Math.round((line.netMinor * fullDays) / days) : line.netMinor;
  const text = String(amount);
  const price = recurringPrice(
    `${line.plan ?? 'plan'}/${every.intervalCount}${every.interval}/${text}${currency}`,
    line.plan,
    currency,
    text,
    every,
  );
  return subscriptionItem(`${id}/${line.plan ?? 'item'}`, price, '1', { start: line.start, end: line.end });
}

/** Months and years are no fixed number of days: a period within three days of one is one. */
export function intervalOfPeriod({ start, end }: Pick<ServiceLine, 'start' | 'end'>): {
  interval: PriceInterval;
  intervalCount: number;
} {
  const days = Math.max(1, Math.round((end - start) / DAY_MS));
  const months = Math.round(days / DAYS_OF.month);
  if (months >= 1 && Math.abs(days - months * DAYS_OF.month) <= 3)
    return months % 12 === 0
      ? { interval: 'year', intervalCount: months / 12 }
      : { interval: 'month', intervalCount: months };
  return days % 7 === 0 ? { interval: 'week', intervalCount: days / 7 } : { interval: 'day', intervalCount: days };
}
