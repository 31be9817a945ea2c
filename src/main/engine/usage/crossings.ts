/** Who came near a limit, or beyond it, within some days: the use of the calendar month before them and at their end. */
import type { LimitUse } from '../../../shared/contract/usage.ts';
import { addDays, firstDayOf, monthOf, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

export type LimitCrossed = Pick<
  LimitUse,
  'customerId' | 'customerName' | 'plan' | 'event' | 'measure' | 'used' | 'limit' | 'share'
> & {
  /** The share before the first of the days; 0 where the month began with them. */
  readonly shareBefore: number;
};

interface Row {
  customer_id: CustomerId;
  name: string;
  plan: string | null;
  event: string;
  measure: LimitUse['measure'];
  amount: number;
  day_on: PlainDay;
  used: number;
}

/** One row for each day of the month with use; accounts of one customer are added up. A customer's own limit goes before the plan's. */
export const USE_OF_MONTH = `
  WITH limited AS MATERIALIZED (
    SELECT c.customer_id, c.name, s.plan, u.event, u.measure, u.source_id, e.product_event_id,
           coalesce(own.amount, u.amount) AS amount
    FROM usage_limit u
    JOIN product_event e ON e.source_id = u.source_id AND e.name = u.event
    JOIN customer_standing s ON s.churned_on IS NULL AND (u.plan = s.plan OR u.customer_id = s.customer_id)
    JOIN customer c ON c.customer_id = s.customer_id AND c.erased_at IS NULL
    LEFT JOIN usage_limit own ON own.customer_id = c.customer_id AND own.source_id = u.source_id
      AND own.event = u.event AND own.measure = u.measure
    GROUP BY c.customer_id, u.source_id, u.event, u.measure)
  SELECT m.customer_id, m.name, m.plan, m.event, m.measure, m.amount, d.day_on,
         CASE m.measure WHEN 'count' THEN sum(d.count) ELSE sum(d.users) END AS used
  FROM limited m
  JOIN identity_link l ON l.customer_id = m.customer_id AND l.source_id = m.source_id
  JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
  JOIN usage_day d ON d.product_account_id = a.product_account_id AND d.product_event_id = m.product_event_id
    AND d.day_on BETWEEN ? AND ?
  GROUP BY m.customer_id, m.event, m.measure, d.day_on`;

export interface LimitsCrossed {
  readonly hasUsage: boolean;
  readonly hasLimits: boolean;
  /** The furthest first. */
  readonly rows: LimitCrossed[];
}

/**
 * Whoever passed `near` (a fraction) or the whole of a limit from a day to another, in the month of the last one. Of
 * `peak_users` the largest day counts, of `count` the sum.
 */
export function limitsCrossed(
  db: ReadDb,
  { from, to, near }: { readonly from: PlainDay; readonly to: PlainDay; readonly near: number },
): LimitsCrossed {
  const has = (table: 'product_account' | 'usage_limit') =>
    db.prepare<[], { found: number }>(`SELECT EXISTS (SELECT 1 FROM ${table}) AS found`).first()?.found === 1;
  const known = { hasUsage: has('product_account'), hasLimits: has('usage_limit') };
  if (!known.hasUsage || !known.hasLimits) return { ...known, rows: [] };
  const month = firstDayOf(monthOf(to));
  const days = db.prepare<[string, string], Row>(USE_OF_MONTH).all(month, to);
  const before = addDays(from, -1);
  const rows = [...Map.groupBy(days, (row) => `${row.customer_id} ${row.event} ${row.measure}`).values()].flatMap(
    (own) => {
      const [first] = own;
      if (!first) return [];
      const until = (last: PlainDay): number =>
        own
          .filter(({ day_on }) => day_on <= last)
          .reduce((sum, { used }) => (first.measure === 'count' ? sum + used : Math.max(sum, used)), 0);
      const [used, usedBefore] = [until(to), until(before)];
      const [share, shareBefore] = [used / first.amount, usedBefore / first.amount];
      const passed = [near, 1].some((line) => shareBefore < line && share >= line);
      return passed
        ? [
            {
              customerId: first.customer_id,
              customerName: first.name,
              plan: first.plan,
              event: first.event,
              measure: first.measure,
              used,
              limit: first.amount,
              share,
              shareBefore,
            },
          ]
        : [];
    },
  );
  return { ...known, rows: rows.toSorted((a, b) => b.share - a.share || a.customerId - b.customerId) };
}
