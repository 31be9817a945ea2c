/** The history of a subscription: every state it was in or is due to be in, each with its evidence. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Discount, SubscriptionStatus } from '../../domain/index.ts';
import { endOfDiscount } from '../core/discount.ts';
import { isLongTerm } from '../core/interval.ts';
import type { StateItem, SubscriptionState } from '../core/state.ts';
import { addTerms, termStartAt } from '../core/term.ts';
import { anyPresent, discountHistory, discountsAt } from './discount-history.ts';
import { firstSighting, stepAt, type Step, type SubscriptionFacts } from './facts.ts';
import { itemSteps, type HistoryItem } from './item-steps.ts';
import { withPlannedPhases } from './planned-phases.ts';
import { commitmentSteps, isOver, pauseSteps, statusSteps } from './status-steps.ts';
import { containedTaxPercent } from './tax-evidence.ts';

interface History {
  readonly facts: SubscriptionFacts;
  readonly status: readonly Step<SubscriptionStatus>[];
  readonly paused: readonly Step<boolean>[];
  readonly leaving: readonly Step<boolean>[];
  readonly items: readonly Step<readonly HistoryItem[]>[];
  readonly discounts: readonly Discount[];
  readonly itemDiscounts: ReadonlyMap<string, readonly Discount[]>;
}

/**
 * The states of a subscription in time order, from when it began to bill to
 * its end or to the last change that is scheduled. A state is listed where
 * something that can matter to its value changes.
 */
export function subscriptionStates(facts: SubscriptionFacts): SubscriptionState[] {
  const history = historyOf(withPlannedPhases(facts));
  const states: SubscriptionState[] = [];
  let last = '';
  for (const at of moments(history)) {
    const state = stateAt(history, at);
    const content = contentOf(state);
    if (content === last) continue;
    last = content;
    states.push(state);
    // Nothing follows an end, unless what was taken for gone is there again.
    if (isOver(state.status) && at >= (history.status.at(-1)?.at ?? at)) break;
  }
  return states;
}

function historyOf(facts: SubscriptionFacts): History {
  const itemIds = new Set(
    facts.sightings.flatMap(({ subscription }) =>
      subscription.items.filter((item) => item.discounts.length > 0).map(({ id }) => id),
    ),
  );
  return {
    facts,
    status: statusSteps(facts),
    paused: pauseSteps(facts),
    leaving: commitmentSteps(facts),
    items: itemSteps(facts),
    discounts: discountHistory(facts, (subscription) => subscription.discounts),
    itemDiscounts: new Map(
      [...itemIds].map((id) => [
        id,
        discountHistory(facts, (subscription) => subscription.items.find((item) => item.id === id)?.discounts ?? []),
      ]),
    ),
  };
}

/** Every moment at which a state may begin, in order. */
function moments(history: History): Instant[] {
  const start = history.status[0]?.at ?? firstSighting(history.facts).subscription.startedAt;
  const found = new Set<Instant>([start]);
  for (const steps of [history.status, history.paused, history.leaving, history.items])
    for (const { at } of steps) found.add(at);
  const discounts = [
    ...history.discounts,
    ...history.facts.customerDiscounts,
    ...[...history.itemDiscounts.values()].flat(),
  ];
  for (const discount of discounts) {
    found.add(discount.start);
    const end = endOfDiscount(discount);
    if (Number.isFinite(end)) found.add(end as Instant);
  }
  for (const { value: items } of history.items)
    for (const item of items) {
      if (item.trialEnd !== null) found.add(item.trialEnd);
      for (const discount of [...discounts, ...item.lineDiscounts]) addTermStarts(found, item, discount);
    }
  return [...found].filter((at) => at >= start).sort((a, b) => a - b);
}

/** A limited discount may come or cease to count with a term: the term starts up to the second one not before its end. */
function addTermStarts(found: Set<Instant>, { price, anchor }: HistoryItem, discount: Discount): void {
  const { recurring } = price;
  const once = discount.coupon.duration === 'once';
  if (anchor === null || recurring === null || discount.coupon.duration === 'forever') return;
  if (!once && !isLongTerm(recurring)) return;
  const end = once ? discount.start : endOfDiscount(discount);
  if (!Number.isFinite(end)) return;
  const first = termStartAt(anchor, recurring, discount.start);
  for (let term = 1, beyond = 0; beyond < 2; term++) {
    const at = addTerms(first, recurring, term);
    found.add(at);
    if (at >= end) beyond += 1;
  }
}

