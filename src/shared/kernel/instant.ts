/**
 * Instants: epoch milliseconds, UTC. The only place, with day.ts, that touches
 * the platform's Date.
 */
import { AppError } from './errors.ts';

declare const instantBrand: unique symbol;
/** A moment, in whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const MAX_INSTANT = 8_640_000_000_000_000;

/** Brands epoch milliseconds. @throws AppError `invalid_input` when it is no whole number in Date's range. */
export function instant(epochMs: number): Instant {
  if (!Number.isInteger(epochMs) || Math.abs(epochMs) > MAX_INSTANT)
    throw new AppError('invalid_input', `${epochMs} is not a moment in time`);
  return epochMs as Instant;
}

/** An instant from whole or fractional epoch seconds (the unit of Stripe's timestamps), cut to the millisecond. */
export function instantOfSeconds(epochSeconds: number): Instant {
  return instant(Math.trunc(epochSeconds * SECOND_MS));
}

/** Epoch seconds, rounded down. */
export function secondsOfInstant(at: Instant): number {
  return Math.floor(at / SECOND_MS);
}

/** `2026-11-21T01:32:22.000Z`. */
export function isoOfInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** For sentences: `2026-11-21 01:32 UTC`, cut to the minute. */
export function minuteText(at: Instant): string {
  return `${isoOfInstant(at).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Parses ISO 8601 with an offset or `Z`. @throws AppError `invalid_input`. */
export function instantOfIso(text: string): Instant {
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs) || !/(Z|[+-]\d{2}:?\d{2})$/.test(text))
    throw new AppError('invalid_input', `“${text}” is not an ISO 8601 moment with a zone`);
  return instant(epochMs);
}

/** Parses the date of an HTTP header (`Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 section 5.6.7); null for anything else. */
export function instantOfHttpDate(text: string): Instant | null {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? null : instant(epochMs);
}

export function addMs(at: Instant, ms: number): Instant {
  return instant(at + ms);
}

/** The operating system's wall clock; it follows corrections and goes on while the machine sleeps. For the Clock port only. */
export function systemNow(): Instant {
  return instant(Date.now());
}
