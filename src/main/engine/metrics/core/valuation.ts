/** What a state of a subscription is worth a year, item by item, under a policy. */
import { minor, ZERO, type Minor } from '../../../../shared/kernel/money.ts';
import { rational, roundHalfAway, type Rational } from '../../../../shared/kernel/rational.ts';
import { applyDiscounts, type DiscountedItem } from './discount.ts';
import { periodsPerYear } from './interval.ts';
import type { Policy } from './policy.ts';
import { amountPerPeriod } from './price-amount.ts';
import type { StateItem, SubscriptionState } from './state.ts';
import { standingOf, type Standing } from './standing.ts';

/** What one item adds, in annual minor units of the state's currency. */
export interface ValuedItem {
  readonly itemId: string;
  readonly priceId: string;
  readonly productId: string | null;
  /** Counted in MRR. */
  readonly annual: Minor;
  /** Would count were the item or the subscription not on trial. */
  readonly trial: Minor;
}

/** R13: an item that cannot be valued, with what is known of it. */
export interface UnvaluedItem {
  readonly itemId: string;
  readonly what: 'price' | 'currency' | 'tax';
  readonly reason: string;
  readonly annual: Minor | null;
}

export interface ValuedState {
  readonly standing: Standing;
  readonly items: readonly ValuedItem[];
  readonly unvalued: readonly UnvaluedItem[];
  /** Σ of the items' `annual`. */
  readonly annual: Minor;
  readonly trial: Minor;
  /** What it would bill a year if its status let it: tells a pause from an end. */
  readonly potential: Minor;
}

type Worth = { readonly item: StateItem; readonly annual: Minor; readonly listed: Minor };

/** Annual usage run rates of metered items, by the item's or the price's id. */
export type UsageRates = ReadonlyMap<string, number>;

const NO_USAGE: UsageRates = new Map();

/**
 * Values every item and decides, by status, what of it counts (R2–R9, R13, R14).
 * @param usage run rates of the day: they count where the policy counts metered prices (R4).
 */
export function valueState(state: SubscriptionState, policy: Policy, usage: UsageRates = NO_USAGE): ValuedState {
  const { worths, unvalued } = worthOfItems(state, policy);
  if (policy.metered && usage.size > 0) worths.push(...worthOfUsage(state, usage));
  const listed = total(worths.map((worth) => worth.listed));
  const potential = total(worths.map((worth) => worth.annual));
  const standing = standingOf(state, policy, {
    potential: total(worths.filter(({ item }) => !item.onTrial).map((worth) => worth.annual)),
    onTrial: worths.some(({ item }) => item.onTrial),
    listed,
    unvalued: unvalued.length > 0,
  });
  const counts = standing === 'paying' || standing === 'past_due';
  const items = worths.map(({ item, annual }): ValuedItem => {
    const trialing = standing === 'trialing' || (counts && item.onTrial);
    return {
      itemId: item.id,
      priceId: item.price.id,
      productId: item.price.productId,
      annual: counts && !item.onTrial ? annual : ZERO,
      trial: trialing ? annual : ZERO,
    };
  });
  return {
    standing,
    items,
    unvalued,
    annual: total(items.map((item) => item.annual)),
    trial: total(items.map((item) => item.trial)),
    potential,
  };
}

function total(amounts: readonly Minor[]): Minor {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return minor(sum);
}

