/** `revenue.cliffs`: when limited discounts end, what that changes, and what became of those that ended. */
import type { Cliff, CliffReport } from '../../../../shared/contract/revenue.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import {
  addDays,
  addMonths,
  addToMonth,
  dayAt,
  monthOf,
  monthsBetween,
  type PlainDay,
} from '../../../../shared/kernel/day.ts';
import { minor, type Minor } from '../../../../shared/kernel/money.ts';
import { divideRounded } from '../../../../shared/kernel/rational.ts';
import { convert, rateBook, type Rate } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import { fullDayText } from '../../wording/index.ts';
import type { MetricsContext } from '../context.ts';
import { defined, undefinedBecause } from '../query/rates-of-change.ts';
import { findCliffs, type FoundCliff } from './find-cliffs.ts';
import { sliceCustomers } from '../slices/slice-customers.ts';
import { couponOf, termsText } from './spans.ts';

/** So many days after a cliff its outcome is read. */
export const OUTCOME_DAYS = 60;

/** At most so many of each list are handed out; the sums are over all. */
const ROWS = 5_000;

export interface CliffsInput {
  readonly months: number;
  readonly pastMonths: number;
  readonly coupon?: string | undefined;
  /** The stretch of those that came, instead of so many months. */
  readonly pastFrom?: PlainDay | undefined;
  readonly pastTo?: PlainDay | undefined;
  readonly slice?: Slice | undefined;
}

type Outcome = NonNullable<Cliff['outcome']>;

/** Cliffs in the reporting currency, of a part of the company those of its customers of today. Future ones at today's rates, past ones at those of their day. */
export function cliffs(db: ReadDb, input: CliffsInput, context: MetricsContext): CliffReport {
  const { today, currency } = context;
  const first = input.pastFrom ?? addMonths(today, -input.pastMonths);
  const { pastTo = today } = input;
  const last = addDays(addMonths(today, input.months), -1);
  const isMember = sliceCustomers(db, input.slice, context);
  const within = findCliffs(db).filter(
    ({ on, customerId }) =>
      on >= first && on <= last && (on > today || on <= pastTo) && (isMember === null || isMember(customerId)),
  );
  const chosen = within.filter(
    ({ ended }) => input.coupon === undefined || ended.some((discount) => couponOf(discount).id === input.coupon),
  );
  const rates = rateBook(db);
  const describe = describer(db, context);
  const upcoming: Cliff[] = [];
  const past: Cliff[] = [];
  const withoutRate = new Set<string>();
  for (const found of chosen) {
    const rate = rates.rate(found.currency, currency, found.on > today ? today : found.on);
    if (!rate) withoutRate.add(found.currency);
    (found.on > today ? upcoming : past).push(describe(found, rate));
  }
  return {
    asOf: today,
    currency,
    outcomeDays: OUTCOME_DAYS,
    coupons: couponsOf(within, today),
    calendar: calendarOf(upcoming, today, input.months),
    upcoming: { ...sumsOf(upcoming), rows: upcoming.slice(0, ROWS) },
    past: { ...outcomesOf(past), rows: past.toReversed().slice(0, ROWS) },
    withoutRate: [...withoutRate],
  };
}

