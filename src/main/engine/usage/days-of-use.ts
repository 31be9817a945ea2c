/** `usage.daysOfUse`: on how many of the last thirty days customers did something in the product. */
import { addDays, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

const DAYS = 30;

export interface DaysOfUse {
  readonly days: number;
  readonly rows: { readonly customerId: CustomerId; readonly activeDays: number }[];
}

/**
 * Days up to `today` with any use by an account that is linked to the customer; 0 where there was none. A customer
 * without an account is left out: of them nothing is known.
 */
export function daysOfUse(
  db: ReadDb,
  { customerIds }: { readonly customerIds: readonly CustomerId[] },
  today: PlainDay,
): DaysOfUse {
  const rows = db
    .prepare<[string, string, string], { customer_id: CustomerId; active_days: number }>(
      `SELECT l.customer_id, count(DISTINCT d.day_on) AS active_days
       FROM json_each(?) k JOIN identity_link l ON l.customer_id = k.value
       JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
       LEFT JOIN usage_day d ON d.product_account_id = a.product_account_id AND d.product_event_id = 0
         AND d.day_on BETWEEN ? AND ?
       GROUP BY l.customer_id`,
    )
    .all(JSON.stringify(customerIds), addDays(today, 1 - DAYS), today);
  return {
    days: DAYS,
    rows: rows.map(({ customer_id, active_days }) => ({ customerId: customer_id, activeDays: active_days })),
  };
}