/** The annual worth of each recurring licensed item, net of discounts and contained tax, whatever the status. */
function worthOfItems(state: SubscriptionState, policy: Policy): { worths: Worth[]; unvalued: UnvaluedItem[] } {
  const unvalued: UnvaluedItem[] = [];
  const billed: DiscountedItem[] = [];
  const listed: Minor[] = [];
  const simple = state.items.length === 1 && state.discounts.length === 0 ? simpleWorth(state.items[0]) : null;
  if (simple && state.items[0]?.price.currency === state.currency) return { worths: [simple], unvalued };

  for (const item of state.items) {
    const { recurring } = item.price;
    if (recurring === null || recurring.usageType === 'metered') continue;
    const amount = amountPerPeriod(item.price, item.quantity);
    if (amount === null) {
      unvalued.push({ itemId: item.id, what: 'price', reason: reasonOfPrice(item), annual: null });
      continue;
    }
    const annual = roundHalfAway(amount.mul(periodsPerYear(recurring, policy)));
    if (item.price.currency !== state.currency) {
      const reason = `Priced in ${item.price.currency}, on a subscription in ${state.currency}`;
      unvalued.push({ itemId: item.id, what: 'currency', reason, annual });
      continue;
    }
    if (item.price.taxBehavior === 'inclusive' && item.inclusiveTaxPercent === null) {
      const reason = `Price ${item.price.id} contains tax at a rate that no invoice shows yet`;
      unvalued.push({ itemId: item.id, what: 'tax', reason, annual });
      continue;
    }
    billed.push({ item, recurring, amount });
    listed.push(annual);
  }

  const worths = discounted(billed, state, policy).map(({ item, recurring, amount }, index) => ({
    item,
    annual: roundHalfAway(withoutTax(item, amount).mul(periodsPerYear(recurring, policy))),
    listed: listed[index] ?? ZERO,
  }));
  return { worths, unvalued };
}

/**
 * The items after their discounts. One on a trial of its own bills nothing yet:
 * an amount off falls on the others alone, and on it only once it bills.
 */
function discounted(billed: readonly DiscountedItem[], state: SubscriptionState, policy: Policy): DiscountedItem[] {
  const context = {
    at: state.effectiveAt,
    createdAt: state.createdAt,
    currency: state.currency,
    rule: policy.discounts,
  };
  const lowered = (items: readonly DiscountedItem[]) =>
    applyDiscounts(
      items.map((entry) => ({ ...entry })),
      state.discounts,
      context,
    );
  const all = lowered(billed);
  if (!billed.some(({ item }) => item.onTrial)) return all;
  const paying = lowered(billed.filter(({ item }) => !item.onTrial));
  return all.map((entry) => paying.find(({ item }) => item === entry.item) ?? entry);
}

/** R4: metered items at their run rate, which is net of discounts and tax already. */
function worthOfUsage({ items }: SubscriptionState, usage: UsageRates): Worth[] {
  return items
    .filter(({ price }) => price.recurring?.usageType === 'metered')
    .map((item) => {
      const annual = minor(usage.get(item.id) ?? usage.get(item.price.id) ?? 0);
      return { item, annual, listed: annual };
    });
}

/** The commonest item, one flat whole-cent price by month or year, in plain integers. */
function simpleWorth(item: StateItem | undefined): Worth | null {
  if (!item || item.discounts.length > 0 || item.price.scheme !== 'per_unit') return null;
  const { recurring, transformQuantity, unitAmount, taxBehavior } = item.price;
  if (taxBehavior === 'inclusive' || item.inclusiveTaxPercent !== null) return null;
  if (recurring === null || transformQuantity !== null) return null;
  if (recurring.usageType === 'metered' || recurring.interval === 'week' || recurring.interval === 'day') return null;
  const perYear = (recurring.interval === 'year' ? 1 : 12) / recurring.intervalCount;
  const annual = Number(unitAmount) * Number(item.quantity) * perYear;
  if (unitAmount === null || !Number.isSafeInteger(annual) || !/^\d+$/.test(unitAmount + item.quantity)) return null;
  if (!Number.isInteger(perYear)) return null;
  return { item, annual: minor(annual), listed: minor(annual) };
}

/** R14: the net part of an amount that contains tax. */
function withoutTax({ inclusiveTaxPercent }: StateItem, amount: Rational): Rational {
  return inclusiveTaxPercent === null ? amount : amount.div(rational(inclusiveTaxPercent).div(100).add(1));
}

function reasonOfPrice({ price, quantity }: StateItem): string {
  return price.scheme === 'per_unit'
    ? `Price ${price.id} states no unit amount`
    : `No tier of price ${price.id} covers a quantity of ${quantity}`;
}
