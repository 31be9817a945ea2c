/**
 * What is chosen for all rooms at once: the stretch of time, the day, the rates, the policy and the part of the company.
 * It stands in the address of every room; `follows` in `shared/contract/actions.ts` says which room obeys what.
 */
import { z } from 'zod';
import { FILTER_NAMES, type FilterName } from '../../../shared/contract/actions.ts';
import { POLICIES } from '../../../shared/contract/policy.ts';
import { DaySchema } from '../../../shared/contract/scalars.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import {
  addToMonth,
  daysBetween,
  firstDayOf,
  monthOf,
  monthsBetween,
  type PlainDay,
} from '../../../shared/kernel/day.ts';
import { sliceOf } from './condition-text.ts';
import { isStretchText, stretchOf, type StretchText } from './stretch-text.ts';

/** So many months up to the as-of day, which is in the last of them; or the company's whole history. */
export const PERIODS = ['1', '3', '6', '12', '24', '36', 'all'] as const;
export type Period = (typeof PERIODS)[number] | StretchText;

/** As the address writes them. What does not fit is dropped. */
export const FiltersSchema = z.object({
  period: z
    .union([z.enum(PERIODS), z.custom<StretchText>(isStretchText)])
    .optional()
    .catch(undefined),
  asOf: DaySchema.optional().catch(undefined),
  rates: z.literal('constant').optional().catch(undefined),
  policy: z
    .string()
    .refine((name) => Object.hasOwn(POLICIES, name))
    .optional()
    .catch(undefined),
  slice: z.string().max(2_000).optional().catch(undefined),
});
export type FiltersText = z.infer<typeof FiltersSchema>;

/** No filter at all, for an address. */
export const NO_FILTERS: Readonly<Record<FilterName, undefined>> = {
  period: undefined,
  asOf: undefined,
  rates: undefined,
  policy: undefined,
  slice: undefined,
};

/** Those that are set, in their order. A slice of which nothing can be read is none. */
export function filtersSet(filters: FiltersText): FilterName[] {
  return FILTER_NAMES.filter((name) =>
    name === 'slice' ? sliceOf(filters.slice) !== undefined : filters[name] !== undefined,
  );
}

/** The stretch that a room draws. Its last day is the one whose state is shown. */
export interface Scope {
  readonly period: Period;
  readonly from: PlainDay;
  readonly to: PlainDay;
  /** The company's present day. */
  readonly today: PlainDay;
}

/** The company's present day, and the first one that something is known of. */
export interface Known {
  readonly today: PlainDay;
  readonly firstDay: PlainDay | null;
}

/**
 * Which days a room shows. A day to come is today; a stretch that no day of the company's history up to the as-of day
 * is in falls back to what the room usually shows.
 */
export function scopeOf(filters: Pick<FiltersText, 'period' | 'asOf'>, known: Known, usual: Period): Scope {
  const { today } = known;
  const asOf = filters.asOf === undefined || filters.asOf > today ? today : filters.asOf;
  const first = firstDayOf(monthOf(known.firstDay ?? asOf));
  const wanted = filters.period ?? usual;
  if (wanted === 'all') return { period: wanted, from: first > asOf ? asOf : first, to: asOf, today };
  const stretch = stretchOf(wanted);
  if (stretch === null)
    return { period: wanted, from: firstDayOf(addToMonth(monthOf(asOf), 1 - Number(wanted))), to: asOf, today };
  const from = stretch.from > first ? stretch.from : first;
  const to = stretch.to < asOf ? stretch.to : asOf;
  return from > to
    ? scopeOf({ asOf: filters.asOf }, known, usual === wanted ? 'all' : usual)
    : { period: wanted, from, to, today };
}

/** How many months the stretch touches, the first and the last counted. */
export function monthsOf({ from, to }: Pick<Scope, 'from' | 'to'>): number {
  return monthsBetween(monthOf(from), monthOf(to)).length;
}

/** How many days the stretch has, both ends counted. */
export function daysOf({ from, to }: Pick<Scope, 'from' | 'to'>): number {
  return daysBetween(from, to) + 1;
}

/** By which rules, of which part. What a call is asked with; nothing for the company as it is set up. */
export interface Part {
  readonly policy?: string;
  readonly slice?: Slice;
}

export function partOf({ policy, slice: text }: Pick<FiltersText, 'policy' | 'slice'>): Part {
  const slice = sliceOf(text);
  return { ...(policy !== undefined && { policy }), ...(slice !== undefined && { slice }) };
}

/** The same, and for constant currency the day at whose rates all amounts are. */
export function cutOf(
  filters: Pick<FiltersText, 'policy' | 'slice' | 'rates'>,
  at: PlainDay,
): Part & { readonly constantCurrency?: { readonly at: PlainDay } } {
  return { ...partOf(filters), ...(filters.rates === 'constant' && { constantCurrency: { at } }) };
}