function stateAt(history: History, at: Instant): SubscriptionState {
  const { subscription } = sightingAt(history.facts, at);
  const status = stepAt(history.status, at) ?? history.status[0];
  const items = (stepAt(history.items, at) ?? history.items[0])?.value ?? [];
  const leaving = stepAt(history.leaving, at);
  const paused = stepAt(history.paused, at);
  const terms = items.map((item) => termOf(item, at));
  const longTerms = terms.filter(
    (_, index) => items[index]?.price.recurring && isLongTerm(items[index].price.recurring),
  );
  const earliestTerm = longTerms.reduce<Instant | null>((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
  const discounts = discountsAt(history.discounts, at, earliestTerm);
  if (!anyPresent(history.discounts, at))
    discounts.push(...discountsAt(history.facts.customerDiscounts, at, earliestTerm));
  const started = [stepAt(history.items, at), status, leaving, paused].find((step) => step?.at === at);
  return {
    effectiveAt: at,
    status: status?.value ?? subscription.status,
    statusSince: status?.at ?? at,
    paused: paused?.value ?? false,
    scheduledEnd: leaving?.value ?? false,
    currency: subscription.currency,
    createdAt: subscription.createdAt,
    paidUntil: status?.value === 'canceled' ? paidUntil(history.facts, at) : null,
    items: items.map((item, index) => stateItem(history, item, at, terms[index] ?? null, discounts)),
    discounts,
    evidence: started?.evidence ?? 'timestamps',
    evidenceId: started?.evidenceId ?? history.facts.subscriptionId,
  };
}

/** Up to when the items of a subscription that was ended without notice had been billed; null where not beyond its end. */
function paidUntil({ sightings }: SubscriptionFacts, endedAt: Instant): Instant | null {
  const last = sightings.at(-1)?.subscription;
  if (last?.status !== 'canceled' || last.cancelAt !== null || last.cancelAtPeriodEnd) return null;
  const ends = last.items.map((item) => item.currentPeriodEnd).filter((end) => end !== null && end > endedAt);
  return ends.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
}

function stateItem(
  history: History,
  item: HistoryItem,
  at: Instant,
  termStart: Instant | null,
  shared: readonly Discount[],
): StateItem {
  const own = [...item.lineDiscounts, ...discountsAt(history.itemDiscounts.get(item.id) ?? [], at, termStart)];
  const limited = [...own, ...shared].some(({ coupon }) => coupon.duration !== 'forever');
  return {
    id: item.id,
    price: item.price,
    quantity: item.quantity,
    // Only a limited discount asks for the term; without one, a renewal is no new state.
    termStart: limited ? termStart : null,
    onTrial: item.trialEnd !== null && at < item.trialEnd,
    discounts: own,
    inclusiveTaxPercent: containedTaxPercent(item, history.facts.lines),
  };
}

function termOf({ price, anchor }: HistoryItem, at: Instant): Instant | null {
  return anchor === null || price.recurring === null ? null : termStartAt(anchor, price.recurring, at);
}

/** The sighting that governs a moment; before the first, the first. */
function sightingAt(facts: SubscriptionFacts, at: Instant): SubscriptionFacts['sightings'][number] {
  return facts.sightings.findLast(({ seenAt }) => seenAt <= at) ?? firstSighting(facts);
}

/**
 * What makes two states equal: all but their moment and evidence. A discount that is over, and is kept for the term
 * that it lowered, is another one than while it ran: some policies look at that alone.
 */
function contentOf({ effectiveAt, status, paused, scheduledEnd, items, discounts }: SubscriptionState): string {
  const parts = items.map(({ price, ...item }) => [price.id, item]);
  const over = [...items.flatMap((item) => item.discounts), ...discounts].map(
    (discount) => endOfDiscount(discount) <= effectiveAt,
  );
  return JSON.stringify([status, paused, scheduledEnd, parts, discounts, over]);
}
