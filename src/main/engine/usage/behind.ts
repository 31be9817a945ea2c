/** `usage.behind`: whose use a figure of a span is made of. */
import type { UseBehind } from '../../../shared/contract/usage.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { sourceAskedAbout, type Span } from './active.ts';

const MOST_ROWS = 500;

interface BehindRow {
  customer_id: CustomerId | null;
  name: string;
  account: string;
  count: number;
  days: number;
  people: number | null;
}

/**
 * The accounts (of a billing system's meters: the customers) with the most use of an event, or with any use at all, each
 * with its times, its days and the most people on one of them. What accounts beyond the largest did is one sum, and so is
 * what belongs to no account: all of it adds up to the figure.
 */
export function useBehind(db: ReadDb, { event, ...span }: Span & { readonly event: string | null }): UseBehind {
  const source = sourceAskedAbout(db, span.sourceId);
  if (source === null) return { total: 0, rows: [], others: { accounts: 0, count: 0 }, ofNobody: 0 };
  const isMeters = source.kind === 'meters';
  const all = isMeters ? ofMeters(db, source.sourceId, span, event) : ofAccounts(db, source.sourceId, span, event);
  const known = all.reduce((sum, { count }) => sum + count, 0);
  const total = isMeters ? known : ofEverybody(db, source.sourceId, span, event);
  const rest = all.slice(MOST_ROWS);
  return {
    total: Math.round(total),
    rows: all.slice(0, MOST_ROWS).map((row) => ({
      customerId: row.customer_id,
      name: row.name,
      account: row.account,
      count: Math.round(row.count),
      days: row.days,
      peakPeople: row.people,
    })),
    others: { accounts: rest.length, count: Math.round(rest.reduce((sum, { count }) => sum + count, 0)) },
    ofNobody: Math.max(0, Math.round(total - known)),
  };
}

/** Event 0 stands for anything that counts as use; −1 is none. */
function eventId(db: ReadDb, sourceId: number, event: string | null): number {
  if (event === null) return 0;
  const found = db
    .prepare<[number, string], { id: number }>(
      `SELECT product_event_id AS id FROM product_event WHERE source_id = ? AND name = ?`,
    )
    .first(sourceId, event);
  return found?.id ?? -1;
}

function ofAccounts(db: ReadDb, sourceId: number, { from, to }: Span, event: string | null): BehindRow[] {
  return db
    .prepare<[string, string, number, number], BehindRow>(
      `SELECT min(l.customer_id) AS customer_id, coalesce(c.name, a.name, a.id) AS name, coalesce(a.name, a.id) AS account,
              d.count, d.days, d.people
       FROM (SELECT product_account_id, sum(count) AS count, count(*) AS days, max(people) AS people
             FROM (SELECT a.product_account_id, d.day_on, sum(d.count) AS count, sum(d.users) AS people
                   FROM product_account a JOIN usage_day d ON d.product_account_id = a.product_account_id
                     AND d.day_on BETWEEN ? AND ? AND d.product_event_id = ?
                   WHERE a.source_id = ? GROUP BY a.product_account_id, d.day_on)
             GROUP BY product_account_id) d
       JOIN product_account a ON a.product_account_id = d.product_account_id
       LEFT JOIN identity_link l ON l.source_id = a.source_id AND l.account_id = a.id
       LEFT JOIN customer c ON c.customer_id = l.customer_id
       GROUP BY a.product_account_id ORDER BY d.count DESC, name, a.id`,
    )
    .all(from, to, eventId(db, sourceId, event), sourceId);
}

function ofEverybody(db: ReadDb, sourceId: number, { from, to }: Span, event: string | null): number {
  return (
    db
      .prepare<[number, string, string, number], { n: number | null }>(
        `SELECT sum(count) AS n FROM usage_event_day
         WHERE source_id = ? AND day_on BETWEEN ? AND ? AND product_event_id = ?`,
      )
      .first(sourceId, from, to, eventId(db, sourceId, event))?.n ?? 0
  );
}

/** A meter's events are named as a meter's table names them. */
function ofMeters(db: ReadDb, sourceId: number, { from, to }: Span, event: string | null): BehindRow[] {
  return db
    .prepare<[number, string, string, string | null, string | null], BehindRow>(
      `SELECT b.customer_id, coalesce(c.name, u.billing_customer_id) AS name, u.billing_customer_id AS account,
              sum(u.quantity) AS count, count(DISTINCT u.used_on) AS days, NULL AS people
       FROM meter_usage u
       LEFT JOIN billing_meter m ON m.source_id = u.source_id AND m.id = u.meter_id
       LEFT JOIN billing_customer b ON b.source_id = u.source_id AND b.id = u.billing_customer_id
       LEFT JOIN customer c ON c.customer_id = b.customer_id
       WHERE u.source_id = ? AND u.used_on BETWEEN ? AND ? AND coalesce(m.adds_up, 1) = 1
         AND (? IS NULL OR coalesce(m.event_name, u.meter_id) = ?)
       GROUP BY u.billing_customer_id ORDER BY count DESC, name, account`,
    )
    .all(sourceId, from, to, event, event);
}
