/** `usage.limits`: what customers use of what their plan, or their own agreement, includes in a calendar month. */
import type { LimitUse } from '../../../shared/contract/usage.ts';
import { addToMonth, firstDayOf, lastDayOf, monthOf, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { meterLimits } from './meter-limits.ts';
import type { UseRow } from './use-row.ts';

/**
 * A customer's own limit goes before the plan's. Use is that of all accounts that are linked to the customer; of
 * `peak_users` the accounts' people are added up day by day, and the largest day counts.
 */
function sql(of: 'all' | 'one'): string {
  const used = (span: string): string => `coalesce((
    SELECT CASE m.measure WHEN 'count' THEN sum(day.count) ELSE max(day.users) END
    FROM (SELECT d.day_on, sum(d.count) AS count, sum(d.users) AS users
          FROM identity_link l JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
          JOIN usage_day d ON d.product_account_id = a.product_account_id AND d.product_event_id = m.product_event_id
          WHERE l.customer_id = m.customer_id AND l.source_id = m.source_id AND d.day_on BETWEEN ${span}
          GROUP BY d.day_on) day), 0)`;
  return `
    WITH asked (first_on, last_on, before_first_on, before_last_on${of === 'one' ? ', customer_id' : ''})
      AS (VALUES (?, ?, ?, ?${of === 'one' ? ', ?' : ''}))
    SELECT m.*, ${used('(SELECT first_on FROM asked) AND (SELECT last_on FROM asked)')} AS used, ${used('(SELECT before_first_on FROM asked) AND (SELECT before_last_on FROM asked)')} AS used_before
    FROM (SELECT c.customer_id, c.name, s.plan, u.event, u.measure, u.source_id, e.product_event_id,
                 coalesce(own.amount, u.amount) AS amount, own.amount IS NOT NULL AS is_own
          FROM (SELECT DISTINCT customer_id FROM identity_link ${of === 'one' ? 'WHERE customer_id = (SELECT customer_id FROM asked)' : ''}) k
          JOIN customer c ON c.customer_id = k.customer_id AND c.erased_at IS NULL
          JOIN customer_standing s ON s.customer_id = c.customer_id AND s.churned_on IS NULL
          JOIN usage_limit u ON u.plan = s.plan OR u.customer_id = c.customer_id
          JOIN product_event e ON e.source_id = u.source_id AND e.name = u.event
          LEFT JOIN usage_limit own ON own.customer_id = c.customer_id AND own.source_id = u.source_id
            AND own.event = u.event AND own.measure = u.measure
          GROUP BY c.customer_id, u.source_id, u.event, u.measure) m`;
}

function read(db: ReadDb, today: PlainDay, customerId: number | null): LimitUse[] {
  const month = monthOf(today);
  const before = addToMonth(month, -1);
  const spans = [firstDayOf(month), lastDayOf(month), firstDayOf(before), lastDayOf(before)] as const;
  const rows =
    customerId === null
      ? db.prepare<typeof spans, UseRow>(sql('all')).all(...spans)
      : db.prepare<readonly [...typeof spans, number], UseRow>(sql('one')).all(...spans, customerId);
  return billedFirst(rows, meterLimits(db, spans, customerId))
    .map((row): LimitUse => ({
      sourceId: row.source_id as SourceId,
      customerId: row.customer_id as CustomerId,
      customerName: row.name,
      plan: row.plan,
      event: row.event,
      measure: row.measure,
      used: Math.round(row.used),
      limit: row.amount,
      share: row.used / row.amount,
      shareBefore: row.used_before / row.amount,
      isOwn: row.is_own === 1,
    }))
    .toSorted((a, b) => nearness(b) - nearness(a) || (a.customerName < b.customerName ? -1 : 1));
}

/**
 * Product analytics may report the very events that a meter bills: then the meter's count is the use, and the event is
 * not held against a limit a second time.
 */
function billedFirst(events: readonly UseRow[], meters: readonly UseRow[]): UseRow[] {
  const nameOf = ({ customer_id, event }: UseRow): string => `${customer_id} ${event.toLowerCase()}`;
  const billed = new Set(meters.map(nameOf));
  return [...meters, ...events.filter((row) => row.measure !== 'count' || !billed.has(nameOf(row)))];
}

/** The greater share of this month and the last: on the first of a month nobody has used anything yet. */
function nearness({ share, shareBefore }: LimitUse): number {
  return Math.max(share, shareBefore);
}

/** The nearest to their limit first, this month or last; `atLeast` is a fraction of the limit. */
export function limitUse(
  db: ReadDb,
  { atLeast, limit }: { readonly atLeast: number; readonly limit: number },
  today: PlainDay,
): { rows: LimitUse[]; total: number; hasLimits: boolean } {
  const hasLimits = db.prepare<[], { one: number }>('SELECT 1 AS one FROM usage_limit LIMIT 1').first() !== undefined;
  if (!hasLimits) return { rows: [], total: 0, hasLimits };
  const near = read(db, today, null).filter((row) => nearness(row) >= atLeast);
  return { rows: near.slice(0, limit), total: near.length, hasLimits };
}

export function limitsOfCustomer(db: ReadDb, customerId: number, today: PlainDay): LimitUse[] {
  return read(db, today, customerId);
}
