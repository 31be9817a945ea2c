/** Takes kept values apart again, with their units. */
import { currencyCode, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { plainDay, type PlainDay } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { instantOfIso, type Instant } from '../../../../shared/kernel/instant.ts';
import type { Values } from './kind.ts';

export function optional(values: Values, name: string): string | null {
  return values[name] ?? null;
}

/** @throws AppError `internal` where a required field is missing: the row was not checked. */
export function needed(values: Values, name: string): string {
  const value = values[name];
  if (value === undefined) throw new AppError('internal', `A kept row lacks “${name}”`);
  return value;
}

export function instantOf(values: Values, name: string): Instant | null {
  const text = values[name];
  return text === undefined ? null : instantOfIso(text);
}

export function neededInstant(values: Values, name: string): Instant {
  return instantOfIso(needed(values, name));
}

export function dayOf(values: Values, name: string): PlainDay | null {
  const text = values[name];
  return text === undefined ? null : plainDay(text.slice(0, 10));
}

/** Minor units. */
export function minorOf(values: Values, name: string): number | null {
  const text = values[name];
  return text === undefined ? null : Number(text);
}

export function currencyOf(values: Values, name = 'currency'): CurrencyCode {
  return currencyCode(needed(values, name));
}

export function isTrue(values: Values, name: string): boolean {
  return values[name] === 'true';
}

/** The columns `<key> (metadata)`. */
export function metadataOf(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (name.startsWith('metadata.') ? [[name.slice(9), value]] : [])),
  );
}
