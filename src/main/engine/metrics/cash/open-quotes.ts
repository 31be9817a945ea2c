/** `cash.openQuotes`: offers that may become a subscription, and what they would add a month. */
import type { OpenQuotes } from '../../../../shared/contract/cash.ts';
import type { Slice } from '../../../../shared/contract/slice.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { instant } from '../../../../shared/kernel/instant.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { roundHalfAway } from '../../../../shared/kernel/rational.ts';
import type { PriceInterval } from '../../domain/index.ts';
import { convert, rateBook } from '../../fx/index.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { periodsPerYear } from '../core/interval.ts';
import { sourceUrl } from '../explain/source-link.ts';
import { sliceCustomers } from '../slices/slice-customers.ts';

interface Row {
  id: string;
  number: string | null;
  customer_id: number | null;
  customer_name: string | null;
  status: 'draft' | 'open';
  currency: string | null;
  total_minor: number;
  recurring_minor: number | null;
  recurring_interval: PriceInterval | null;
  recurring_count: number | null;
  created_at: number;
  expires_at: number;
  vendor: string;
}

/**
 * A quote that has run out is not open any more, whatever its status still says. Drafts are listed and not added up: no
 * customer has seen them. Of a part of the company they are those to its customers of today, of a currency those in it.
 * @throws AppError `invalid_input` for a value that nothing has.
 */
export function openQuotes(
  db: ReadDb,
  { slice }: { readonly slice?: Slice | undefined },
  context: MetricsContext,
): OpenQuotes {
  const { now, today, zone, currency, policy } = context;
  const isIn = partOf(db, slice, context);
  const rates = rateBook(db);
  const rows = db
    .prepare<[number], Row>(
      `SELECT q.id, q.number, b.customer_id, c.name AS customer_name, q.status, q.currency, q.total_minor,
              q.recurring_minor, q.recurring_interval, q.recurring_count, q.created_at, q.expires_at, s.vendor
       FROM quote q JOIN source s USING (source_id)
       LEFT JOIN billing_customer b ON b.source_id = q.source_id AND b.id = q.billing_customer_id
       LEFT JOIN customer c ON c.customer_id = b.customer_id
       WHERE q.status IN ('draft', 'open') AND q.expires_at > ? ORDER BY q.expires_at, q.id`,
    )
    .all(now)
    .filter(isIn);
  const listed = rows.map((row) => ({
    quoteId: row.id,
    number: row.number,
    customerId: row.customer_id as CustomerId | null,
    customerName: row.customer_name,
    status: row.status,
    currency: row.currency,
    total: minor(row.total_minor),
    monthly: monthlyOf(row),
    createdOn: dayAt(instant(row.created_at), zone),
    expiresOn: dayAt(instant(row.expires_at), zone),
    sourceUrl: sourceUrl(row.vendor, row.id),
  }));
  const valued = listed.flatMap(({ status, monthly, currency: own }) => {
    if (status === 'draft' || monthly === null || own === null) return [];
    const rate = rates.rate(own, currency, today);
    return [rate === null ? null : convert(monthly, rate)];
  });
  const unvalued = valued.filter((amount) => amount === null).length;
  const sum = valued.reduce<number>((total, amount) => total + (amount ?? 0), 0);
  return { currency, monthly: unvalued > 0 ? null : minor(sum), unvalued, rows: listed };

  /** As MRR counts it: what a year bills, divided by twelve (R2). */
  function monthlyOf({ recurring_minor: amount, recurring_interval: interval, recurring_count: intervalCount }: Row) {
    if (amount === null || interval === null || intervalCount === null) return null;
    const periods = periodsPerYear({ interval, intervalCount, usageType: 'licensed' }, policy);
    return minor(roundHalfAway(periods.mul(amount).div(12)));
  }
}

/** A quote names no price but its currency: of plans and the like it belongs to those who pay for them. */
function partOf(db: ReadDb, slice: Slice | undefined, context: MetricsContext): (row: Row) => boolean {
  const where = slice?.where ?? [];
  const currencies = where.filter(({ dimension }) => dimension === 'currency');
  const others = where.filter(({ dimension }) => dimension !== 'currency');
  const isMember = sliceCustomers(db, { where: others }, context);
  return ({ currency, customer_id: customerId }) =>
    currencies.every(({ values, not = false }) => values.some((value) => value.toUpperCase() === currency) !== not) &&
    (isMember === null || (customerId !== null && isMember(customerId)));
}
