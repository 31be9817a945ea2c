/** Which items a subscription had when: from invoice lines before it was first seen, from sightings since. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { rational } from '../../../../shared/kernel/rational.ts';
import type { Discount, Price, Subscription, SubscriptionItem } from '../../domain/index.ts';
import { isLongTerm } from '../core/interval.ts';
import { addTerms } from '../core/term.ts';
import {
  byTimestamps,
  evidenceOf,
  firstSighting,
  type InvoicedLine,
  type Step,
  type SubscriptionFacts,
} from './facts.ts';
import { discountsOfLines } from './line-discount.ts';
import { priceOfLine } from './line-price.ts';

export interface HistoryItem {
  readonly id: string;
  readonly price: Price;
  readonly quantity: string;
  /** The start of one of its terms; null where no period is known. */
  readonly anchor: Instant | null;
  readonly trialEnd: Instant | null;
  /** Discounts that only an invoice line shows; those of sightings are kept by discount-history. */
  readonly lineDiscounts: readonly Discount[];
  readonly inclusiveTaxPercent: string | null;
}

/** The item sets over time, oldest first. */
export function itemSteps(facts: SubscriptionFacts): Step<readonly HistoryItem[]>[] {
  const first = firstSighting(facts);
  const invoiced = invoicedSteps(facts, first.seenAt);
  const steps = invoiced.length > 0 ? invoiced : phaseSteps(facts);
  const { startedAt } = first.subscription;
  const seen = first.subscription.items.map((item) => itemOfSighting(item, first.subscription));
  const [earliest] = steps;
  if (!earliest) steps.push({ at: startedAt, value: seen, evidence: 'timestamps', evidenceId: facts.subscriptionId });
  else if (earliest.at > startedAt)
    steps.unshift({ ...earliest, at: startedAt, evidence: 'timestamps', evidenceId: facts.subscriptionId });

  let before = first;
  for (const sighting of facts.sightings) {
    const known = steps.at(-1)?.value ?? [];
    const { subscription } = sighting;
    const items = subscription.items.map((item) => withTermDiscounts(itemOfSighting(item, subscription), known));
    const changedAt =
      sighting === first || sighting.by === 'event'
        ? null
        : changeBetween(facts, before.seenAt, sighting.seenAt, items, known);
    const at = changedAt?.at ?? (sighting === first && startedAt > sighting.seenAt ? startedAt : sighting.seenAt);
    steps.push({
      at,
      value: items,
      ...(changedAt ? { evidence: 'invoice' as const, evidenceId: changedAt.invoiceId } : evidenceOf(sighting)),
    });
    before = sighting;
  }
  return steps;
}

/** The item sets of a schedule's phases that had begun before anybody looked: for where no invoice tells of them. */
function phaseSteps(facts: SubscriptionFacts): Step<readonly HistoryItem[]>[] {
  const { subscription, seenAt } = firstSighting(facts);
  const phases = facts.sightings.findLast((sighting) => sighting.subscription.phases)?.subscription.phases ?? [];
  return phases
    .filter(({ startAt, endAt }) => endAt > subscription.startedAt && startAt < seenAt)
    .map(({ startAt, items }) => ({
      at: startAt > subscription.startedAt ? startAt : subscription.startedAt,
      value: items.map((item, index): HistoryItem => ({
        id:
          subscription.items.find(({ price }) => price.id === item.price.id)?.id ??
          `${subscription.id}/${startAt}/${index}`,
        price: item.price,
        quantity: item.quantity,
        anchor: startAt,
        trialEnd: null,
        lineDiscounts: [],
        inclusiveTaxPercent: item.inclusiveTaxPercent,
      })),
      ...byTimestamps(subscription),
    }));
}

function itemOfSighting(item: SubscriptionItem, { trialEnd }: Subscription): HistoryItem {
  const { currentPeriodStart, currentPeriodEnd } = item;
  // A trial is a period of its own: terms begin with its end.
  const onTrial = currentPeriodEnd !== null && (currentPeriodEnd === trialEnd || currentPeriodEnd === item.trialEnd);
  return {
    id: item.id,
    price: item.price,
    quantity: item.quantity,
    anchor: onTrial ? currentPeriodEnd : currentPeriodStart,
    trialEnd: item.trialEnd,
    lineDiscounts: [],
    inclusiveTaxPercent: item.inclusiveTaxPercent,
  };
}

/** A term of a year or more keeps the discounts that its invoice showed, though the object no longer names them (R5). */
function withTermDiscounts(item: HistoryItem, known: readonly HistoryItem[]): HistoryItem {
  if (item.price.recurring === null || !isLongTerm(item.price.recurring)) return item;
  const same = known.find(({ id, price }) => id === item.id && price.id === item.price.id);
  return same && same.lineDiscounts.length > 0 ? { ...item, lineDiscounts: same.lineDiscounts } : item;
}

