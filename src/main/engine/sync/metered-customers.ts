/** Who pays by a billing meter: whose usage is worth asking for. */
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { addMs, DAY_MS, type Instant } from '../../../shared/kernel/instant.ts';
import type { MeteredCustomer } from '../sources/kit/index.ts';
import type { ReadDb } from '../store/handles.ts';

/** Usage of subscriptions that ended longer ago is history that nobody asks for any more. */
const ENDED_DAYS = 400;

/** By the meters of the prices on their subscriptions, in no particular order. */
export function meteredCustomers(db: ReadDb, sourceId: number, now: Instant): MeteredCustomer[] {
  return db
    .prepare<[number, number], { customerId: string; meterId: string; knownThrough: PlainDay | null }>(
      `SELECT m.customerId, m.meterId,
              (SELECT max(u.used_on) FROM meter_usage u
               WHERE u.source_id = m.source_id AND u.billing_customer_id = m.customerId AND u.meter_id = m.meterId) AS knownThrough
       FROM (SELECT DISTINCT s.source_id, s.billing_customer_id AS customerId, i.value ->> '$.price.recurring.meterId' AS meterId
             FROM subscription s, json_each(s.body, '$.items') i
             WHERE s.source_id = ? AND coalesce(s.ended_at, 9e15) > ? AND i.value ->> '$.price.recurring.meterId' IS NOT NULL) m`,
    )
    .all(sourceId, addMs(now, -ENDED_DAYS * DAY_MS));
}