/** Names, words and outcomes of cliffs. */
function describer(db: ReadDb, { today, zone }: MetricsContext): (found: FoundCliff, rate: Rate | null) => Cliff {
  const customer = db.prepare<[number], { name: string }>(`SELECT name FROM customer WHERE customer_id = ?`);
  const product = db.prepare<[number, string], { name: string }>(
    `SELECT name FROM product WHERE source_id = ? AND id = ?`,
  );
  const level = db.prepare<[number, string, string], { annual: number | null }>(
    `SELECT sum(annual_minor) AS annual FROM (
       SELECT annual_minor, max(effective_at) FROM subscription_state
       WHERE customer_id = ? AND effective_on <= ? AND currency = ? GROUP BY source_id, subscription_id)`,
  );
  return (found, rate) => {
    const { on, customerId, before, after } = found;
    const monthly = (annual: number): Minor | null => (rate === null ? null : divideRounded(convert(annual, rate), 12));
    const at = (day: PlainDay) => level.first(customerId, day, found.currency)?.annual ?? 0;
    const happened = on > today ? null : outcomeOf(found, at, today);
    const [was, is] = [monthly(before), monthly(after)];
    return {
      on,
      customerId,
      customerName: customer.first(customerId)?.name ?? String(customerId),
      subscriptionId: found.subscriptionId,
      plan: found.productId === null ? null : (product.first(found.sourceId, found.productId)?.name ?? null),
      coupons: found.ended.map(couponOf),
      why: found.ended
        .map((discount) => `${termsText(discount)}, since ${fullDayText(dayAt(discount.start, zone))}`)
        .join('; '),
      before: was,
      after: is,
      uplift: was === null || is === null ? null : minor(is - was),
      outcome: happened === null ? null : happened.outcome,
      realised: happened === null || happened.change === null ? null : monthly(happened.change),
    };
  };
}

/** The customer's whole MRR in the subscription's currency tells: a move to another plan is no churn. */
function outcomeOf(
  { on, before, after }: FoundCliff,
  at: (day: PlainDay) => number,
  today: PlainDay,
): { outcome: Outcome; change: number | null } {
  const watchedOn = addDays(on, OUTCOME_DAYS);
  if (watchedOn > today) return { outcome: 'open', change: null };
  const was = at(addDays(on, -1));
  const is = at(watchedOn);
  if (is === 0) return { outcome: 'churned', change: -was };
  return { outcome: is - was >= after - before ? 'kept' : 'contracted', change: is - was };
}

function sumsOf(rows: readonly Cliff[]): Omit<CliffReport['upcoming'], 'rows'> {
  return {
    cliffs: rows.length,
    customers: new Set(rows.map(({ customerId }) => customerId)).size,
    atRisk: total(rows.map(({ before }) => before)),
    uplift: total(rows.map(({ uplift }) => uplift)),
  };
}

function calendarOf(rows: readonly Cliff[], today: PlainDay, months: number): CliffReport['calendar'] {
  const first = monthOf(today);
  return monthsBetween(first, addToMonth(first, months)).map((month) => {
    const own = rows.filter(({ on }) => monthOf(on) === month);
    const { cliffs: count, customers, atRisk, uplift } = sumsOf(own);
    return { month, cliffs: count, customers, atRisk, after: total(own.map(({ after }) => after)), uplift };
  });
}

function outcomesOf(rows: readonly Cliff[]): Omit<CliffReport['past'], 'rows'> {
  const decided = rows.filter(({ outcome }) => outcome !== 'open');
  const count = (wanted: Outcome) => decided.filter(({ outcome }) => outcome === wanted).length;
  const uplift = total(decided.map((row) => row.uplift));
  const realised = total(decided.map((row) => row.realised));
  const none = 'No discount ended long enough ago';
  return {
    decided: decided.length,
    kept: count('kept'),
    contracted: count('contracted'),
    churned: count('churned'),
    open: rows.length - decided.length,
    uplift,
    realised,
    keptRate: decided.length === 0 ? undefinedBecause(none) : defined(count('kept') / decided.length),
    realisedRate: uplift === 0 ? undefinedBecause(none) : defined(realised / uplift),
  };
}

function couponsOf(found: readonly FoundCliff[], today: PlainDay): CliffReport['coupons'] {
  const coupons = new Map<string, { id: string; name: string; upcoming: number; past: number }>();
  for (const { ended, on } of found)
    for (const discount of ended) {
      const coupon = couponOf(discount);
      const known = coupons.get(coupon.id) ?? { ...coupon, upcoming: 0, past: 0 };
      known[on > today ? 'upcoming' : 'past'] += 1;
      coupons.set(coupon.id, known);
    }
  return [...coupons.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function total(amounts: readonly (Minor | null)[]): Minor {
  return minor(amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0));
}
