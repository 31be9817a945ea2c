/** Discounts that only invoice lines show: their coupon is gone from every object that was seen. */
import { rational } from '../../../../shared/kernel/rational.ts';
import type { Discount } from '../../domain/index.ts';
import type { InvoicedLine, SubscriptionFacts } from './facts.ts';

/**
 * The discounts of an item's billed lines whose coupon no sighting names, as
 * discounts of the item for the period. One that lowers several invoices counts
 * as repeating, one that lowers a single invoice as given once.
 */
export function discountsOfLines(lines: readonly InvoicedLine[], facts: SubscriptionFacts): Discount[] {
  const [line] = lines;
  if (!line) return [];
  const amounts = new Map<string, number>();
  for (const { discounts } of lines)
    for (const { discountId, amountMinor } of discounts)
      amounts.set(discountId, (amounts.get(discountId) ?? 0) + amountMinor);
  const billed = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return [...amounts]
    .filter(([discountId, amount]) => amount > 0 && !isSighted(discountId, facts))
    .map(([discountId, amount]) => ({
      id: discountId,
      start: line.periodStart,
      end: line.periodEnd,
      promotionCodeId: null,
      coupon: {
        id: discountId,
        name: null,
        duration: invoicesLowered(discountId, facts) > 1 ? 'repeating' : 'once',
        durationInMonths: null,
        // A prorated line shows the share that was taken off, a whole one the amount.
        percentOff: line.proration && billed > 0 ? shareText(amount, billed) : null,
        amountOff: line.proration && billed > 0 ? null : amount,
        currency: line.currency,
        appliesToProducts: [],
      },
    }));
}

function shareText(part: number, whole: number): string {
  return rational(part * 100, whole).toFraction();
}

function isSighted(discountId: string, { sightings, customerDiscounts }: SubscriptionFacts): boolean {
  return (
    customerDiscounts.some(({ id }) => id === discountId) ||
    sightings.some(
      ({ subscription }) =>
        subscription.discounts.some(({ id }) => id === discountId) ||
        subscription.items.some((item) => item.discounts.some(({ id }) => id === discountId)),
    )
  );
}

function invoicesLowered(discountId: string, { lines }: SubscriptionFacts): number {
  return new Set(
    lines
      .filter(({ discounts }) => discounts.some((discount) => discount.discountId === discountId))
      .map(({ invoiceId }) => invoiceId),
  ).size;
}
