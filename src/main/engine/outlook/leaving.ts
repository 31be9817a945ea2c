/** `cockpit.leaving`: whoever has called off a subscription that still pays, or owes, by the MRR that is at risk. */
import type { Leaving } from '../../../shared/contract/cockpit.ts';
import type { Slice } from '../../../shared/contract/slice.ts';
import { dayAt, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { cancellationText, leavingSubscriptions, subscriptionArr } from '../alerts/index.ts';
import { ledgerKey, ledgerView, sliceCustomers, type CustomerTest, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';

type Sign = Leaving['rows'][number]['sign'];

interface AtRisk {
  readonly customerId: CustomerId;
  readonly sign: Sign;
  /** Annual minor units of the reporting currency; null without a rate. */
  readonly annual: number | null;
  readonly on: PlainDay | null;
  readonly reason: string | null;
}

const remembered = new WeakMap<ReadDb, { key: string; atRisk: readonly AtRisk[] }>();

export interface LeavingInput {
  readonly limit: number;
  /** Only customers who are in it today, with all that they pay for. */
  readonly slice?: Slice | undefined;
}

/** A subscription that was called off and owes as well counts once, as called off. */
export function leaving(db: ReadDb, { limit, slice }: LeavingInput, context: MetricsContext): Leaving {
  const { currency } = context;
  const isMember = sliceCustomers(db, slice, context);
  const rows = customersAtRisk(db, context).filter(({ customerId }) => isMember === null || isMember(customerId));
  const sumOf = (sign: Sign | null) => {
    const own = rows.filter((row) => sign === null || row.sign === sign);
    return {
      customers: own.length,
      mrr: divideRounded(
        own.reduce((sum, { annual }) => sum + (annual ?? 0), 0),
        12,
      ),
    };
  };
  const company = annualOf(db, isMember, context);
  const annual = rows.reduce((sum, row) => sum + (row.annual ?? 0), 0);
  const name = db.prepare<[number], { name: string }>('SELECT name FROM customer WHERE customer_id = ?');
  return {
    currency,
    atRisk: sumOf(null).mrr,
    share: company > 0 ? { value: annual / company, reason: null } : { value: null, reason: 'There is no MRR today' },
    calledOff: sumOf('called_off'),
    pastDue: sumOf('past_due'),
    alerts: openAlerts(db, isMember, context.now),
    total: rows.length,
    rows: rows.slice(0, limit).map((row) => ({
      customerId: row.customerId,
      name: name.first(row.customerId)?.name ?? `Customer ${row.customerId}`,
      sign: row.sign,
      mrr: row.annual === null ? null : divideRounded(row.annual, 12),
      on: row.on,
      reason: row.reason,
    })),
  };
}

/** One row a customer and sign, most at risk first; remembered until the ledger or the day changes. */
export function customersAtRisk(db: ReadDb, context: MetricsContext): readonly AtRisk[] {
  const key = [ledgerKey(db), context.today, context.currency].join('|');
  const known = remembered.get(db);
  if (known?.key === key) return known.atRisk;
  const called = calledOff(db, context);
  const owing = pastDue(db, context, new Set(called.map(({ key: own }) => own)));
  const grouped = [...Map.groupBy([...called, ...owing], ({ customerId, sign }) => `${customerId} ${sign}`).values()];
  const atRisk = grouped
    .flatMap(([first, ...more]): AtRisk[] => {
      if (!first) return [];
      const all = [first, ...more];
      const [soonest] = all.toSorted((a, b) => ((a.on ?? '9') < (b.on ?? '9') ? -1 : 1));
      return [
        {
          customerId: first.customerId,
          sign: first.sign,
          annual: all.every(({ annual }) => annual === null)
            ? null
            : minor(all.reduce((sum, { annual }) => sum + (annual ?? 0), 0)),
          on: soonest?.on ?? null,
          reason: soonest?.reason ?? null,
        },
      ];
    })
    .toSorted((a, b) => (b.annual ?? 0) - (a.annual ?? 0) || a.customerId - b.customerId);
  remembered.set(db, { key, atRisk });
  return atRisk;
}

interface Found extends AtRisk {
  /** Of the subscription. */
  readonly key: string;
}

function calledOff(db: ReadDb, context: MetricsContext): Found[] {
  return leavingSubscriptions({ db, now: context.now }).flatMap((found) => {
    const annual = subscriptionArr(db, found, context);
    if (annual === 0) return [];
    return [
      {
        key: `${found.sourceId} ${found.subscriptionId}`,
        customerId: found.customerId as CustomerId,
        sign: 'called_off' as const,
        annual,
        on: dayAt(found.endsAt, context.zone),
        reason: cancellationText(found.cancellation),
      },
    ];
  });
}

interface PastDueRow {
  source_id: number;
  id: string;
  customer_id: CustomerId;
  since: Instant | null;
}

/** Subscriptions that owe and still count in MRR, with the day of the oldest bill that is open. */
function pastDue(db: ReadDb, context: MetricsContext, called: ReadonlySet<string>): Found[] {
  return db
    .prepare<[], PastDueRow>(
      `SELECT u.source_id, u.id, b.customer_id,
              (SELECT min(coalesce(i.finalized_at, i.created_at)) FROM invoice i
               WHERE i.source_id = u.source_id AND i.billing_customer_id = u.billing_customer_id
                 AND i.status = 'open' AND i.subscription_id = u.id) AS since
       FROM subscription u INDEXED BY subscription_past_due
       JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       WHERE u.status = 'past_due' AND u.ended_at IS NULL`,
    )
    .all()
    .flatMap((row) => {
      const key = `${row.source_id} ${row.id}`;
      const annual = subscriptionArr(
        db,
        { sourceId: row.source_id, subscriptionId: row.id, customerId: row.customer_id },
        context,
      );
      if (annual === 0 || called.has(key)) return [];
      return [
        {
          key,
          customerId: row.customer_id,
          sign: 'past_due' as const,
          annual,
          on: row.since === null ? null : dayAt(row.since, context.zone),
          reason: null,
        },
      ];
    });
}

/** What the company, or those of its customers, pay today: annual minor units of the reporting currency. */
function annualOf(db: ReadDb, isMember: CustomerTest | null, { today, currency }: MetricsContext): number {
  if (isMember === null) return ledgerView(db).stock('mrr', today, currency).annual;
  return db
    .prepare<[], { customer_id: number; annual: number }>(
      'SELECT customer_id, reporting_minor AS annual FROM customer_standing WHERE reporting_minor > 0',
    )
    .all()
    .reduce((sum, { customer_id, annual }) => (isMember(customer_id) ? sum + annual : sum), 0);
}

/** Open alerts about customers who leave or do not pay; one whose snooze is over is open. */
function openAlerts(db: ReadDb, isMember: CustomerTest | null, now: Instant): number {
  return db
    .prepare<[number], { customer_id: number }>(
      `SELECT customer_id FROM alert
       WHERE state IN ('open', 'snoozed') AND (state = 'open' OR snoozed_until_at <= ?)
         AND rule IN ('customer_churned', 'customer_cancelling', 'payment_failed')`,
    )
    .all(now)
    .filter(({ customer_id }) => isMember === null || isMember(customer_id)).length;
}
