/** `cash.meterUsage`: what a billing system's meters counted of a customer, by day of UTC. */
import type { MeterUsageReport } from '../../../../shared/contract/cash.ts';
import { addDays, dayAt, UTC, type PlainDay } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';

const SHOWN_DAYS = 90;
const COMPARED_DAYS = 30;

interface Meter {
  source_id: number;
  meter_id: string;
  title: string | null;
  source_name: string;
  adds_up: number | null;
}

/** Meters that ever counted something of the customer, by title; days end yesterday, the last one that is over. */
export function meterUsage(
  db: ReadDb,
  { customerId }: { readonly customerId: CustomerId },
  { now }: MetricsContext,
): MeterUsageReport {
  const through = addDays(dayAt(now, UTC), -1);
  const from = addDays(through, 1 - SHOWN_DAYS);
  const meters = db
    .prepare<[number], Meter>(
      `SELECT DISTINCT u.source_id, u.meter_id, m.title, m.adds_up, s.name AS source_name
       FROM billing_customer b JOIN source s USING (source_id)
       JOIN meter_usage u ON u.source_id = b.source_id AND u.billing_customer_id = b.id
       LEFT JOIN billing_meter m ON m.source_id = u.source_id AND m.id = u.meter_id
       WHERE b.customer_id = ? ORDER BY m.title, u.meter_id`,
    )
    .all(customerId);
  const daysOf = db.prepare<[number, number, string, PlainDay], { on: PlainDay; quantity: number }>(
    `SELECT u.used_on AS "on", sum(u.quantity) AS quantity
     FROM billing_customer b JOIN meter_usage u ON u.source_id = b.source_id AND u.billing_customer_id = b.id
     WHERE b.customer_id = ? AND u.source_id = ? AND u.meter_id = ? AND u.used_on >= ? GROUP BY u.used_on`,
  );
  return meters.map(({ source_id, meter_id, title, source_name, adds_up }) => {
    const known = new Map(
      daysOf.all(customerId, source_id, meter_id, from).map(({ on, quantity }) => [on, quantity] as const),
    );
    const days = Array.from({ length: SHOWN_DAYS }, (_, index) => {
      const on = addDays(from, index);
      return { on, quantity: known.get(on) ?? 0 };
    });
    const addsUp = adds_up !== 0;
    const stretch = (end: number): number => {
      const part = days.slice(end - COMPARED_DAYS, end).map(({ quantity }) => quantity);
      return addsUp ? part.reduce((sum, quantity) => sum + quantity, 0) : (part.findLast((value) => value > 0) ?? 0);
    };
    return {
      meterId: meter_id,
      title: title ?? meter_id,
      sourceName: source_name,
      addsUp,
      through,
      last30: stretch(SHOWN_DAYS),
      before30: stretch(SHOWN_DAYS - COMPARED_DAYS),
      days,
    };
  });
}
