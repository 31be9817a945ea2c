/**
 * Where a subscription's invoices say something else than it was seen to be.
 * States follow what was seen (R1); what the invoices say is kept beside it.
 */
import { DAY_MS, HOUR_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { decimalText, minor } from '../../../../shared/kernel/money.ts';
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import type { Discount } from '../../domain/index.ts';
import { endOfDiscount } from '../core/discount.ts';
import { amountPerPeriod } from '../core/price-amount.ts';
import type { StateItem, SubscriptionState } from '../core/state.ts';
import { addTerms } from '../core/term.ts';
import { firstSighting, type InvoicedLine, type Step, type SubscriptionFacts } from './facts.ts';
import { invoicedSteps, type HistoryItem } from './item-steps.ts';
import { containedTaxPercent } from './tax-evidence.ts';

export type DisagreementCause =
  | 'price'
  | 'quantity'
  | 'items'
  | 'discount'
  | 'amount'
  | 'billed_while_not_counted'
  | 'change_on_no_invoice';

export interface Disagreement {
  readonly at: Instant;
  readonly cause: DisagreementCause;
  readonly note: string;
  readonly invoiceId: string;
  /** The recurring licensed items that invoices show. */
  readonly invoiced: readonly StateItem[];
  /** The state beside it: what MRR follows. */
  readonly state: SubscriptionState;
}

/** An event about a renewal comes a moment after it, a finalised invoice up to an hour: both speak of one moment. */
const SLACK_MS = HOUR_MS;

/**
 * Holds every invoice of the time since the first sighting against the states.
 * Before it, states are made of invoices, and agree by construction; where the
 * first sighting shows other items than the last invoice, the change is on none.
 * @param states those of the subscription, as `subscriptionStates` gives them.
 */
export function disagreements(facts: SubscriptionFacts, states: readonly SubscriptionState[]): Disagreement[] {
  const { seenAt } = firstSighting(facts);
  const lines = facts.lines.filter(wasAsked);
  const steps = invoicedSteps({ ...facts, lines }, null).map(({ value, ...step }) => ({
    ...step,
    value: value.map((item) => ({ ...item, inclusiveTaxPercent: containedTaxPercent(item, facts.lines) })),
  }));
  const unbilled = unbilledChange(steps, states, seenAt);
  const contradicted = steps
    .filter(({ at }) => at > seenAt)
    .flatMap((step) => {
      const group = lines.filter((line) => line.periodStart === step.at && line.invoiceId === step.evidenceId);
      return contradiction(step, group, states) ?? [];
    });
  return [...(unbilled ? [unbilled] : []), ...contradicted];
}

/** Not a draft, not taken back, and not an invoice of a paused subscription, which nobody is asked to pay. */
function wasAsked({ invoiceStatus, attempts }: InvoicedLine): boolean {
  return invoiceStatus === 'paid' || invoiceStatus === 'open' || (invoiceStatus === 'uncollectible' && attempts > 0);
}

type ItemsStep = Step<readonly HistoryItem[]>;

function contradiction(
  step: ItemsStep,
  group: readonly InvoicedLine[],
  states: readonly SubscriptionState[],
): Disagreement | null {
  const near = statesNear(states, step.at);
  const state = near.at(-1);
  if (!state) return null;
  const invoiced = licensed(step.value).map(asStateItem);
  const found = (cause: DisagreementCause, note: string): Disagreement => ({
    at: step.at,
    cause,
    note,
    invoiceId: step.evidenceId,
    invoiced,
    state,
  });
  const billed = group.reduce((sum, { amountMinor, proration }) => sum + (proration ? 0 : amountMinor), 0);
  if (billed > 0 && !near.some(counts)) {
    if (!group.some(({ invoiceStatus }) => invoiceStatus === 'paid')) return null;
    return found('billed_while_not_counted', `Billed and paid while the subscription was ${standingWord(state)}`);
  }
  if (!near.some(counts)) return null;
  const same = near.find((candidate) => difference(invoiced, candidate.items) === null);
  if (!same) {
    const cause = difference(invoiced, state.items) ?? 'items';
    return found(cause, NOTES[cause]);
  }
  return amountDiffers(group, found) ?? discountDiffers(group, same, step.at, found);
}

const NOTES: Readonly<Record<'price' | 'quantity' | 'items', string>> = {
  price: 'The invoice bills another price than the subscription has',
  quantity: 'The invoice bills another quantity than the subscription has',
  items: 'The invoice bills other items than the subscription has',
};

/** The states in force at some time within the slack around a moment, oldest first. */
function statesNear(states: readonly SubscriptionState[], at: Instant): SubscriptionState[] {
  return states.filter(
    ({ effectiveAt }, index) =>
      effectiveAt <= at + SLACK_MS && (states[index + 1]?.effectiveAt ?? Number.POSITIVE_INFINITY) > at - SLACK_MS,
  );
}

function counts({ status, paused }: SubscriptionState): boolean {
  return (status === 'active' || status === 'past_due') && !paused;
}

function standingWord({ status, paused }: SubscriptionState): string {
  return paused ? 'paused' : status.replace('_', ' ');
}

function licensed<Item extends Pick<StateItem, 'price'>>(items: readonly Item[]): Item[] {
  return items.filter(({ price }) => price.recurring?.usageType === 'licensed');
}

/** What tells two sets of items apart, by price and quantity; null where nothing does. Items on trial are not billed. */
function difference(
  invoiced: readonly StateItem[],
  items: readonly StateItem[],
): 'price' | 'quantity' | 'items' | null {
  const seen = licensed(items).filter(({ onTrial }) => !onTrial);
  const texts = (of: readonly StateItem[], text: (item: StateItem) => string) => of.map(text).toSorted().join(' ');
  const whole = ({ price, quantity }: StateItem) => `${price.id}×${rational(quantity).toFraction()}`;
  if (texts(invoiced, whole) === texts(seen, whole)) return null;
  if (texts(invoiced, ({ price }) => price.id) === texts(seen, ({ price }) => price.id)) return 'quantity';
  return invoiced.length === seen.length ? 'price' : 'items';
}

function asStateItem({ id, price, quantity, lineDiscounts, inclusiveTaxPercent }: HistoryItem): StateItem {
  return { id, price, quantity, termStart: null, onTrial: false, discounts: lineDiscounts, inclusiveTaxPercent };
}

type Found = (cause: DisagreementCause, note: string) => Disagreement;

/** A whole term that was billed at another amount than price and quantity give. */
function amountDiffers(group: readonly InvoicedLine[], found: Found): Disagreement | null {
  const byItem = Map.groupBy(
    group.filter(isWholeTerm),
    (line) => `${line.subscriptionItemId ?? ''} ${line.priceId ?? ''}`,
  );
  for (const lines of byItem.values()) {
    const [line] = lines;
    if (!line?.price || line.price.currency !== line.currency) continue;
    const quantity = lines.reduce((sum, each) => sum.add(rational(each.quantity)), rational(0)).toFraction();
    const exact = amountPerPeriod(line.price, quantity);
    if (exact === null) continue;
    const due = roundHalfAway(exact);
    const billed = minor(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    if (Math.abs(billed - due) <= 1) continue;
    const amounts = [billed, due].map((amount) => `${decimalText(amount, line.currency)} ${line.currency}`);
    return found('amount', `A whole term was billed at ${amounts[0]}; price and quantity give ${amounts[1]}`);
  }
  return null;
}

function isWholeTerm({ price, proration, periodStart, periodEnd }: InvoicedLine): boolean {
  if (proration || !price?.recurring || price.recurring.usageType !== 'licensed') return false;
  return Math.abs(addTerms(periodStart, price.recurring, 1) - periodEnd) <= DAY_MS;
}

/** A lasting discount on one side and not on the other. A single-use one may be on an invoice alone. */
function discountDiffers(
  group: readonly InvoicedLine[],
  { discounts, items }: SubscriptionState,
  at: Instant,
  found: Found,
): Disagreement | null {
  const billed = group.filter((line) => isWholeTerm(line) && line.amountMinor > 0);
  if (billed.length === 0) return null;
  const all: readonly Discount[] = [...items.flatMap((item) => item.discounts), ...discounts];
  const lowered = new Set(
    billed.flatMap((line) => line.discounts.filter(({ amountMinor }) => amountMinor > 0).map((d) => d.discountId)),
  );
  const unknown = [...lowered].find((id) => !all.some((discount) => discount.id === id));
  if (unknown !== undefined)
    return found('discount', `Discount ${unknown} lowered the invoice, and was not seen on the subscription`);
  const missing = all.find(
    (discount) =>
      discount.coupon.duration !== 'once' &&
      discount.coupon.appliesToProducts.length === 0 &&
      discount.start + SLACK_MS < at &&
      endOfDiscount(discount) > at + SLACK_MS &&
      !lowered.has(discount.id),
  );
  return missing
    ? found('discount', `Discount ${missing.id} was seen on the subscription, and did not lower the invoice`)
    : null;
}

/** The first sighting shows other items than the invoices up to it: a change that was never billed, dated by the sighting. */
function unbilledChange(
  steps: readonly ItemsStep[],
  states: readonly SubscriptionState[],
  seenAt: Instant,
): Disagreement | null {
  const last = steps.findLast(({ at }) => at <= seenAt);
  const state = states.findLast(({ effectiveAt }) => effectiveAt <= seenAt);
  if (!last || !state || !counts(state)) return null;
  const invoiced = licensed(last.value).map(asStateItem);
  if (difference(invoiced, state.items) === null) return null;
  const note = 'The items changed between the last invoice and the first look; the look dates the change';
  return { at: seenAt, cause: 'change_on_no_invoice', note, invoiceId: last.evidenceId, invoiced, state };
}
