/** R14: the rate of the tax that an inclusive price contains, read off invoices. */
import { rational, roundHalfAway } from '../../../../shared/kernel/rational.ts';
import type { HistoryItem } from './item-steps.ts';
import type { InvoicedLine } from './facts.ts';

/**
 * Per cent of contained tax that the latest billed line of the item shows:
 * '0' where it was billed without any, null where it was never billed. Of the
 * rates that round to the tax on the invoice, the one with the fewest decimals.
 */
export function containedTaxPercent(item: HistoryItem, lines: readonly InvoicedLine[]): string | null {
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
