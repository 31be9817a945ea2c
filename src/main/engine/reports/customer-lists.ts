/** The pack's tables of customers: the largest, those who left, those at risk. Amounts are MRR in minor units. */
import type { BoardPack } from '../../../shared/contract/reports.ts';
import type { CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { failedInvoices, leavingSubscriptions, lossReason } from '../alerts/index.ts';
import type { MetricsContext } from '../metrics/context.ts';
import type { ReadDb } from '../store/index.ts';
import type { MonthLevels } from './month-levels.ts';
import { dayText, moneyText } from '../wording/index.ts';

export type CustomerLine = BoardPack['largest'][number];

interface NameAndPlan {
  readonly name: string;
  readonly plan: string | null;
}

function nameAndPlan(db: ReadDb): (customerId: number) => NameAndPlan {
  const statement = db.prepare<[number], NameAndPlan>(
    'SELECT c.name, s.plan FROM customer c LEFT JOIN customer_standing s USING (customer_id) WHERE c.customer_id = ?',
  );
  return (customerId) => statement.first(customerId) ?? { name: `Customer ${customerId}`, plan: null };
}

function line(customerId: number, who: NameAndPlan, annual: number, total: number, note: string | null): CustomerLine {
  return {
    customerId: customerId as CustomerId,
    name: who.name,
    plan: who.plan,
    mrr: divideRounded(annual, 12),
    share: total > 0 ? annual / total : null,
    note,
  };
}

/** ARR of all customers on the last day looked at; customers without a rate are not in it. */
export function totalLevel({ customers }: MonthLevels): number {
  return customers.reduce((total, { levels }) => total + (levels.at(-1) ?? 0), 0);
}

/** The customers with the highest MRR on the last day looked at, largest first. */
export function largestCustomers(db: ReadDb, months: MonthLevels, count: number): CustomerLine[] {
  const total = totalLevel(months);
  const who = nameAndPlan(db);
  return topLevels(months, count).map(({ customerId, level }) => line(customerId, who(customerId), level, total, null));
}

function topLevels({ customers }: MonthLevels, count: number): { customerId: number; level: number }[] {
  return customers
    .map(({ customerId, levels }) => ({ customerId, level: levels.at(-1) ?? 0 }))
    .filter(({ level }) => level > 0)
    .sort((a, b) => b.level - a.level || a.customerId - b.customerId)
    .slice(0, count);
}

/** Shares of the largest customers in MRR (R29); null where there is no MRR. */
export function concentration(months: MonthLevels): BoardPack['concentration'] {
  const total = totalLevel(months);
  const largest = topLevels(months, 20);
  const share = (top: number): number | null =>
    total > 0 ? largest.slice(0, top).reduce((sum, { level }) => sum + level, 0) / total : null;
  return { top1: share(1), top5: share(5), top10: share(10), top20: share(20) };
}

interface LossRow {
  readonly customer_id: number;
  readonly lost: number;
  readonly moved_on: PlainDay;
  readonly source_id: number;
  readonly subscription_id: string;
  readonly reason: string | null;
  /** The last of the movements by which the customer came to pay nothing. */
  readonly kind: 'churn' | 'paused';
  readonly plan: string | null;
}

/**
 * Who left or paused between two days and is not back at the end of them (R16:
 * pausing counts with churn), largest loss first, with the reason that is known. `opening` is the ARR that the
 * share of each loss is taken of.
 */
export function churnedCustomers(
  db: ReadDb,
  context: Pick<MetricsContext, 'today'>,
  period: { readonly from: PlainDay; readonly to: PlainDay; readonly opening: number; readonly months: MonthLevels },
  count: number,
): CustomerLine[] {
  const back = new Set(
    period.months.customers.filter(({ levels }) => levels.at(-1) !== 0).map(({ customerId }) => customerId),
  );
  const who = nameAndPlan(db);
  return db
    .prepare<[string, string], LossRow>(
      `SELECT m.customer_id, -sum(m.reporting_minor) AS lost, max(m.moved_on) AS moved_on, substr(max(m.moved_on || m.kind), 11) AS kind, max(m.source_id) AS source_id,
              max(m.subscription_id) AS subscription_id, max(m.reason) AS reason,
              max((SELECT p.name FROM product p WHERE p.source_id = m.source_id AND p.id = m.product_id)) AS plan
       FROM movement m WHERE m.kind IN ('churn', 'paused') AND m.moved_on BETWEEN ? AND ?
       GROUP BY m.customer_id HAVING sum(m.annual_minor) < 0 AND lost IS NOT NULL
       ORDER BY lost DESC, m.customer_id`,
    )
    .all(period.from, period.to)
    .filter((row) => !back.has(row.customer_id))
    .slice(0, count)
    .map((row) => {
      const customer = { ...who(row.customer_id), ...(row.plan === null ? {} : { plan: row.plan }) };
      const why = row.kind === 'paused' ? 'paused' : (lossReason(db, row) ?? 'no reason given');
      return line(
        row.customer_id,
        customer,
        row.lost,
        period.opening,
        `${dayText(row.moved_on, context.today)}: ${why}`,
      );
    });
}

export interface AtRisk {
  readonly lines: CustomerLine[];
  /** All customers at risk, not only those listed. */
  readonly customers: number;
  /** Their MRR, minor units. */
  readonly mrr: number;
}

/** Who may be lost as things stand now: cancellation scheduled, a payment failed, or past due; largest MRR first. */
export function customersAtRisk(
  db: ReadDb,
  context: Pick<MetricsContext, 'now' | 'today' | 'zone' | 'currency'>,
  total: number,
  count: number,
): AtRisk {
  const reasons = new Map<number, string[]>();
  const add = (customerId: number, reason: string) => {
    const known = reasons.get(customerId);
    if (known) known.push(reason);
    else reasons.set(customerId, [reason]);
  };
  for (const leaving of leavingSubscriptions({ db, now: context.now }))
    add(leaving.customerId, `cancelled, ends on ${dayText(dayAt(leaving.endsAt, context.zone), context.today)}`);
  for (const failed of failedInvoices({ db }))
    add(failed.customerId, `payment failed${amountOf(failed.currency, failed.remainingMinor, context.currency)}`);
  const standings = db
    .prepare<[], { customer_id: number }>(`SELECT customer_id FROM customer_standing WHERE standing = 'past_due'`)
    .all();
  for (const { customer_id } of standings) if (!reasons.has(customer_id)) add(customer_id, 'past due');

  const level = db.prepare<[number], { annual: number | null }>(
    'SELECT reporting_minor AS annual FROM customer_standing WHERE customer_id = ?',
  );
  const atRisk = [...reasons.entries()]
    .map(([customerId, notes]) => ({ customerId, notes, annual: level.first(customerId)?.annual ?? 0 }))
    .filter(({ annual }) => annual > 0)
    .sort((a, b) => b.annual - a.annual || a.customerId - b.customerId);
  const who = nameAndPlan(db);
  return {
    lines: atRisk
      .slice(0, count)
      .map(({ customerId, notes, annual }) =>
        line(customerId, who(customerId), annual, total, [...new Set(notes)].join('; ')),
      ),
    customers: atRisk.length,
    mrr: divideRounded(
      atRisk.reduce((sum, { annual }) => sum + annual, 0),
      12,
    ),
  };
}

/** The open amount, where it is in the currency of the pack: others would need a rate to be compared. */
function amountOf(currency: string, amount: number, reporting: CurrencyCode): string {
  return currency.toUpperCase() === reporting ? `, ${moneyText(minor(amount), reporting)} open` : '';
}
