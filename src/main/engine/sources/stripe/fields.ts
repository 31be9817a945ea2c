/** The kinds of field that Stripe's objects are made of, checked and bounded. */
import { z } from 'zod';
import { instantOfSeconds, type Instant } from '../../../../shared/kernel/instant.ts';

/** 2100-01-01: Stripe schedules a few years ahead; anything later is a broken clock. */
const LAST_SECOND = 4_102_444_800;

export const Id = z.string().min(1).max(255);
export const Text = z.string().max(5_000);
export const LongText = z.string().max(50_000);
/** A word of Stripe's vocabulary that Vario passes on and does not decide by. */
export const Word = z.string().min(1).max(100);
export const Currency = z.string().regex(/^[a-zA-Z]{3}$/, 'is not a three-letter currency code');
export const Seconds = z.int().min(0, 'is a time before 1970').max(LAST_SECOND, 'is a time after the year 2099');
/** An amount that is never negative. */
export const Amount = z.int().min(0, 'is a negative amount');
export const SignedAmount = z.int();
export const Decimal = z.string().regex(/^\d{1,20}(\.\d{1,12})?$/, 'is not a decimal amount');
/** Names and values as Stripe bounds them, with room: https://docs.stripe.com/api/metadata */
export const Metadata = z
  .record(z.string().max(200), z.string().max(2_000))
  .refine((value) => Object.keys(value).length <= 200, 'has too many entries');

/** Another object, by its id or expanded: only the id is kept. */
export const Reference = z.union([Id, z.object({ id: Id }).transform(({ id }) => id)]);

/** Absent and null are the same to us; kept as null so that a record has one form. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value): z.output<Schema> | null => value ?? null);
}

export function at(seconds: number): Instant {
  return instantOfSeconds(seconds);
}

export function atOrNull(seconds: number | null): Instant | null {
  return seconds === null ? null : instantOfSeconds(seconds);
}
