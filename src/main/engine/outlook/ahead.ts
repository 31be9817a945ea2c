/** `cockpit.ahead`: what is planned: ends and changes of subscriptions, ends of discounts and trials, renewals of long terms. */
import { AHEAD_KINDS, type Ahead, type AheadKind, type AheadRow } from '../../../shared/contract/cockpit.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import { addDays, dayAt, startOfDay, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { convert } from '../fx/index.ts';
import { cliffsWithin, ledgerKey, ledgerView, sliceCustomers, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

export interface AheadInput {
  readonly days: number;
  readonly limit: number;
  /** Only what is ahead of customers who are in it today, with all that they pay for. */
  readonly slice?: Slice | undefined;
}

/** Annual minor units of its currency. */
interface Planned {
  readonly on: PlainDay;
  readonly kind: AheadKind;
  readonly customerId: CustomerId;
  readonly annual: number;
  readonly currency: string;
}

const remembered = new WeakMap<ReadDb, { key: string; planned: readonly Planned[] }>();

/** From tomorrow on, over so many days. Amounts are those of today's prices at today's rates. */
export function ahead(db: ReadDb, { days, limit, slice }: AheadInput, context: MetricsContext): Ahead {
  const { today, currency } = context;
  const [from, to] = [addDays(today, 1), addDays(today, days)];
  const { rates } = ledgerView(db);
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  const isMember = sliceCustomers(db, slice, context);
  const own = allPlanned(db, from, to, context).filter(({ customerId }) => isMember === null || isMember(customerId));
  const planned = own.map((row) => {
    const rate = rates.rate(row.currency, currency, today);
    return { ...row, mrr: rate === null ? null : divideRounded(convert(row.annual, rate), 12) };
  });
  const kinds = AHEAD_KINDS.flatMap((kind) => {
    const own = planned.filter((row) => row.kind === kind);
    if (own.length === 0) return [];
    const mrr = minor(own.reduce((sum, row) => sum + (row.mrr ?? 0), 0));
    return [{ kind, count: own.length, mrr, unvalued: own.filter((row) => row.mrr === null).length }];
  });
  return {
    from,
    to,
    currency,
    kinds,
    planned: minor(kinds.reduce((sum, { kind, mrr }) => (isCertain(kind) ? sum + mrr : sum), 0)),
    total: planned.length,
    rows: planned.slice(0, limit).map(({ on, kind, customerId, mrr }): AheadRow => ({
      on,
      kind,
      customerId,
      name: name.first(customerId)?.name ?? `Customer ${customerId}`,
      mrr,
    })),
  };
}

/** Trials may end without a payment, and a renewal changes nothing by itself. */
function isCertain(kind: AheadKind): boolean {
  return kind !== 'trial_end' && kind !== 'renewal';
}

/** By day, the largest of a day first; remembered until the ledger or the span changes. */
function allPlanned(db: ReadDb, from: PlainDay, to: PlainDay, context: MetricsContext): readonly Planned[] {
  const key = [ledgerKey(db), from, to, context.zone].join('|');
  const known = remembered.get(db);
  if (known?.key === key) return known.planned;
  const planned = [
    ...movementsAhead(db, from, to),
    ...trialsAhead(db, from, to),
    ...renewalsAhead(db, from, to, context),
  ];
  planned.sort((a, b) => (a.on === b.on ? Math.abs(b.annual) - Math.abs(a.annual) : a.on < b.on ? -1 : 1));
  remembered.set(db, { key, planned });
  return planned;
}

interface MovementRow {
  customer_id: CustomerId;
  moved_on: PlainDay;
  kind: string;
  currency: string;
  annual: number;
}

/**
 * The ledger holds what is scheduled as movements of their days: a subscription that ends, a phase that begins, a
 * discount that runs out. A trial's first payment stands with the trials.
 */
function movementsAhead(db: ReadDb, from: PlainDay, to: PlainDay): Planned[] {
  const cliffs = new Set(cliffsWithin(db, from, to).map(({ customerId, on }) => `${customerId} ${on}`));
  const isTrialEnd = db.prepare<[number, string], { one: number }>(
    'SELECT 1 AS one FROM trial WHERE customer_id = ? AND ended_on = ? LIMIT 1',
  );
  return db
    .prepare<[string, string], MovementRow>(
      `SELECT customer_id, moved_on, kind, currency, sum(annual_minor) AS annual FROM movement
       WHERE moved_on BETWEEN ? AND ? AND kind <> 'transfer'
       GROUP BY moved_on, +customer_id, kind, currency HAVING sum(annual_minor) <> 0`,
    )
    .all(from, to)
    .flatMap(({ customer_id: customerId, moved_on: on, kind, currency, annual }): Planned[] => {
      if (annual > 0 && isTrialEnd.first(customerId, on)) return [];
      return [{ on, kind: kindOf(kind, annual, cliffs.has(`${customerId} ${on}`)), customerId, annual, currency }];
    });
}

function kindOf(kind: string, annual: number, isCliff: boolean): AheadKind {
  if (annual < 0) return kind === 'contraction' ? 'reduction' : 'cancellation';
  if (isCliff) return 'discount_end';
  return kind === 'expansion' ? 'increase' : 'start';
}

interface TrialRow {
  customer_id: CustomerId;
  ended_on: PlainDay;
  currency: string | null;
  annual: number | null;
}

/** Trials that end and have not been called off; the amount is what they pay from then on. */
function trialsAhead(db: ReadDb, from: PlainDay, to: PlainDay): Planned[] {
  return db
    .prepare<[string, string, string], TrialRow>(
      `SELECT t.customer_id, t.ended_on, t.currency,
              (SELECT CASE s.scheduled_end WHEN 1 THEN 0 ELSE s.trial_minor END FROM subscription_state s
               WHERE s.customer_id = t.customer_id AND s.source_id = t.source_id AND s.subscription_id = t.subscription_id
                 AND s.effective_on < ?
               ORDER BY s.effective_at DESC LIMIT 1) AS annual
       FROM trial t WHERE t.ended_on BETWEEN ? AND ?`,
    )
    .all(from, from, to)
    .flatMap(({ customer_id, ended_on, currency, annual }) =>
      currency === null || annual === null || annual === 0
        ? []
        : [{ on: ended_on, kind: 'trial_end' as const, customerId: customer_id, annual, currency }],
    );
}

interface RenewalRow {
  customer_id: CustomerId;
  renews_at: Instant;
  currency: string;
  annual: number | null;
}

/** Subscriptions with terms longer than a month that go on: the day on which a customer decides anew. */
function renewalsAhead(db: ReadDb, from: PlainDay, to: PlainDay, { zone, now }: MetricsContext): Planned[] {
  return db
    .prepare<[number, number, number], RenewalRow>(
      `SELECT b.customer_id, json_extract(u.body, '$.items[0].currentPeriodEnd') AS renews_at, u.currency,
              (SELECT s.annual_minor FROM subscription_state s
               WHERE s.customer_id = b.customer_id AND s.source_id = u.source_id AND s.subscription_id = u.id AND s.effective_at <= ?
               ORDER BY s.effective_at DESC LIMIT 1) AS annual
       FROM subscription u INDEXED BY subscription_renewing
       JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       WHERE u.ended_at IS NULL AND (instr(u.body, '"interval":"year"') > 0 OR instr(u.body, '"intervalCount":1,') = 0)
         AND json_extract(u.body, '$.items[0].currentPeriodEnd') >= ?
         AND json_extract(u.body, '$.items[0].currentPeriodEnd') < ?
         AND u.cancel_at IS NULL AND u.canceled_at IS NULL AND u.status IN ('active', 'past_due')`,
    )
    .all(now, startOfDay(from, zone), startOfDay(addDays(to, 1), zone))
    .flatMap(({ customer_id, renews_at, currency, annual }) =>
      annual === null || annual === 0
        ? []
        : [{ on: dayAt(renews_at, zone), kind: 'renewal' as const, customerId: customer_id, annual, currency }],
    );
}
