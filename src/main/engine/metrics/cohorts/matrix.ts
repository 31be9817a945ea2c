/** Sums by cohort and age, all kinds of retention in one pass over the customers. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import type { CohortKind } from '../../../../shared/contract/retention.ts';
import type { LedgerView } from '../query/ledger-view.ts';
import type { GroupOf } from './groups.ts';
import { eachLife, type Life } from './lives.ts';
import type { CohortPeriod } from './periods.ts';

/** What is left at every age, and what it is a share of. Annual amounts; NaN where a rate is missing. */
interface Tally {
  size: number;
  /** Σ of the levels at age 0. */
  base: number;
  readonly kept: Float64Array;
  readonly gross: Float64Array;
  readonly net: Float64Array;
}

export interface Cohort extends Readonly<Tally> {
  readonly period: CohortPeriod;
  /** How many ages have been reached, the running one included. */
  readonly reached: number;
  /** How many of these lie in periods that are over. */
  readonly complete: number;
}

export interface Cohorts {
  /** One per period in which somebody began, oldest first. */
  readonly cohorts: readonly Cohort[];
  /** The cohorts of each group of the whole company, by the group's size. */
  readonly groups: readonly { readonly group: string; readonly cohorts: readonly Cohort[] }[];
}

export interface CohortSelection {
  readonly groupOf: GroupOf;
  /** Only this group's customers in `cohorts`; null: all. */
  readonly group: string | null;
  /** Whether `groups` are wanted. */
  readonly split: boolean;
}

/** Cohorts over all periods; customers who began before the first period are in none. */
export function sumCohorts(
  view: LedgerView,
  periods: readonly CohortPeriod[],
  currency: CurrencyCode,
  { groupOf, group, split }: CohortSelection,
): Cohorts {
  const alone = emptyTallies(periods);
  const byGroup = new Map<string, Tally[]>();
  eachLife(view, periods, currency, (life) => {
    const start = periodOf(life, periods);
    if (start < 0) return;
    const name = split || group !== null ? groupOf(life.customerId, life.firstCurrency) : '';
    if (!split) {
      if (group === null || name === group) add(alone[start], life, start);
      return;
    }
    let tallies = byGroup.get(name);
    if (!tallies) byGroup.set(name, (tallies = emptyTallies(periods)));
    add(tallies[start], life, start);
  });
  const sizeOf = (cohorts: readonly Cohort[]) => cohorts.reduce((sum, { size }) => sum + size, 0);
  return {
    cohorts: begun(split ? chosenOf(byGroup, group, periods) : alone, periods),
    groups: [...byGroup]
      .map(([name, tallies]) => ({ group: name, cohorts: begun(tallies, periods) }))
      .sort((a, b) => sizeOf(b.cohorts) - sizeOf(a.cohorts) || (a.group < b.group ? -1 : 1)),
  };
}

/** One group's tallies, or those of all groups together: each customer is in one. */
function chosenOf(
  byGroup: ReadonlyMap<string, readonly Tally[]>,
  group: string | null,
  periods: readonly CohortPeriod[],
): readonly Tally[] {
  if (group !== null) return byGroup.get(group) ?? [];
  const all = emptyTallies(periods);
  for (const tallies of byGroup.values())
    for (const [index, tally] of tallies.entries()) {
      const sum = all[index];
      if (!sum) continue;
      sum.size += tally.size;
      sum.base += tally.base;
      for (const column of ['kept', 'gross', 'net'] as const)
        for (let age = 0; age < sum[column].length; age++)
          sum[column][age] = (sum[column][age] ?? 0) + (tally[column][age] ?? 0);
    }
  return all;
}

/** The index of the period in which a customer first paid; -1 before the first. */
export function periodOf({ firstPaid }: Pick<Life, 'firstPaid'>, periods: readonly CohortPeriod[]): number {
  const index = periods.findIndex(({ endNumber }) => firstPaid <= endNumber);
  const first = periods[0];
  return index === 0 && first !== undefined && firstPaid < first.fromNumber ? -1 : index;
}

function emptyTallies(periods: readonly CohortPeriod[]): Tally[] {
  return periods.map((_, index) => ({
    size: 0,
    base: 0,
    kept: new Float64Array(periods.length - index),
    gross: new Float64Array(periods.length - index),
    net: new Float64Array(periods.length - index),
  }));
}

function begun(tallies: readonly Tally[], periods: readonly CohortPeriod[]): Cohort[] {
  const running = periods.at(-1)?.running ? 1 : 0;
  return tallies.flatMap((tally, index) => {
    const period = periods[index];
    const reached = periods.length - index;
    return period && tally.size > 0 ? [{ ...tally, period, reached, complete: reached - running }] : [];
  });
}

function add(tally: Tally | undefined, { values, pays }: Life, start: number): void {
  if (!tally) return;
  const { kept, gross, net } = tally;
  const then = values[start] ?? 0;
  tally.size += 1;
  tally.base += then;
  for (let age = 0; age < kept.length; age++) {
    if (pays[start + age] === 0) continue;
    const now = values[start + age] ?? 0;
    kept[age] = (kept[age] ?? 0) + 1;
    net[age] = (net[age] ?? 0) + now;
    // Of NaN and a number the smaller is NaN: what cannot be valued is not left out in silence.
    gross[age] = (gross[age] ?? 0) + Math.min(now, then);
  }
}

/** What a kind's value at an age is made of. */
export function partsAt(cohort: Cohort, kind: CohortKind, age: number): { left: number; of: number } {
  if (kind === 'logo') return { left: cohort.kept[age] ?? 0, of: cohort.size };
  return { left: (kind === 'net' ? cohort.net : cohort.gross)[age] ?? 0, of: cohort.base };
}

/** A cohort's value at an age; null where it is not reached, nothing was paid at age 0, or a rate is missing. */
export function valueAt(cohort: Cohort, kind: CohortKind, age: number): number | null {
  if (age >= cohort.reached) return null;
  const { left, of } = partsAt(cohort, kind, age);
  const value = left / of;
  return Number.isFinite(value) ? value : null;
}

/**
 * By age: Σ of what is left ÷ Σ of what it is a share of, over the cohorts that have reached the age in a period
 * that is over and have a value there. Each cohort so weighs as much as it was at the start.
 */
export function weightedMean(cohorts: readonly Cohort[], kind: CohortKind, ages: number): (number | null)[] {
  return Array.from({ length: ages }, (_, age) => {
    let left = 0;
    let of = 0;
    for (const cohort of cohorts) {
      if (age >= cohort.complete || valueAt(cohort, kind, age) === null) continue;
      const parts = partsAt(cohort, kind, age);
      left += parts.left;
      of += parts.of;
    }
    return of === 0 ? null : left / of;
  });
}

/** By age: how many customers stand behind the mean. */
export function customersBehind(cohorts: readonly Cohort[], kind: CohortKind, ages: number): number[] {
  return Array.from({ length: ages }, (_, age) =>
    cohorts.reduce(
      (sum, cohort) => (age < cohort.complete && valueAt(cohort, kind, age) !== null ? sum + cohort.size : sum),
      0,
    ),
  );
}
