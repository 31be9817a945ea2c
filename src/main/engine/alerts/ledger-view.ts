/** What the rules read of the ledger: levels of a customer, of a subscription and of the company. Annual minor units. */
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { minor, type Minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { convert, rateBook } from '../fx/index.ts';
import type { ReadDb } from '../store/index.ts';

/** ARR of all customers at the rates of the last recompute; customers without a rate are not in it. */
export function companyArrNow(db: ReadDb): number {
  const row = db
    .prepare<[], { total: number | null }>('SELECT sum(reporting_minor) AS total FROM customer_standing')
    .first();
  return row?.total ?? 0;
}

export interface CustomerLevel {
  readonly name: string;
  /** ARR in the reporting currency; null where a rate is missing. */
  readonly annualMinor: number | null;
  readonly plan: string | null;
  readonly firstPaidOn: PlainDay | null;
}

/** Where a customer stands after the last recompute. */
export function customerLevel(db: ReadDb, customerId: number): CustomerLevel | null {
  const row = db
    .prepare<
      [number],
      { name: string; reporting_minor: number | null; plan: string | null; first_paid_on: PlainDay | null }
    >(
      `SELECT c.name, s.reporting_minor, s.plan, s.first_paid_on
       FROM customer c JOIN customer_standing s USING (customer_id) WHERE c.customer_id = ?`,
    )
    .first(customerId);
  return row
    ? { name: row.name, annualMinor: row.reporting_minor, plan: row.plan, firstPaidOn: row.first_paid_on }
    : null;
}

export const SUBSCRIPTION_LEVEL = `
  SELECT currency, annual_minor FROM subscription_state
  WHERE customer_id = ? AND source_id = ? AND subscription_id = ? AND effective_at <= ?
  ORDER BY effective_at DESC LIMIT 1`;

/** What a subscription adds to ARR at a moment, in `currency` at the rate of `today`; null where a rate is missing. */
export function subscriptionArr(
  db: ReadDb,
  subscription: { readonly customerId: number; readonly sourceId: number; readonly subscriptionId: string },
  at: { readonly now: Instant; readonly today: PlainDay; readonly currency: CurrencyCode },
): number | null {
  const row = db
    .prepare<[number, number, string, number], { currency: string; annual_minor: number }>(SUBSCRIPTION_LEVEL)
    .first(subscription.customerId, subscription.sourceId, subscription.subscriptionId, at.now);
  if (!row || row.annual_minor === 0) return 0;
  const rate = rateBook(db).rate(row.currency, at.currency, at.today);
  return rate === null ? null : convert(row.annual_minor, rate);
}

/** ARR of the company at the end of a day, valued at that day's rates; null where a rate is missing. */
export function companyArrOn(db: ReadDb, day: PlainDay, currency: CurrencyCode): number | null {
  const rows = db
    .prepare<[string], { currency: string; annual: number }>(
      `SELECT currency, sum(delta) AS annual FROM gauge_rollup WHERE gauge = 'mrr' AND changed_on <= ? GROUP BY currency`,
    )
    .all(day);
  let total = 0;
  for (const { currency: native, annual } of rows) {
    if (annual === 0) continue;
    const rate = rateBook(db).rate(native, currency, day);
    if (rate === null) return null;
    total += convert(annual, rate);
  }
  return total;
}

/** A share of the company's ARR as a fraction; null where either is not known or there is none. */
export function shareOf(annualMinor: number | null, companyArr: number): number | null {
  return annualMinor === null || companyArr <= 0 ? null : annualMinor / companyArr;
}

/** MRR of an annual amount, rounded once. */
export function monthly(annualMinor: number): Minor;
export function monthly(annualMinor: number | null): Minor | null;
export function monthly(annualMinor: number | null): Minor | null {
  return annualMinor === null ? null : minor(divideRounded(annualMinor, 12));
}
