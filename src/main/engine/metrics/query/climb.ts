/** `metrics.climb`, R27: net new ARR over a trailing window, and the way to the next milestone. */
import type { Climb } from '../../../../shared/contract/metrics.ts';
import {
  addDays,
  addToMonth,
  daysBetween,
  lastDayOf,
  monthOf,
  plainMonth,
  type PlainDay,
} from '../../../../shared/kernel/day.ts';
import { exponentOf, type CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { askedView, type ViewQuestion } from './asked-view.ts';
import type { LedgerView } from './ledger-view.ts';
import { movementSums } from './movement-sums.ts';

const WEEKS = 52;
const DEFAULT_WINDOW = 28;
const MAX_DAYS_AHEAD = 36_500;

/** Milestones of ARR in major units: $1k, $5k, $10k and $25k of MRR, then the round ones that founders name. */
const MILESTONES_MAJOR: readonly number[] = [
  12_000, 60_000, 120_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
  100_000_000, 250_000_000, 500_000_000, 1_000_000_000,
];

export interface ClimbInput extends ViewQuestion {
  readonly asOf?: PlainDay | undefined;
  readonly window?: number | undefined;
}

/**
 * The climb over the last `window` days (28 without a choice): net new ARR, FX included as its own part. Of a part of
 * the company it counts what customers bring into it and take out of it; milestones are the whole company's.
 * @throws AppError `invalid_input` for a policy of no known name and for a value of the slice that nothing has.
 */
export function climb(db: ReadDb, input: ClimbInput, context: MetricsContext): Climb {
  const { currency } = context;
  const asOf = input.asOf ?? context.today;
  const window = input.window ?? DEFAULT_WINDOW;
  const { view, sliced } = askedView(db, input, addDays(asOf, 1 - window), context);
  const arrOn = (day: PlainDay) => view.stock('mrr', day, currency).annual;
  const arr = arrOn(asOf);
  const start = addDays(asOf, -window);
  const gained = arr - arrOn(start);
  const before = arrOn(start) - arrOn(addDays(start, -window));
  const { arr: moved } = movementSums(view, addDays(start, 1), asOf, currency);
  return {
    asOf,
    currency,
    arr: minor(arr),
    window,
    perDay: divideRounded(gained, window),
    perWeek: divideRounded(gained * 7, window),
    perMonth: divideRounded(gained * 365, window * 12),
    previousPerWeek: divideRounded(before * 7, window),
    composition: {
      new: minor(moved.new + moved.reactivation + moved.resumed + (moved.movedIn ?? 0)),
      expansion: moved.expansion,
      loss: minor(moved.contraction + moved.churn + moved.paused + (moved.movedOut ?? 0)),
      fx: moved.fx,
    },
    milestone: sliced === null ? milestoneAhead(arr, gained, window, asOf, context) : null,
    weeks: weeklyClimbs(view, asOf, currency),
  };
}

/** The milestone set by the founder while it lies ahead, else the next standard one; null beyond the last. */
function milestoneAhead(
  arr: number,
  gained: number,
  window: number,
  asOf: PlainDay,
  context: MetricsContext,
): Climb['milestone'] {
  const target = targetAbove(arr, context);
  if (target === null) return null;
  const distance = target - arr;
  const days = gained > 0 ? Math.ceil((distance * window) / gained) : null;
  const dueOn = dueDay(arr, target, asOf, context);
  const dueIn = Math.max(1, daysBetween(asOf, dueOn));
  return {
    target,
    distance: minor(distance),
    expectedOn: days !== null && days <= MAX_DAYS_AHEAD ? addDays(asOf, days) : null,
    reason:
      days === null
        ? `ARR did not grow in the last ${window} days`
        : days > MAX_DAYS_AHEAD
          ? 'More than a century away at this climb'
          : null,
    dueOn,
    neededPerWeek: divideRounded(distance * 7, dueIn),
  };
}

function targetAbove(arr: number, { milestoneMinor, currency }: MetricsContext): Minor | null {
  if (milestoneMinor !== null && milestoneMinor > arr) return minor(milestoneMinor);
  const next = MILESTONES_MAJOR.map((major) => major * 10 ** exponentOf(currency)).find((amount) => amount > arr);
  return next === undefined ? null : minor(next);
}

/** When the milestone is due: where the growth target leads there, that day; without one, the end of the fiscal year. */
function dueDay(
  arr: number,
  target: number,
  asOf: PlainDay,
  { growthTarget, fiscalYearStartMonth }: MetricsContext,
): PlainDay {
  if (growthTarget !== null && growthTarget > 0 && arr > 0) {
    const months = Math.log(target / arr) / Math.log(1 + growthTarget);
    return addDays(asOf, Math.min(MAX_DAYS_AHEAD, Math.max(1, Math.ceil((months * 365) / 12))));
  }
  const year = Number(asOf.slice(0, 4));
  const thisYearsStart = plainMonth(`${year}-${String(fiscalYearStartMonth).padStart(2, '0')}`);
  const nextStart = monthOf(asOf) < thisYearsStart ? thisYearsStart : addToMonth(thisYearsStart, 12);
  return lastDayOf(addToMonth(nextStart, -1));
}

/** The last 52 spans of seven days that end with `asOf`, oldest first. */
function weeklyClimbs(view: LedgerView, asOf: PlainDay, currency: CurrencyCode): Climb['weeks'] {
  const arrs = Array.from(
    { length: WEEKS + 1 },
    (_, index) => view.stock('mrr', addDays(asOf, -7 * (WEEKS - index)), currency).annual,
  );
  return arrs.slice(1).map((arr, index) => ({
    endsOn: addDays(asOf, -7 * (WEEKS - 1 - index)),
    netNewArr: minor(arr - (arrs[index] ?? 0)),
  }));
}
