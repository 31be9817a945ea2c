/** What the facts tell since the last look: cancellations asked for, payments that failed or were recovered, syncs that failed. */
import type { Since } from '../../../shared/contract/since.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import { addMs, instant, type Instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { divideRounded } from '../../../shared/kernel/rational.ts';
import { cancellationText, subscriptionArr } from '../alerts/index.ts';
import type { Subscription } from '../domain/index.ts';
import { ledgerKey, type MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import type { Mark } from './visits.ts';

/** The newest first, cut to `limit`, and how many there are. */
function newest<Row extends { readonly at: Instant }>(
  rows: readonly Row[],
  limit: number,
): { total: number; rows: Row[] } {
  return { total: rows.length, rows: rows.toSorted((a, b) => b.at - a.at).slice(0, limit) };
}

/** Sources whose facts count, each with the moment up to which they were known; a new source's from the look on. */
function knownSources(db: ReadDb, { knownUntil, lookedAt }: Mark): { sourceId: number; until: Instant }[] {
  return db
    .prepare<[], { source_id: number }>('SELECT source_id FROM source WHERE counts = 1 ORDER BY source_id')
    .all()
    .map(({ source_id }) => ({ sourceId: source_id, until: knownUntil.get(source_id) ?? lookedAt }));
}

interface CalledOffRow {
  source_id: number;
  id: string;
  customer_id: CustomerId;
  name: string;
  canceled_at: Instant;
  cancel_at: Instant | null;
  ended_at: Instant | null;
  body: string;
}

interface CalledOff {
  readonly row: CalledOffRow;
  readonly at: Instant;
  /** Annual minor units of the reporting currency; null without a rate. */
  readonly annual: number | null;
}

const remembered = new WeakMap<ReadDb, { key: string; found: readonly CalledOff[] }>();

/** Subscriptions that paid and were called off since, whether they have ended by now or not. */
export function calledOff(db: ReadDb, mark: Mark, context: MetricsContext, limit: number): Since['calledOff'] {
  const { now, zone } = context;
  const page = newest(allCalledOff(db, mark, context), limit);
  return {
    total: page.total,
    rows: page.rows.map(({ row, at, annual }) => {
      // Written by this program and read back as it was.
      const subscription = JSON.parse(row.body) as Subscription;
      const endsAt = row.ended_at === null ? (row.cancel_at ?? periodEnd(subscription)) : null;
      return {
        customerId: row.customer_id,
        name: row.name,
        at,
        endsOn: endsAt === null || endsAt <= now ? null : dayAt(endsAt, zone),
        mrr: annual === null ? null : divideRounded(annual, 12),
        reason: cancellationText(subscription.cancellation),
      };
    }),
  };
}

/** Remembered until the ledger, which follows every change of a subscription, or the look changes. */
function allCalledOff(db: ReadDb, mark: Mark, { now, today, currency }: MetricsContext): readonly CalledOff[] {
  const key = [ledgerKey(db), mark.lookedAt, today, currency].join('|');
  const known = remembered.get(db);
  if (known?.key === key) return known.found;
  const statement = db.prepare<[number, number, number], CalledOffRow>(
    `SELECT s.source_id, s.id, b.customer_id, c.name, s.canceled_at, s.cancel_at, s.ended_at, s.body
     FROM subscription s INDEXED BY subscription_called_off
     JOIN billing_customer b ON b.source_id = s.source_id AND b.id = s.billing_customer_id
     JOIN customer c ON c.customer_id = b.customer_id
     WHERE s.source_id = ? AND s.canceled_at > ? AND s.canceled_at <= ? ORDER BY s.canceled_at DESC`,
  );
  const found = knownSources(db, mark).flatMap(({ sourceId, until }) =>
    statement.all(sourceId, until, now).flatMap((row) => {
      // What it paid before it was called off: an end at once leaves nothing behind.
      const annual = subscriptionArr(
        db,
        { customerId: row.customer_id, sourceId, subscriptionId: row.id },
        { now: addMs(row.canceled_at, -1), today, currency },
      );
      if (annual === 0) return [];
      return [{ row, at: row.canceled_at, annual }];
    }),
  );
  remembered.set(db, { key, found });
  return found;
}

function periodEnd({ items, cancelAtPeriodEnd }: Subscription): Instant | null {
  if (!cancelAtPeriodEnd) return null;
  const ends = items.flatMap((item) => (item.currentPeriodEnd === null ? [] : [item.currentPeriodEnd]));
  return ends.length === 0 ? null : instant(Math.max(...ends));
}

interface PaymentRow {
  customer_id: CustomerId | null;
  name: string | null;
  at: Instant;
  amount_minor: number;
  currency: string;
  failure_code: string | null;
}

/** Payments that failed at first, or that came in after they had failed, since the look. */
export function payments(
  db: ReadDb,
  mark: Mark,
  now: Instant,
  what: 'failed' | 'recovered',
  limit: number,
): Since['failed'] {
  const column = what === 'failed' ? 'failed_at' : 'recovered_at';
  const index = what === 'failed' ? 'failed_payment_by_time' : 'failed_payment_by_recovery';
  const found = db.prepare<[number, number, number], PaymentRow>(
    `SELECT b.customer_id, c.name, f.${column} AS at, f.amount_minor, f.currency, f.failure_code
     FROM failed_payment f INDEXED BY ${index}
     LEFT JOIN billing_customer b ON b.source_id = f.source_id AND b.id = f.billing_customer_id
     LEFT JOIN customer c ON c.customer_id = b.customer_id
     WHERE f.source_id = ? AND f.${column} > ? AND f.${column} <= ? ORDER BY f.${column} DESC`,
  );
  const page = newest(
    knownSources(db, mark).flatMap(({ sourceId, until }) => found.all(sourceId, until, now)),
    limit,
  );
  return {
    total: page.total,
    rows: page.rows.map((row) => ({
      customerId: row.customer_id,
      name: row.name ?? 'Unknown customer',
      at: row.at,
      amount: minor(row.amount_minor),
      currency: row.currency,
      code: row.failure_code,
    })),
  };
}

/** Sources with a sync that failed since the look, the latest failure first. */
export function failedSources(db: ReadDb, { lookedAt }: Mark): Since['sources'] {
  const lastRun = db.prepare<[number], { outcome: string | null }>(
    `SELECT outcome FROM sync_run WHERE source_id = ? AND ended_at IS NOT NULL ORDER BY started_at DESC LIMIT 1`,
  );
  return db
    .prepare<[number], { source_id: number; name: string; failures: number; message: string | null; at: Instant }>(
      `SELECT r.source_id, s.name, count(*) AS failures, r.error_message AS message, max(r.ended_at) AS at
       FROM sync_run r INDEXED BY sync_run_failed JOIN source s USING (source_id)
       WHERE r.outcome = 'failed' AND r.ended_at > ? GROUP BY r.source_id ORDER BY at DESC`,
    )
    .all(lookedAt)
    .map((row) => ({
      sourceId: row.source_id as SourceId,
      name: row.name,
      failures: row.failures,
      message: row.message ?? 'No message was given.',
      lastAt: row.at,
      works: lastRun.first(row.source_id)?.outcome === 'done',
    }));
}
