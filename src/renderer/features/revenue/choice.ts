/** What the room shows, from the address and the company's today. */
import {
  addDays,
  addToMonth,
  addMonths,
  daysBetween,
  firstDayOf,
  lastDayOf,
  monthOf,
  monthsBetween,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import type { Grain } from '../../charts/series.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import { sliceOf, stretchOf, type EvidenceSearch, type RevenueSearch } from '../../lib/address/index.ts';

export interface Choice {
  readonly part: NonNullable<RevenueSearch['part']>;
  readonly range: NonNullable<RevenueSearch['range']>;
  readonly grain: Grain;
  readonly measure: 'mrr' | 'arr';
  readonly compare: RevenueSearch['compare'];
  /** All amounts at today's rates. */
  readonly constant: boolean;
  readonly cut: NonNullable<RevenueSearch['cut']>;
  readonly moved: RevenueSearch['moved'];
  /** The part of the company that is shown; undefined: all of it. */
  readonly slice: Slice | undefined;
  /** The company's present day. */
  readonly today: PlainDay;
  /** The stretch that is drawn; it ends today at the latest. */
  readonly from: PlainDay;
  readonly to: PlainDay;
  /** The month of movements and cash, and its days so far. */
  readonly month: PlainMonth;
  readonly monthFrom: PlainDay;
  readonly monthTo: PlainDay;
}

/** Days are drawn for half a year at most, weeks for two: beyond that a line has more points than pixels. */
const LONGEST: Readonly<Record<Grain, number>> = { day: 6, week: 24, month: Number.POSITIVE_INFINITY };

/** Up to so many months are drawn by day when the address says no steps: fewer months than that are no line. */
const FEW_MONTHS = 2;

/**
 * The address with its defaults: two years of months. A month to come is the present one; a stretch that no day of the
 * company's history is in falls back to the default.
 */
export function choiceOf(
  search: RevenueSearch & Pick<EvidenceSearch, 'slice'>,
  today: PlainDay,
  firstDay: PlainDay,
): Choice {
  const { range, from, to } = drawn(search.range ?? DEFAULT_RANGE, today, firstDay);
  const months = daysBetween(from, to) / 30;
  const wanted = search.grain ?? (months <= FEW_MONTHS ? 'day' : 'month');
  const asked = search.month ?? monthOf(today);
  const month = asked > monthOf(today) ? monthOf(today) : asked;
  const end = lastDayOf(month);
  return {
    part: search.part ?? 'course',
    range,
    grain: months > LONGEST[wanted] + 1 ? 'month' : wanted,
    measure: search.as ?? 'mrr',
    compare: search.compare,
    constant: search.constant === 'yes',
    cut: search.cut ?? 'plan',
    moved: search.moved,
    slice: sliceOf(search.slice),
    today,
    from,
    to,
    month,
    monthFrom: firstDayOf(month),
    monthTo: end < today ? end : today,
  };
}

const DEFAULT_RANGE = '24';

/** The part of a stretch that lies between the first day's month and today. */
function drawn(range: Choice['range'], today: PlainDay, firstDay: PlainDay): Pick<Choice, 'range' | 'from' | 'to'> {
  const first = firstDayOf(monthOf(firstDay));
  if (range === 'all') return { range, from: first, to: today };
  const stretch = stretchOf(range);
  if (stretch === null) return { range, from: firstDayOf(addToMonth(monthOf(today), 1 - Number(range))), to: today };
  const from = stretch.from > first ? stretch.from : first;
  const to = stretch.to < today ? stretch.to : today;
  return from > to ? drawn(DEFAULT_RANGE, today, firstDay) : { range, from, to };
}

/** Grains that the stretch leaves room for. */
export function grainsFor({ from, to }: Pick<Choice, 'from' | 'to'>): Grain[] {
  const months = daysBetween(from, to) / 30;
  return (['day', 'week', 'month'] as const).filter((grain) => months <= LONGEST[grain] + 1);
}

/** The stretch that the shown one is compared with: as long, right before it, or the same a year earlier. */
export function comparedSpan({
  from,
  to,
  compare,
  range,
}: Pick<Choice, 'from' | 'to' | 'compare' | 'range'>): { from: PlainDay; to: PlainDay } | null {
  if (compare === 'year') return { from: addMonths(from, -12), to: addMonths(to, -12) };
  if (compare !== 'before') return null;
  if (range === 'all') return null;
  const end = addDays(from, -1);
  const stretch = stretchOf(range);
  if (stretch !== null && !stretch.wholeMonths) return { from: addDays(from, -1 - daysBetween(from, to)), to: end };
  return { from: firstDayOf(addToMonth(monthOf(from), -monthsBetween(monthOf(from), monthOf(to)).length)), to: end };
}

/** The same by whole months, for what is only known by month: their first day, and their last or today. */
export function wholeMonths(choice: Choice): Choice {
  const last = lastDayOf(monthOf(choice.to));
  return { ...choice, from: firstDayOf(monthOf(choice.from)), to: last < choice.today ? last : choice.today };
}
