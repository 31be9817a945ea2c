/** The kinds of value that Pipedrive's objects are made of, checked and bounded here. */
import { z } from 'zod';
import { instantOfIso, type Instant } from '../../../../../shared/kernel/instant.ts';
import { Misfit } from '../../kit/index.ts';

const TEXT_LIMIT = 65_536;

/** Ids are whole numbers; they are kept as text, as the normal form has them. */
export const Id = z
  .union([z.int().min(0), z.string().regex(/^\d{1,30}$/, 'is not an id of Pipedrive')])
  .transform(String);

export const OptionalId = Id.nullish().transform((value) => value ?? null);

/** An empty text is none. */
export const OptionalText = z
  .string()
  .max(TEXT_LIMIT)
  .nullish()
  .transform((value) => (value == null || value.trim() === '' ? null : value));

/** A number as Pipedrive writes it, kept as the decimal text that it was. */
export const OptionalNumber = z
  .union([z.number(), z.string().max(40)])
  .nullish()
  .transform((value) => (value == null ? null : plainDecimal(value)));

/** `1e21` is no amount that anybody typed; `1e-7` is written out. */
function plainDecimal(value: number | string): string {
  const text = String(value);
  return text.includes('e-') ? Number(text).toFixed(12).replace(/0+$/, '') : text;
}

/** Custom fields as texts by key, in a fixed order. */
export const Texts = z.record(z.string().max(200), z.string().max(TEXT_LIMIT)).default({});

/** `2026-11-20T12:00:00Z`, or as the older calls write it, `2026-11-20 12:00:00` (UTC). @throws Misfit. */
export function instantOf(text: string, path: string): Instant {
  const iso = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  try {
    return instantOfIso(iso);
  } catch (cause) {
    throw new Misfit(path, `“${path}”: ${text.slice(0, 40)} is not a time (${String(cause)})`);
  }
}

export function optionalInstant(text: string | null, path: string): Instant | null {
  return text === null ? null : instantOf(text, path);
}