/** When, between two reads, the items became what the second read shows: the invoice line that bills the change. */
function changeBetween(
  { lines }: SubscriptionFacts,
  after: Instant,
  until: Instant,
  now: readonly HistoryItem[],
  was: readonly HistoryItem[],
): { at: Instant; invoiceId: string } | null {
  const bills = (line: InvoicedLine, item: HistoryItem) =>
    line.amountMinor >= 0 && line.priceId === item.price.id && Number(line.quantity) === Number(item.quantity);
  const has = (items: readonly HistoryItem[], item: HistoryItem) =>
    items.some(
      (other) =>
        other.id === item.id && other.price.id === item.price.id && Number(other.quantity) === Number(item.quantity),
    );
  const added = now.filter((item) => !has(was, item));
  const removed = was.filter((item) => !has(now, item));
  const line = lines.find(
    (candidate) =>
      candidate.periodStart > after &&
      candidate.periodStart <= until &&
      (added.some((item) => bills(candidate, item)) ||
        (candidate.proration &&
          candidate.amountMinor < 0 &&
          removed.some((item) => item.price.id === candidate.priceId))),
  );
  return line ? { at: line.periodStart, invoiceId: line.invoiceId } : null;
}

interface PaidItem extends HistoryItem {
  readonly paidUntil: Instant;
}

/** The item sets that invoice lines show before a moment; without one, to the last line. */
export function invoicedSteps(facts: SubscriptionFacts, before: Instant | null): Step<readonly HistoryItem[]>[] {
  const { subscription } = firstSighting(facts);
  const metered = subscription.items
    .filter((item) => item.price.recurring?.usageType === 'metered')
    .map((item) => itemOfSighting(item, subscription));
  const steps: Step<readonly HistoryItem[]>[] = [];
  let current = new Map<string, PaidItem>();
  const shown = facts.lines.filter(
    (line) => (before === null || line.periodStart < before) && !isMetered(line) && !isUnapplied(line, facts),
  );
  for (const group of groupsByStart(shown)) {
    const [first] = group;
    if (!first) continue;
    const { periodStart: at, invoiceId } = first;
    current = afterGroup(current, group, at, facts);
    const items = [...current.values()].map(({ paidUntil: _, ...item }) => item);
    steps.push({ at, value: [...items, ...metered], evidence: 'invoice', evidenceId: invoiceId });
  }
  return steps;
}

/** An update that waits for its payment, or one whose invoice was taken back: the items stayed what they were. */
function isUnapplied(
  { invoiceId, invoiceStatus, billingReason }: InvoicedLine,
  { sightings }: SubscriptionFacts,
): boolean {
  if (invoiceStatus === 'void') return billingReason === 'subscription_update';
  return sightings.at(-1)?.subscription.pendingInvoiceId === invoiceId;
}

function isMetered({ price }: InvoicedLine): boolean {
  return price?.recurring?.usageType === 'metered';
}

/** Lines that begin at one moment, in time order. */
function groupsByStart(lines: readonly InvoicedLine[]): InvoicedLine[][] {
  const groups: InvoicedLine[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group && group[0]?.periodStart === line.periodStart) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/**
 * A credit takes its item away; a billed line sets it; where a cycle is billed,
 * items whose paid time is over and that are not on it are gone.
 */
function afterGroup(
  before: ReadonlyMap<string, PaidItem>,
  group: readonly InvoicedLine[],
  at: Instant,
  facts: SubscriptionFacts,
): Map<string, PaidItem> {
  const items = new Map(before);
  if (group.some((line) => !line.proration))
    for (const [key, item] of items) if (item.paidUntil <= at) items.delete(key);
  for (const line of group) if (line.proration && line.amountMinor < 0) items.delete(keyOf(line));
  for (const line of group) {
    if (line.proration && line.amountMinor < 0) continue;
    const billed = priceOfLine(line);
    const known = before.get(keyOf(line));
    if (!billed) {
      if (known) items.set(keyOf(line), known);
      continue;
    }
    const { price, ofAmount } = billed;
    const sighted = firstSighting(facts).subscription.items.find(({ id }) => id === line.subscriptionItemId);
    items.set(keyOf(line), {
      id: keyOf(line),
      price,
      quantity: ofAmount ? '1' : quantityOf(line, group),
      anchor: line.proration
        ? price.recurring
          ? addTerms(line.periodEnd, price.recurring, -1)
          : null
        : line.periodStart,
      trialEnd: sighted?.trialEnd ?? null,
      lineDiscounts: discountsOfLines(linesOfItem(line, group), facts),
      inclusiveTaxPercent: sighted?.inclusiveTaxPercent ?? null,
      paidUntil: line.periodEnd,
    });
  }
  return items;
}

function keyOf(line: InvoicedLine): string {
  return line.subscriptionItemId ?? line.priceId ?? 'line';
}

/**
 * The quantity that an invoice bills of an item's price. Tiered prices come as
 * one line per tier reached, and a tier's flat amount as a line of quantity 0.
 */
function quantityOf(line: InvoicedLine, group: readonly InvoicedLine[]): string {
  if (line.price?.scheme === 'per_unit') return line.quantity;
  return linesOfItem(line, group)
    .reduce((sum, other) => sum.add(rational(other.quantity)), rational(0))
    .toFraction();
}

/** The billed lines that stand for the same item and price as a line, itself included. */
function linesOfItem(line: InvoicedLine, group: readonly InvoicedLine[]): InvoicedLine[] {
  return group.filter(
    (other) =>
      other.invoiceId === line.invoiceId &&
      keyOf(other) === keyOf(line) &&
      other.priceId === line.priceId &&
      other.proration === line.proration &&
      other.amountMinor >= 0,
  );
}
