/** What customers use of a limit that is held against a billing system's meter. */
import type { PlainDay } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/index.ts';
import type { UseRow } from './use-row.ts';

type Spans = readonly [first: PlainDay, last: PlainDay, beforeFirst: PlainDay, beforeLast: PlainDay];

/**
 * A meter that adds up is summed over the month; of one whose last value counts (seats, storage) the last of the month
 * stands. A customer with several billing records uses what they use together.
 */
function sql(of: 'all' | 'one'): string {
  const records = `FROM billing_customer b JOIN billing_meter n ON n.source_id = b.source_id AND n.event_name = m.event
         JOIN meter_usage u ON u.source_id = b.source_id AND u.billing_customer_id = b.id AND u.meter_id = n.id
         WHERE b.customer_id = m.customer_id AND b.source_id = m.source_id`;
  const used = (span: string): string => `coalesce(CASE WHEN m.adds_up = 1
      THEN (SELECT sum(u.quantity) ${records} AND u.used_on BETWEEN ${span})
      ELSE (SELECT u.quantity ${records} AND u.used_on BETWEEN ${span} ORDER BY u.used_on DESC LIMIT 1) END, 0)`;
  return `
    WITH asked (first_on, last_on, before_first_on, before_last_on${of === 'one' ? ', customer_id' : ''})
      AS (VALUES (?, ?, ?, ?${of === 'one' ? ', ?' : ''}))
    SELECT m.*, ${used('(SELECT first_on FROM asked) AND (SELECT last_on FROM asked)')} AS used,
           ${used('(SELECT before_first_on FROM asked) AND (SELECT before_last_on FROM asked)')} AS used_before
    FROM (SELECT c.customer_id, c.name, s.plan, l.event, l.measure, l.source_id, min(n.adds_up) AS adds_up,
                 coalesce(own.amount, l.amount) AS amount, own.amount IS NOT NULL AS is_own
          FROM usage_limit l
          JOIN billing_meter n ON n.source_id = l.source_id AND n.event_name = l.event
          JOIN billing_customer k ON k.source_id = l.source_id ${of === 'one' ? 'AND k.customer_id = (SELECT customer_id FROM asked)' : ''}
          JOIN customer c ON c.customer_id = k.customer_id AND c.erased_at IS NULL
          JOIN customer_standing s ON s.customer_id = c.customer_id AND s.churned_on IS NULL
          LEFT JOIN usage_limit own ON own.customer_id = c.customer_id AND own.source_id = l.source_id
            AND own.event = l.event AND own.measure = l.measure
          WHERE l.measure = 'count' AND (l.plan = s.plan OR l.customer_id = c.customer_id)
          GROUP BY c.customer_id, l.source_id, l.event) m`;
}

export function meterLimits(db: ReadDb, spans: Spans, customerId: number | null): UseRow[] {
  return customerId === null
    ? db.prepare<Spans, UseRow>(sql('all')).all(...spans)
    : db.prepare<readonly [...Spans, number], UseRow>(sql('one')).all(...spans, customerId);
}
