/** `usage.limitsOfCustomer`: the limits that hold for one customer, those agreed with it alone, and what could be agreed on. */
import type { CustomerLimits } from '../../../shared/contract/usage.ts';
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { usageSources } from './active.ts';
import { featureUse } from './features.ts';
import { limitsOfCustomer } from './limits.ts';
import { meterEvents } from './meters.ts';

const LOOKED_AT_DAYS = 90;
const MOST_EVENTS = 100;

export function customerLimits(
  db: ReadDb,
  { customerId }: { readonly customerId: CustomerId },
  today: PlainDay,
): CustomerLimits {
  const from = addDays(today, -LOOKED_AT_DAYS);
  const own = db
    .prepare<
      [number],
      { sourceId: number; event: string; measure: CustomerLimits['own'][number]['measure']; amount: number }
    >(
      `SELECT source_id AS sourceId, event, measure, amount FROM usage_limit WHERE customer_id = ? ORDER BY event, measure`,
    )
    .all(customerId);
  return {
    rows: limitsOfCustomer(db, customerId, today),
    own: own.map((limit) => ({ ...limit, sourceId: limit.sourceId as CustomerLimits['own'][number]['sourceId'] })),
    choices: usageSources(db).map(({ sourceId, name, kind }) => {
      const events =
        kind === 'meters' ? meterEvents(db, sourceId, from, today) : featureUse(db, { sourceId, from, to: today }).rows;
      return { sourceId, sourceName: name, kind, events: events.map(({ event }) => event).slice(0, MOST_EVENTS) };
    }),
  };
}
