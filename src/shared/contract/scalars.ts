/** The zod forms of the kernel's types, for the edge where calls arrive. */
import { z } from 'zod';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../kernel/currency.ts';
import { plainDay, plainMonth, timeZone, type PlainDay, type PlainMonth, type TimeZone } from '../kernel/day.ts';
import { isAppError } from '../kernel/errors.ts';
import type { CustomerId, SourceId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { timeOfDay, type TimeOfDay } from '../kernel/time-of-day.ts';
import type { Minor } from '../kernel/money.ts';

/** Runs a kernel parser inside zod: its sentence becomes the issue. */
function parsed<Out>(parse: (text: string) => Out) {
  return z.string().transform((text, context): Out => {
    try {
      return parse(text);
    } catch (error) {
      if (!isAppError(error)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

export const DaySchema = parsed<PlainDay>(plainDay);
export const MonthSchema = parsed<PlainMonth>(plainMonth);
export const TimeZoneSchema = parsed<TimeZone>(timeZone);
export const TimeOfDaySchema = parsed<TimeOfDay>(timeOfDay);
export const CurrencySchema = z
  .string()
  .refine(isCurrencyCode, 'not a currency known to Vario')
  .transform((text): CurrencyCode => currencyCode(text));
/** Whole minor units. */
export const MinorSchema = z.custom<Minor>((value) => Number.isSafeInteger(value), 'not a whole amount of minor units');
export const InstantSchema = z.custom<Instant>(
  (value) => Number.isSafeInteger(value),
  'not a moment (epoch milliseconds)',
);
export const CustomerIdSchema = z.custom<CustomerId>((value) => Number.isSafeInteger(value), 'not a customer id');
export const SourceIdSchema = z.custom<SourceId>((value) => Number.isSafeInteger(value), 'not a source id');

/** A figure that may not be computable: then `value` is null and `reason` says why, in a sentence. */
export const FigureSchema = z.object({ value: z.number().nullable(), reason: z.string().nullable() });

/** Further pages: give the cursor back to get the next one; null at the end. */
export const CursorSchema = z.string().nullable();
