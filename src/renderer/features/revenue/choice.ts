/** What the room shows, from the address and the company's today. */
import {
  addDays,
  addToMonth,
  addMonths,
  daysBetween,
  firstDayOf,
  lastDayOf,
  monthOf,
  type PlainDay,
  type PlainMonth,
} from '../../../shared/kernel/day.ts';
import type { Grain } from '../../charts/series.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import type { EvidenceSearch, RevenueSearch } from '../../lib/address/index.ts';

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
  /** The stretch that is drawn. */
  readonly from: PlainDay;
  readonly to: PlainDay;
  /** The month of movements and cash, and its days so far. */
  readonly month: PlainMonth;
  readonly monthFrom: PlainDay;
  readonly monthTo: PlainDay;
}

/** Days are drawn for half a year at most, weeks for two: beyond that a line has more points than pixels. */
const LONGEST: Readonly<Record<Grain, number>> = { day: 6, week: 24, month: Number.POSITIVE_INFINITY };

/** The address with its defaults: two years of months. A month to come is the present one. */
export function choiceOf(
  search: RevenueSearch & Pick<EvidenceSearch, 'sliceBy' | 'sliceIs'>,
  today: PlainDay,
  firstDay: PlainDay,
): Choice {
  const range = search.range ?? '24';
  const from = startOf(range, today, firstDay);
  const months = daysBetween(from, today) / 30;
  const wanted = search.grain ?? 'month';
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
    slice:
      search.sliceBy === undefined || search.sliceIs === undefined
        ? undefined
        : { where: [{ dimension: search.sliceBy, values: [search.sliceIs] }] },
    from,
    to: today,
    month,
    monthFrom: firstDayOf(month),
    monthTo: end < today ? end : today,
  };
}

function startOf(range: Choice['range'], today: PlainDay, firstDay: PlainDay): PlainDay {
  if (range === 'all') return firstDayOf(monthOf(firstDay));
  return firstDayOf(addToMonth(monthOf(today), 1 - Number(range)));
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
  return { from: firstDayOf(addToMonth(monthOf(from), -Number(range))), to: addDays(from, -1) };
}
