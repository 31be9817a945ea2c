/** The recurring price behind an invoice line. */
import { DAY_MS } from '../../../../shared/kernel/instant.ts';
import { priceIn, type Price, type PriceInterval } from '../../domain/index.ts';
import type { InvoicedLine } from './facts.ts';

export interface LinePrice {
  readonly price: Price;
  /** Made of the line's amount, for the whole of its quantity. */
  readonly ofAmount: boolean;
}

/**
 * The line's price in the invoice's currency, or, where it is not known, one
 * that bills what the line billed for a period of its length. Null for a line
 * that shows neither: a proration, or a period that is no interval.
 */
export function priceOfLine(line: InvoicedLine): LinePrice | null {
  const price = line.price && priceIn(line.price, line.currency);
  if (line.price && !line.price.recurring) return null;
  if (price) return { price, ofAmount: false };
  if (line.proration) return null;
  const interval = intervalOf((line.periodEnd - line.periodStart) / DAY_MS);
  if (!interval) return null;
  const ofAmount: Price = {
    id: line.priceId ?? `invoiced:${interval.interval}:${interval.intervalCount}:${line.amountMinor}`,
    productId: line.productId,
    nickname: null,
    currency: line.currency,
    recurring: { ...interval, usageType: 'licensed' },
    scheme: 'per_unit',
    unitAmount: String(line.amountMinor),
    tiers: [],
    transformQuantity: null,
    taxBehavior: 'unspecified',
    active: false,
    metadata: {},
  };
  return { price: ofAmount, ofAmount: true };
}

function intervalOf(days: number): { interval: PriceInterval; intervalCount: number } | null {
  const whole = Math.round(days);
  if (whole < 1) return null;
  const months = Math.round(days / 30.436_875);
  if (months >= 1 && Math.abs(days - months * 30.436_875) <= 3)
    return months % 12 === 0
      ? { interval: 'year', intervalCount: months / 12 }
      : { interval: 'month', intervalCount: months };
  return whole % 7 === 0 ? { interval: 'week', intervalCount: whole / 7 } : { interval: 'day', intervalCount: whole };
}
