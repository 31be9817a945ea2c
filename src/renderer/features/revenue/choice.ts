/** What the room shows, from its own address and the filters of all rooms. */
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
import {
  cutOf,
  partOf,
  scopeOf,
  type FiltersText,
  type Period,
  stretchOf,
  type RevenueSearch,
} from '../../lib/address/index.ts';

export interface Choice {
  readonly part: NonNullable<RevenueSearch['part']>;
  readonly range: Period;
  readonly grain: Grain;
  readonly measure: 'mrr' | 'arr';
  readonly compare: RevenueSearch['compare'];
  readonly cut: NonNullable<RevenueSearch['cut']>;
  readonly moved: RevenueSearch['moved'];
  /** By which rules, and of which part of the company; nothing: all of it by its own. */
  readonly asked: ReturnType<typeof partOf>;
  /** The same, and the day at whose rates all amounts are for constant currency. */
  readonly askedAtRates: ReturnType<typeof cutOf>;
  /** The company's present day. */
  readonly today: PlainDay;
  /** The stretch that is drawn; its last day is the one whose state is shown. */
  readonly from: PlainDay;
  readonly to: PlainDay;
  /** The month of movements and cash, that of the last day; and its days so far. */
  readonly month: PlainMonth;
  readonly monthFrom: PlainDay;
  readonly monthTo: PlainDay;
}

/** Days are drawn for half a year at most, weeks for two: beyond that a line has more points than pixels. */
const LONGEST: Readonly<Record<Grain, number>> = { day: 6, week: 24, month: Number.POSITIVE_INFINITY };

/** Up to so many months are drawn by day when the address says no steps: fewer months than that are no line. */
const FEW_MONTHS = 2;

const USUAL_PERIOD = '24' satisfies Period;

/** The address with its defaults: two years of months, the company as it is set up. */
export function choiceOf(search: RevenueSearch & FiltersText, today: PlainDay, firstDay: PlainDay): Choice {
  const { period: range, from, to } = scopeOf(search, { today, firstDay }, USUAL_PERIOD);
  const months = daysBetween(from, to) / 30;
  const wanted = search.grain ?? (months <= FEW_MONTHS ? 'day' : 'month');
  const month = monthOf(to);
  return {
    part: search.part ?? 'course',
    range,
    grain: months > LONGEST[wanted] + 1 ? 'month' : wanted,
    measure: search.as ?? 'mrr',
    compare: search.compare,
    cut: search.cut ?? 'plan',
    moved: search.moved,
    asked: partOf(search),
    askedAtRates: cutOf(search, to),
    today,
    from,
    to,
    month,
    monthFrom: firstDayOf(month),
    monthTo: to,
  };
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
