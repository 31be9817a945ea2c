/** What every section of a digest is given. */
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { endOfDay, startOfDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { convert, rateBook, type RateBook } from '../fx/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { Days } from './period.ts';

export interface Ask extends Days {
  readonly db: ReadDb;
  readonly context: MetricsContext;
  /** The first moment of `from`, and the first after `to`, or after now. */
  readonly begins: Instant;
  readonly ends: Instant;
  readonly rates: RateBook;
  /** Whether any billing source has brought anything. */
  readonly hasBilling: boolean;
  /** Whether `to` is today: only then is known what is to come. */
  readonly isNow: boolean;
}

export function askFor(db: ReadDb, { from, to }: Days, context: MetricsContext): Ask {
  const { zone, today, now } = context;
  const hasBilling =
    db.prepare<[], { found: number }>('SELECT EXISTS (SELECT 1 FROM billing_customer) AS found').first()?.found === 1;
  return {
    db,
    context,
    from,
    to,
    begins: startOfDay(from, zone),
    ends: to >= today ? instant(now + 1) : endOfDay(to, zone),
    rates: rateBook(db),
    hasBilling,
    isNow: to >= today,
  };
}

export const NO_BILLING = 'No billing source is connected';

/** An amount in the reporting currency at the rate of a day; null without one. */
export function valued({ rates, context }: Ask, amount: number, currency: string, on: PlainDay): number | null {
  if (currency === context.currency) return amount;
  const rate = rates.rate(currency, context.currency, on > context.today ? context.today : on);
  return rate === null ? null : convert(amount, rate);
}

/** A vendor's word for a currency, where it is one that is known. */
export function knownCurrency(code: string): CurrencyCode | null {
  return isCurrencyCode(code) ? currencyCode(code) : null;
}
