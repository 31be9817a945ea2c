/** What an invoice lists: a line per price (per step for graduated prices), discounts and contained tax shared out over them. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { secondsOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { apportion } from '../../../shared/kernel/money.ts';
import { divideRounded, rational, roundHalfAway } from '../../../shared/kernel/rational.ts';
import type { PriceCard } from '../scenario/life.ts';
import { PRODUCT_NAMES } from '../scenario/price-list.ts';
import { priceId, productId, taxRateId, type AppliedDiscount } from './catalogue-objects.ts';
import type { JsonObject } from './json.ts';

export interface Line {
  readonly id: string;
  readonly amount: number;
  readonly quantity: number;
  readonly description: string;
  readonly card: PriceCard | null;
  readonly unitDecimal: string | null;
  readonly from: Instant;
  readonly until: Instant;
  readonly proration: boolean;
  /** The subscription item it bills, or null for a one-off. */
  readonly itemId: string | null;
  readonly invoiceItemId: string | null;
  readonly subscriptionId: string | null;
  discounts: { readonly discount: AppliedDiscount; readonly amount: number }[];
}

export interface Billed {
  readonly card: PriceCard;
  readonly quantity: number;
  readonly itemId: string;
}

/** One priced part of a position: the whole of it, or one step of a graduated price. */
interface Part {
  readonly amount: number;
  readonly quantity: number;
  readonly unitDecimal: string | null;
  readonly label: string;
}

/** @returns the parts in which Stripe lists a quantity at a price; amounts in minor units. */
export function pricedParts(card: PriceCard, quantity: number): Part[] {
  const name = PRODUCT_NAMES[card.product];
  if (card.tiers.length === 0) {
    const unit = card.unitMinor ?? '0';
    const amount = roundHalfAway(rational(unit).mul(rational(quantity)));
    return [{ amount, quantity, unitDecimal: unit, label: `${quantity} × ${name}` }];
  }
  const parts: Part[] = [];
  let below = 0;
  card.tiers.forEach(({ upTo, unitMinor, flatMinor }, index) => {
    const inStep = Math.min(quantity, upTo ?? quantity) - below;
    if (inStep <= 0) return;
    const label = `${name} (tier ${index + 1})`;
    parts.push({
      amount: unitMinor * inStep,
      quantity: inStep,
      unitDecimal: String(unitMinor),
      label: `${inStep} × ${label}`,
    });
    if (flatMinor > 0) parts.push({ amount: flatMinor, quantity: 0, unitDecimal: null, label: `${label} flat fee` });
    below += inStep;
  });
  return parts;
}

/** What a position costs per interval before discounts, in minor units. */
export function positionAmount({ card, quantity }: { readonly card: PriceCard; readonly quantity: number }): number {
  return pricedParts(card, quantity).reduce((total, { amount }) => total + amount, 0);
}

/**
 * Discounts lines in place, as Stripe does: percentages one after the other on what is left, then amounts off, shared
 * out over the lines by what is left of each. Lines of a product outside a coupon's limits are passed over.
 */
export function applyDiscounts(
  lines: readonly Line[],
  discounts: readonly AppliedDiscount[],
  currency: CurrencyCode,
): void {
  const left = new Map(lines.map((line) => [line, line.amount]));
  const take = (line: Line, discount: AppliedDiscount, amount: number): void => {
    line.discounts.push({ discount, amount });
    left.set(line, left.get(line)! - amount);
  };
  const concerned = (discount: AppliedDiscount): Line[] =>
    lines.filter(
      ({ card, amount, proration }) =>
        !proration &&
        amount > 0 &&
        card !== null &&
        (discount.coupon.products.length === 0 || discount.coupon.products.includes(card.product)),
    );
  for (const discount of discounts) {
    const percent = discount.coupon.percentOff;
    if (percent !== null)
      for (const line of concerned(discount)) take(line, discount, divideRounded(left.get(line)! * percent, 100));
  }
  for (const discount of discounts) {
    const off = discount.coupon.amountOff;
    if (off === null || off.currency !== currency) continue;
    const among = concerned(discount).filter((line) => left.get(line)! > 0);
    const total = among.reduce((sum, line) => sum + left.get(line)!, 0);
    const shares = apportion(
      Math.min(off.minor, total),
      among.map((line) => left.get(line)!),
    );
    among.forEach((line, index) => take(line, discount, shares[index]!));
  }
}

/** The tax that a gross amount contains. @example containedTax(5950, 19) // 950 */
export function containedTax(grossMinor: number, percent: number): number {
  return percent === 0 ? 0 : grossMinor - divideRounded(grossMinor * 100, 100 + percent);
}

export function lineTax(line: Line): number {
  const discounted = line.amount - line.discounts.reduce((sum, { amount }) => sum + amount, 0);
  return containedTax(discounted, line.card?.taxIncludedPercent ?? 0);
}

export function taxEntry(amount: number, taxable: number, percent: number): JsonObject {
  return {
    amount,
    tax_behavior: 'inclusive',
    tax_rate_details: { tax_rate: taxRateId(percent) },
    taxability_reason: 'standard_rated',
    taxable_amount: taxable,
    type: 'tax_rate_details',
  };
}

export function lineObject(line: Line, invoiceId: string, currency: string): JsonObject {
  const percent = line.card?.taxIncludedPercent ?? 0;
  const net = line.amount - line.discounts.reduce((sum, { amount }) => sum + amount, 0);
  const tax = lineTax(line);
  return {
    id: line.id,
    object: 'line_item',
    amount: line.amount,
    currency,
    description: line.description,
    discount_amounts: line.discounts.map(({ discount, amount }) => ({ amount, discount: discount.id })),
    discountable: !line.proration,
    discounts: line.discounts.map(({ discount }) => discount.id),
    invoice: invoiceId,
    livemode: false,
    metadata: {},
    parent: lineParent(line),
    period: { end: secondsOfInstant(line.until), start: secondsOfInstant(line.from) },
    pretax_credit_amounts: line.discounts.map(({ discount, amount }) => ({
      amount,
      discount: discount.id,
      type: 'discount',
    })),
    pricing:
      line.card === null
        ? { type: 'price_details', unit_amount_decimal: line.unitDecimal }
        : {
            price_details: { price: priceId(line.card), product: productId(line.card.product) },
            type: 'price_details',
            unit_amount_decimal: line.unitDecimal,
          },
    quantity: line.quantity,
    quantity_decimal: String(line.quantity),
    subscription: line.subscriptionId,
    subtotal: line.amount - (percent === 0 ? 0 : containedTax(line.amount, percent)),
    taxes: percent === 0 ? [] : [taxEntry(tax, net - tax, percent)],
  };
}

function lineParent(line: Line): JsonObject {
  if (line.itemId === null)
    return {
      invoice_item_details: {
        invoice_item: line.invoiceItemId,
        proration: line.proration,
        proration_details: { credited_items: null },
        subscription: line.subscriptionId,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    };
  return {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: line.invoiceItemId,
      proration: line.proration,
      proration_details: { credited_items: null },
      subscription: line.subscriptionId,
      subscription_item: line.itemId,
    },
    type: 'subscription_item_details',
  };
}
