/** Looks the rate of a day up in the stored quotes. */
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayNumber, type PlainDay } from '../../../shared/kernel/day.ts';
import { fixedRate } from '../../../shared/kernel/euro-legacy.ts';
import type { ReadDb } from '../store/handles.ts';

import { crossRate, PAR, type Rate } from './rate.ts';

/** A day without a rate takes the last one before it, at most this many days old. */
export const MAX_RATE_AGE_DAYS = 7;

/** In the order of trust: a quote of the first stands until it is too old, whatever the others say meanwhile. */
export const PROVIDERS = ['frankfurter', 'ecb', 'files', 'seed'] as const;
const BASE = 'EUR' as CurrencyCode;

export interface RateBook {
  /**
   * The rate from a currency's minor unit to another's on a day, or null where
   * either currency has no quote on that day or the seven before it.
   */
  rate(from: string, to: CurrencyCode, day: PlainDay): Rate | null;
}

const books = new WeakMap<ReadDb, { revision: number; book: RateBook }>();

/** The rates as stored now; remembered per connection until a rate changes. */
export function rateBook(db: ReadDb): RateBook {
  const revision =
    db.prepare<[], { value: number }>(`SELECT value FROM ledger_head WHERE name = 'rates'`).first()?.value ?? 0;
  const known = books.get(db);
  if (known && known.revision === revision) return known.book;
  const book = rateBookFrom((currency) => quotesOf(db, currency));
  books.set(db, { revision, book });
  return book;
}

/**
 * All quotes of one EUR in a currency, by day number. A trusted provider's
 * value replaces those of others on its day and on the days it stands for.
 */
function quotesOf(db: ReadDb, currency: CurrencyCode): Map<number, string> {
  const quotes = new Map<number, string>();
  const statement = db.prepare<[string, string, string], { rate_on: PlainDay; rate: string }>(
    `SELECT rate_on, rate FROM exchange_rate WHERE provider = ? AND base = ? AND quote = ?`,
  );
  for (const provider of PROVIDERS.toReversed()) lay(quotes, statement.all(provider, BASE, currency));
  return quotes;
}

function lay(quotes: Map<number, string>, rows: readonly { rate_on: PlainDay; rate: string }[]): void {
  for (const { rate_on } of rows)
    for (let age = 1; age <= MAX_RATE_AGE_DAYS; age++) quotes.delete(dayNumber(rate_on) + age);
  for (const { rate_on, rate } of rows) quotes.set(dayNumber(rate_on), rate);
}

/** A book over any store of quotes of one euro, keyed by `dayNumber`. */
export function rateBookFrom(load: (currency: CurrencyCode) => ReadonlyMap<number, string>): RateBook {
  const loaded = new Map<CurrencyCode, ReadonlyMap<number, string>>();
  const crosses = new Map<string, Rate | null>();

  const quoteOn = (currency: CurrencyCode, day: number): string | null => {
    if (currency === BASE) return '1';
    const fixed = fixedRate(currency, day);
    if (fixed !== null) return fixed;
    let quotes = loaded.get(currency);
    if (!quotes) loaded.set(currency, (quotes = load(currency)));
    for (let age = 0; age <= MAX_RATE_AGE_DAYS; age++) {
      const text = quotes.get(day - age);
      if (text !== undefined && Number(text) > 0) return text;
    }
    return null;
  };

  return {
    rate(from, to, day) {
      if (from === to) return PAR;
      if (!isCurrencyCode(from)) return null;
      const key = `${from}${to}${day}`;
      const known = crosses.get(key);
      if (known !== undefined) return known;
      const source = currencyCode(from);
      const fromQuote = quoteOn(source, dayNumber(day));
      const toQuote = quoteOn(to, dayNumber(day));
      const rate = fromQuote && toQuote ? crossRate(fromQuote, source, toQuote, to) : null;
      crosses.set(key, rate);
      return rate;
    },
  };
}
