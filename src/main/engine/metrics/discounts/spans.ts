/** The stretches of time over which discounts lower a subscription, and what follows each. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { rational } from '../../../../shared/kernel/rational.ts';
import type { Coupon, Discount } from '../../domain/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { Policy } from '../core/policy.ts';
import type { SubscriptionState } from '../core/state.ts';
import { valueState } from '../core/valuation.ts';
import { stateUnpacker, type StateRow } from '../ledger/state-store.ts';
import { lengthText, moneyText, rateText } from '../../wording/index.ts';

export interface DiscountSpan {
  readonly customerId: CustomerId;
  readonly sourceId: number;
  readonly subscriptionId: string;
  readonly from: PlainDay;
  /** The first day of the next state; null while there is none. */
  readonly until: PlainDay | null;
  readonly currency: CurrencyCode;
  /** Annual minor units of the currency: as counted in MRR, and at list prices. */
  readonly annual: number;
  readonly listed: number;
  /** As counted in the next state; 0 without one. */
  readonly nextAnnual: number;
  readonly effectiveAt: number;
  readonly nextAt: number | null;
  /** JSON: what is taken off each price. */
  readonly parts: string;
}

interface Row {
  customer_id: CustomerId;
  source_id: number;
  subscription_id: string;
  effective_at: number;
  from_on: PlainDay;
  next_at: number | null;
  until_on: PlainDay | null;
  currency: CurrencyCode;
  annual_minor: number;
  listed_minor: number;
  next_annual_minor: number;
  parts: string;
}

/** The spans in force at the end of a day. */
export function spansOn(db: ReadDb, day: PlainDay): DiscountSpan[] {
  return db
    .prepare<[string, string], Row>(
      `SELECT * FROM discount_span WHERE from_on <= ? AND (until_on IS NULL OR until_on > ?) AND listed_minor <> annual_minor`,
    )
    .all(day, day)
    .map(spanOf);
}

/** All spans in which a discount takes something off. */
export function allSpans(db: ReadDb): DiscountSpan[] {
  return db.prepare<[], Row>(`SELECT * FROM discount_span WHERE listed_minor <> annual_minor`).all().map(spanOf);
}

/** The spans after which the subscription is worth more. */
export function risingSpans(db: ReadDb): DiscountSpan[] {
  return db
    .prepare<[], Row>(
      `SELECT * FROM discount_span WHERE next_annual_minor > annual_minor AND listed_minor <> annual_minor`,
    )
    .all()
    .map(spanOf);
}

/** Those of them that end from one day to another, both included. */
export function risingSpansWithin(db: ReadDb, from: PlainDay, to: PlainDay): DiscountSpan[] {
  return db
    .prepare<[string, string], Row>(
      `SELECT * FROM discount_span
       WHERE until_on BETWEEN ? AND ? AND next_annual_minor > annual_minor AND listed_minor <> annual_minor`,
    )
    .all(from, to)
    .map(spanOf);
}

function spanOf(row: Row): DiscountSpan {
  return {
    customerId: row.customer_id,
    sourceId: row.source_id,
    subscriptionId: row.subscription_id,
    from: row.from_on,
    until: row.until_on,
    currency: row.currency,
    annual: row.annual_minor,
    listed: row.listed_minor,
    nextAnnual: row.next_annual_minor,
    effectiveAt: row.effective_at,
    nextAt: row.next_at,
    parts: row.parts,
  };
}

/** Reads the state of a subscription that begins at a moment. */
export function stateReader(db: ReadDb): (span: DiscountSpan, effectiveAt: number) => SubscriptionState | null {
  const unpack = stateUnpacker(db);
  const find = db.prepare<[number, number, string, number], StateRow>(
    `SELECT effective_at, status, currency, scheduled_end, evidence, evidence_id, body FROM subscription_state
     WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_at = ?`,
  );
  return ({ customerId, sourceId, subscriptionId }, effectiveAt) => {
    const row = find.first(customerId, sourceId, subscriptionId, effectiveAt);
    return row ? unpack(row) : null;
  };
}

/** Which prices are looked at. */
export type PriceTest = (priceId: string, productId: string | null) => boolean;

/**
 * What one discount takes off a state, or off some of its prices: annual minor units, by the discount's id, those
 * without effect left out.
 */
export function effects(
  state: SubscriptionState,
  policy: Policy,
  isIn: PriceTest = () => true,
): Map<string, { discount: Discount; annual: number }> {
  const found = new Map<string, { discount: Discount; annual: number }>();
  const annualOf = (of: SubscriptionState) =>
    valueState(of, policy).items.reduce(
      (sum, { priceId, productId, annual: own }) => (isIn(priceId, productId) ? sum + own : sum),
      0,
    );
  const annual = annualOf(state);
  for (const discount of [...state.discounts, ...state.items.flatMap((item) => item.discounts)]) {
    if (found.has(discount.id)) continue;
    const without = annualOf(withoutDiscount(state, discount.id));
    if (without > annual) found.set(discount.id, { discount, annual: without - annual });
  }
  return found;
}

function withoutDiscount(state: SubscriptionState, id: string): SubscriptionState {
  const others = (discounts: readonly Discount[]) => discounts.filter((discount) => discount.id !== id);
  return {
    ...state,
    discounts: others(state.discounts),
    items: state.items.map((item) => ({ ...item, discounts: others(item.discounts) })),
  };
}

/** A share with one decimal at most: one worked out from a prorated line is a fraction. */
function offText({ percentOff, amountOff, currency }: Coupon): string {
  if (percentOff !== null) return rateText(Math.round(rational(percentOff).valueOf() * 10) / 1_000);
  if (currency === null) return `${amountOff ?? 0} minor units`;
  return moneyText(amountOff ?? 0, currency);
}

/** The coupon of a discount. One that only invoice lines show has none that is known: all of these are one. */
export function couponOf({ id, coupon }: Discount): { readonly id: string; readonly name: string } {
  if (coupon.id === id) return { id: ON_INVOICES, name: 'Unnamed discount' };
  return { id: coupon.id, name: coupon.name ?? coupon.id };
}

const ON_INVOICES = 'on-invoices';

/** A discount's terms in words: «25% off for 12 months». */
export function termsText({ coupon }: Pick<Discount, 'coupon'>): string {
  const off = `${offText(coupon)} off`;
  switch (coupon.duration) {
    case 'forever':
      return `${off} for good`;
    case 'once':
      return `${off} once`;
    case 'repeating':
      return coupon.durationInMonths === null
        ? `${off} for a while`
        : `${off} for ${lengthText(coupon.durationInMonths, 'month')}`;
  }
}
