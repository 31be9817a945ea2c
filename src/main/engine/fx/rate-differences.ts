/** Holds the rates of one provider against another's: a cross-check that nobody has to take on trust. */
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { ReadDb } from '../store/handles.ts';
import { PROVIDERS } from './rate-book.ts';

/** Central banks fix at different hours of a day: what moves less than this between them is no difference. */
export const RATE_TOLERANCE = 0.01;

export interface RateDifference {
  readonly currency: CurrencyCode;
  readonly trusted: string;
  readonly other: string;
  /** Days on which both have a rate. */
  readonly days: number;
  /** Those on which they are further apart than the tolerance. */
  readonly differing: number;
  readonly worst: { readonly on: PlainDay; readonly trusted: string; readonly other: string; readonly share: number };
}

interface Row {
  readonly quote: string;
  readonly days: number;
  readonly differing: number;
  readonly share: number;
  readonly on: PlainDay;
  readonly trusted: string;
  readonly other: string;
}

/**
 * Every pair of providers and every currency that both have quoted against the euro on at least one day, those
 * furthest apart first. Of two providers the one that figures rest on is `trusted`.
 */
export function rateDifferences(db: ReadDb): RateDifference[] {
  // SQLite takes bare columns beside max() from the row that holds the maximum.
  const compare = db.prepare<[number, string, string], Row>(
    `SELECT quote, count(*) AS days, sum(share > ?) AS differing, max(share) AS share, rate_on AS "on", trusted, other
     FROM (SELECT a.quote, a.rate_on, a.rate AS trusted, b.rate AS other,
             abs(CAST(b.rate AS REAL) - CAST(a.rate AS REAL)) / CAST(a.rate AS REAL) AS share
           FROM exchange_rate a JOIN exchange_rate b USING (base, quote, rate_on)
           WHERE a.provider = ? AND b.provider = ? AND CAST(a.rate AS REAL) > 0)
     GROUP BY quote`,
  );
  const found = PROVIDERS.flatMap((trusted, rank) =>
    PROVIDERS.slice(rank + 1).flatMap((other) =>
      compare.all(RATE_TOLERANCE, trusted, other).flatMap((row): RateDifference[] => {
        if (!isCurrencyCode(row.quote)) return [];
        const worst = { on: row.on, trusted: row.trusted, other: row.other, share: row.share };
        return [{ currency: currencyCode(row.quote), trusted, other, days: row.days, differing: row.differing, worst }];
      }),
    ),
  );
  return found.toSorted((a, b) => b.worst.share - a.worst.share);
}
