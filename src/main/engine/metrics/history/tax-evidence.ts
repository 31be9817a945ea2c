/** R14: the rate of the tax that a price contains. */
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import type { HistoryItem } from './item-steps.ts';
import type { InvoicedLine } from './facts.ts';

/**
 * Per cent of tax that the item's price contains: by its tax rates, else by its invoices. A price of unspecified tax
 * behaviour contains what a rate marked as inclusive, or an invoice, says of it. Null where it contains none; for an
 * inclusive price, where no rate is known yet.
 * https://docs.stripe.com/tax/products-prices-tax-codes-tax-behavior
 */
export function containedTaxPercent(item: HistoryItem, lines: readonly InvoicedLine[]): string | null {
  const { taxBehavior } = item.price;
  if (taxBehavior === 'exclusive') return null;
  if (item.inclusiveTaxPercent !== null) return item.inclusiveTaxPercent;
  const invoiced = invoicedTaxPercent(item, lines);
  return taxBehavior === 'unspecified' && invoiced === '0' ? null : invoiced;
}

/**
 * What the latest billed line of the item shows: '0' where it was billed without
 * any contained tax, null where it was never billed. Of the rates that round to
 * the tax on the invoice, the one with the fewest decimals.
 */
function invoicedTaxPercent(item: HistoryItem, lines: readonly InvoicedLine[]): string | null {
  const line = lines.findLast(
    (candidate) =>
      candidate.amountMinor > 0 &&
      (candidate.subscriptionItemId === item.id ||
        (candidate.subscriptionItemId === null && candidate.priceId === item.price.id)),
  );
  if (!line) return null;
  const tax = line.taxes.reduce((sum, { amountMinor, inclusive }) => (inclusive ? sum + amountMinor : sum), 0);
  const gross = line.amountMinor - line.discounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (tax === 0 || gross <= tax) return '0';
  const exact = (tax * 100) / (gross - tax);
  for (const decimals of [0, 1, 2, 3]) {
    const percent = exact.toFixed(decimals);
    const contained = rational(gross).mul(rational(percent)).div(rational(percent).add(100));
    if (roundHalfAway(contained) === tax) return percent;
  }
  return rational(tax * 100, gross - tax).toFraction();
}
