/** What sources of exchange rates share: which rates are needed, and the object type of one rate. */
import { z } from 'zod';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, dayAt, dayNumber, plainDay, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import { fixedRate } from '../../../../shared/kernel/euro-legacy.ts';
import { isAppError } from '../../../../shared/kernel/errors.ts';
import type { Limits } from './limiter.ts';
import { Misfit } from './misfit.ts';
import { objectType } from './object-type.ts';
import type { StreamRun } from './source.ts';

/** What every public file of rates has in common: an address that can be a mirror's, no account, no key. */
export const PUBLIC_RATES = {
  family: 'rates',
  secrets: z.object({}),
  scopes: [],
  hosts: ({ apiBase }: { readonly apiBase: string }) => [new URL(apiBase).host],
} as const;

export function mirrorableAddress(preset: string, label: string) {
  return z.object({
    apiBase: z
      .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
      .default(preset)
      .meta({ label, help: 'Only for a mirror of your own.', placeholder: preset }),
  });
}

/** A public service is asked politely. */
export function politeLimits(perSecond: number, concurrency: number, attempts: number): Limits {
  return {
    requestsPerSecond: perSecond,
    perEndpointPerSecond: perSecond,
    concurrency,
    attempts,
    endpointOf: (url) => url.pathname,
  };
}

/** All rates are stored against the euro; others are crossed from them. */
export const RATE_BASE = 'EUR' as CurrencyCode;

/** A day without a rate takes one of up to a week before it, so that much more is fetched. */
const LEAD_DAYS = 10;

export interface RatesNeeded {
  readonly quotes: readonly CurrencyCode[];
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/**
 * Currencies and days in which facts have to be valued, up to today (UTC); without those that have had a fixed rate to
 * the euro on all of these days, which nobody quotes.
 */
export function ratesNeeded(run: StreamRun): RatesNeeded {
  const today = dayAt(run.now, UTC);
  const from = addDays(run.firstDay() ?? today, -LEAD_DAYS);
  const isQuoted = (code: CurrencyCode) => code !== RATE_BASE && fixedRate(code, dayNumber(from)) === null;
  return { quotes: run.currencies().filter(isQuoted), from, to: today };
}

const RateSchema = z.object({
  date: z.string(),
  base: z.string(),
  quote: z.string(),
  rate: z.number().gt(0, 'is not above zero').lt(1e15, 'is beyond all rates'),
});

function dayOf(text: string): PlainDay {
  try {
    return plainDay(text);
  } catch (error) {
    if (isAppError(error)) throw new Misfit('date', error.message);
    throw error;
  }
}

function codeOf(text: string, path: string): CurrencyCode {
  if (!isCurrencyCode(text)) throw new Misfit(path, `“${path}”: ${text.slice(0, 20)} is not a currency known to Vario`);
  return currencyCode(text);
}

/** The shortest decimal text of the number is what was published; very small ones are written out. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(15).replace(/0+$/, '') : text;
}

/** One rate of one day, as Frankfurter writes it. A rate is a fact as it is, so no raw record is kept beside it. */
export const exchangeRateType = objectType({
  type: 'exchange_rate',
  version: 1,
  schema: RateSchema,
  id: ({ date, base, quote }) => `${date} ${base} ${quote}`,
  normalise: ({ date, base, quote, rate }) => [
    {
      kind: 'exchange_rate',
      value: { day: dayOf(date), base: codeOf(base, 'base'), quote: codeOf(quote, 'quote'), rate: decimalText(rate) },
    },
  ],
});
