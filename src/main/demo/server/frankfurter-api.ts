/**
 * Exchange rates as Frankfurter v2 serves them (https://frankfurter.dev), and
 * the European Central Bank's own history file, both from the same table.
 * Cross rates carry fifteen digits, so that it does not matter over which base
 * a client goes.
 */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, dayNumber, plainDay, UTC, type PlainDay } from '../../../shared/kernel/day.ts';
import { isAppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { crossRate, FIRST_RATE_DAY, ratesBetween, ratesOn, type DayRates } from '../rates/reference-rates.ts';
import { DEMO_CURRENCIES, EUR } from '../scenario/price-list.ts';
import type { Json, JsonObject } from '../stripe/json.ts';

export interface RatesAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const json = (value: Json, status = 200): RatesAnswer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
const refused = (status: number, message: string): RatesAnswer => json({ message }, status);

const DETAILS: Readonly<Record<string, readonly [numeric: string, name: string, symbol: string]>> = {
  USD: ['840', 'United States Dollar', '$'],
  EUR: ['978', 'Euro', '€'],
  GBP: ['826', 'British Pound', '£'],
  JPY: ['392', 'Japanese Yen', '¥'],
};

/** The central bank publishes at about 16:00 in Frankfurt; until then yesterday's rates are the last ones. */
export function lastPublishedDay(now: Instant): PlainDay {
  const today = dayAt(now, UTC);
  return ratesOn(today)?.day ?? today;
}

/** Answers Frankfurter's paths, with or without `/v2`, and `/stats/eurofxref/eurofxref-hist.csv`; null for a path that is neither. */
export function answerRates(path: string, query: URLSearchParams, now: Instant): RatesAnswer | null {
  if (path.endsWith('/eurofxref-hist.csv')) return { status: 200, contentType: 'text/csv', body: ecbHistory(now) };
  const rest = path.replace(/^\/(v2\/)?/, '');
  try {
    if (rest === 'rates') return ratesList(query, now);
    if (rest === 'currencies') return json(DEMO_CURRENCIES.map(currencyObject));
    if (rest === 'providers') return json([providerObject(now)]);
    const [head, first, second] = rest.split('/');
    if (head === 'rate' && first && second) return singleRate(query, now, first, second);
    if (head === 'currency' && first)
      return knownCurrency(first)
        ? json({ ...currencyObject(first.toUpperCase() as CurrencyCode), providers: ['ECB'] })
        : refused(404, 'not found');
    return null;
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return refused(422, error.message);
    throw error;
  }
}

function knownCurrency(code: string): boolean {
  return DEMO_CURRENCIES.some((currency) => currency === code.toUpperCase());
}

function currencyObject(code: CurrencyCode): JsonObject {
  const [numeric, name, symbol] = DETAILS[code]!;
  return { iso_code: code, iso_numeric: numeric, name, symbol, start_date: FIRST_RATE_DAY, end_date: null };
}

function providerObject(now: Instant): JsonObject {
  return {
    key: 'ECB',
    name: 'European Central Bank',
    country_code: null,
    pivot_currency: 'EUR',
    start_date: FIRST_RATE_DAY,
    end_date: lastPublishedDay(now),
    publish_cadence: 'daily',
    publishes_missed: 0,
    currencies: [...DEMO_CURRENCIES],
  };
}

const PARAMETERS = ['date', 'from', 'to', 'base', 'quotes', 'providers', 'group', 'expand'];

function ratesList(query: URLSearchParams, now: Instant): RatesAnswer {
  for (const [name] of query) if (!PARAMETERS.includes(name)) return refused(422, `unknown parameter: ${name}`);
  const base = (query.get('base') ?? EUR).toUpperCase();
  if (!knownCurrency(base)) return refused(422, `unknown currency: ${base}`);
  const [date, from, to] = [query.get('date'), query.get('from'), query.get('to')];
  if (date !== null && (from !== null || to !== null)) return refused(422, 'date cannot be combined with from or to');
  if (from === null && to !== null) return refused(422, 'to needs from');
  const last = lastPublishedDay(now);
  const quotes = quotesOf(query);
  let days: readonly DayRates[];
  if (from !== null) {
    const until = to === null ? last : plainDay(to);
    days = ratesBetween(plainDay(from), until < last ? until : last);
    days = grouped(days, query.get('group'));
  } else {
    const rates = ratesOn(date === null ? last : plainDay(date));
    if (rates === null || rates.day > last) return refused(404, 'not found');
    days = [rates];
  }
  return json(days.flatMap(({ day }) => quotes.map((quote) => rateObject(day, base as CurrencyCode, quote))));
}

function quotesOf(query: URLSearchParams): readonly CurrencyCode[] {
  const wanted = query.get('quotes')?.toUpperCase().split(',');
  return wanted === undefined ? DEMO_CURRENCIES : DEMO_CURRENCIES.filter((currency) => wanted.includes(currency));
}

/** The last published day of each week or month. */
function grouped(days: readonly DayRates[], group: string | null): readonly DayRates[] {
  if (group !== 'week' && group !== 'month') return days;
  const keyOf = (day: PlainDay): string =>
    group === 'month' ? day.slice(0, 7) : String(Math.floor((dayNumber(day) + 3) / 7));
  return days.filter(({ day }, index) => index === days.length - 1 || keyOf(days[index + 1]!.day) !== keyOf(day));
}

function rateObject(day: PlainDay, base: CurrencyCode, quote: CurrencyCode): JsonObject {
  const rate = crossRate(day, base, quote);
  return { date: day, base, quote, rate: rate === null ? 0 : Number(rate.valueOf().toPrecision(15)) };
}

function singleRate(query: URLSearchParams, now: Instant, base: string, quote: string): RatesAnswer {
  if (!knownCurrency(base) || !knownCurrency(quote)) return refused(404, 'not found');
  const last = lastPublishedDay(now);
  const asked = query.get('date');
  const rates = ratesOn(asked === null ? last : plainDay(asked));
  return rates === null || rates.day > last
    ? refused(404, 'not found')
    : json(rateObject(rates.day, base.toUpperCase() as CurrencyCode, quote.toUpperCase() as CurrencyCode));
}

/** `Date,USD,JPY,GBP,` and a row per day, newest first, with the trailing comma of the original. */
export function ecbHistory(now: Instant): string {
  const columns = DEMO_CURRENCIES.filter((currency) => currency !== EUR);
  const rows = [...ratesBetween(FIRST_RATE_DAY, lastPublishedDay(now))].reverse();
  return [
    `Date,${columns.join(',')},`,
    ...rows.map(({ day, perEuro }) => `${day},${columns.map((currency) => perEuro.get(currency)).join(',')},`),
    '',
  ].join('\n');
}
