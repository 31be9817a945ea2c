/** Where a figure stands against its path: in its own unit, in days, and in the pace that is needed from here. */
import { TARGET_METRICS, type Target, type TargetMetric, type Trajectory } from '../../../shared/contract/targets.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { addDays, daysBetween, type PlainDay } from '../../../shared/kernel/day.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { levelOn, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { listTargets } from './list.ts';
import { daysBehind, pathOver, stretchOn, valueOn, type Path, type Stretch } from './path.ts';

export type BareTrajectory = Omit<Trajectory, 'sentences'>;

/** Days over which the present pace is taken: those of the climb (R27). */
const WINDOW = 28;
const WEEK = 7;
const DAYS_OF_MONTH = 365 / 12;
const MAX_DAYS_AHEAD = 36_500;
/** At most so many points are drawn; a longer path has them further apart. */
const MOST_POINTS = 260;

/** One for each figure that has a target, in the currency of the target that is next. */
export function trajectories(db: ReadDb, asOf: PlainDay, context: Pick<MetricsContext, 'currency'>): BareTrajectory[] {
  const all = listTargets(db, context.currency);
  return TARGET_METRICS.flatMap((metric) => {
    const own = all.filter((target) => target.metric === metric);
    const next = own.find(({ dueOn }) => dueOn >= asOf) ?? own.at(-1);
    if (!next) return [];
    // A path is in one currency: one of another begins anew.
    const waypoints = own.filter(({ currency }) => currency === next.currency);
    const found = trajectoryOf(db, waypoints, asOf, context);
    return found === null ? [] : [found];
  });
}

function trajectoryOf(
  db: ReadDb,
  waypoints: readonly Target[],
  asOf: PlainDay,
  context: Pick<MetricsContext, 'currency'>,
): BareTrajectory | null {
  const [first] = waypoints;
  const target = waypoints.find(({ dueOn }) => dueOn >= asOf) ?? waypoints.at(-1);
  if (!first || !target) return null;
  const { metric, currency } = target;
  const level = leveller(db, metric, currency, context);
  const now = level(asOf);
  const start = first.startValue ?? level(first.startsOn).value;
  const common = { metric, currency, asOf, target, isOver: target.dueOn < asOf, actual: now.value, reason: now.reason };
  const path = start === null ? null : pathOver(waypoints, start);
  if (path === null)
    return {
      ...common,
      ...UNKNOWN,
      from: { on: first.startsOn, value: 0 },
      reason: now.reason ?? `Where the path begins is not known: ${level(first.startsOn).reason ?? 'no value'}`,
    };
  const stretch = stretchOn(path, asOf) ?? path[0];
  const planned = valueOn(path, asOf);
  return {
    ...common,
    from: { on: stretch.from, value: stretch.start },
    planned,
    variance: now.value === null || planned === null ? null : now.value - planned,
    daysBehind: now.value === null ? null : daysBehind(path, asOf, now.value),
    ...courseAhead(now.value, level(addDays(asOf, -WINDOW)).value, path, stretch, asOf),
    points: pointsOf(path, asOf, (day) => level(day).value),
  };
}

/** Of a path whose beginning has no value. */
const UNKNOWN = {
  planned: null,
  variance: null,
  daysBehind: null,
  pace: { actual: null, planned: null, needed: null },
  neededGrowth: null,
  expectedOn: null,
  points: [],
} satisfies Partial<BareTrajectory>;

type Level = { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string };

/** A figure at the end of a day: monthly, yearly, or a number of customers. */
function leveller(
  db: ReadDb,
  metric: TargetMetric,
  currency: CurrencyCode | null,
  context: Pick<MetricsContext, 'currency'>,
): (day: PlainDay) => Level {
  const known = new Map<PlainDay, Level>();
  return (day) => {
    let level = known.get(day);
    if (!level) known.set(day, (level = levelAt(day)));
    return level;
  };
  function levelAt(day: PlainDay): Level {
    const { annual, customers, missing } = levelOn(db, day, currency ?? context.currency);
    if (metric === 'customers') return { value: customers, reason: null };
    if (missing.length > 0)
      return { value: null, reason: `No rate from ${missing.join(', ')} to ${currency ?? ''} on ${day}` };
    return { value: metric === 'arr' ? annual : divideRounded(annual, 12), reason: null };
  }
}

function courseAhead(
  actual: number | null,
  before: number | null,
  path: Path,
  stretch: Stretch,
  asOf: PlainDay,
): Pick<BareTrajectory, 'pace' | 'neededGrowth' | 'expectedOn'> {
  const daysLeft = daysBetween(asOf, stretch.to);
  const [now, later] = [valueOn(path, asOf), valueOn(path, addDays(asOf, WEEK))];
  const gained = actual === null || before === null ? null : actual - before;
  const missing = actual === null ? null : stretch.end - actual;
  const pace = {
    actual: gained === null ? null : divideRounded(gained * WEEK, WINDOW),
    planned: now === null || later === null || daysLeft <= 0 ? null : later - now,
    needed: missing === null || daysLeft <= 0 ? null : divideRounded(Math.max(0, missing) * WEEK, daysLeft),
  };
  const canGrow = actual !== null && actual > 0 && daysLeft > 0 && missing !== null && missing > 0;
  return {
    pace,
    neededGrowth: canGrow ? (stretch.end / actual) ** (DAYS_OF_MONTH / daysLeft) - 1 : null,
    expectedOn: reachedOn(missing, gained, asOf),
  };
}

function reachedOn(missing: number | null, gained: number | null, asOf: PlainDay): PlainDay | null {
  if (missing === null) return null;
  if (missing <= 0) return asOf;
  if (gained === null || gained <= 0) return null;
  const days = Math.ceil((missing * WINDOW) / gained);
  return days <= MAX_DAYS_AHEAD ? addDays(asOf, days) : null;
}

/** Every week from the beginning to the end, and the days on which a stretch or the present ends. */
function pointsOf(path: Path, asOf: PlainDay, actualOn: (day: PlainDay) => number | null): BareTrajectory['points'] {
  const begin = path[0].from;
  const end = path.at(-1)?.to ?? begin;
  const length = daysBetween(begin, end);
  const step = WEEK * Math.max(1, Math.ceil(length / WEEK / MOST_POINTS));
  const days = new Set<PlainDay>([end, ...path.map(({ to }) => to)]);
  if (asOf >= begin && asOf <= end) days.add(asOf);
  for (let passed = 0; passed < length; passed += step) days.add(addDays(begin, passed));
  return [...days].toSorted().map((on) => ({
    on,
    planned: valueOn(path, on),
    actual: on <= asOf ? actualOn(on) : null,
  }));
}
