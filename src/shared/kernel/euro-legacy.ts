/**
 * Currencies that went up in the euro: from its introduction on, one euro is a
 * fixed amount of each, for ever. Nobody quotes them any more, and old
 * subscriptions may end, and be looked at, long after.
 * Source: https://www.ecb.europa.eu/euro/intro/html/index.en.html (irrevocably fixed conversion rates).
 */
import { dayNumber, plainDay } from './day.ts';

const FIXED: readonly (readonly [currency: string, since: string, perEuro: string])[] = [
  ['SIT', '2007-01-01', '239.640'],
  ['CYP', '2008-01-01', '0.585274'],
  ['MTL', '2008-01-01', '0.429300'],
  ['SKK', '2009-01-01', '30.1260'],
  ['EEK', '2011-01-01', '15.6466'],
  ['LVL', '2014-01-01', '0.702804'],
  ['LTL', '2015-01-01', '3.45280'],
  ['HRK', '2023-01-01', '7.53450'],
  ['BGN', '2026-01-01', '1.95583'],
];

const rates = new Map(FIXED.map(([currency, since, rate]) => [currency, { since: dayNumber(plainDay(since)), rate }]));

/** Units of the currency per euro on a day (`dayNumber`), as decimal text; null before the euro, and for any other currency. */
export function fixedRate(currency: string, day: number): string | null {
  const fixed = rates.get(currency);
  return fixed !== undefined && day >= fixed.since ? fixed.rate : null;
}
