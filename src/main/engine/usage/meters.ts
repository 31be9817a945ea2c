/**
 * A billing system's meters as use: what they counted is what is billed, by customer and day of UTC, of no people in
 * particular. They stand beside the events of product analytics and are never added to them.
 */
import type { FeatureUse, MappedEvent, UsageSource } from '../../../shared/contract/usage.ts';
import { addDays, daysBetween, type PlainDay } from '../../../shared/kernel/day.ts';
import type { SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

/** Billing systems whose meters have counted something, the one with the latest use first. */
export function meterSources(db: ReadDb): UsageSource[] {
  return db
    .prepare<[], { source_id: number; name: string; vendor: string; first_on: PlainDay; last_on: PlainDay }>(
      `SELECT s.source_id, s.name, s.vendor, min(u.used_on) AS first_on, max(u.used_on) AS last_on
       FROM source s JOIN meter_usage u ON u.source_id = s.source_id
       GROUP BY s.source_id ORDER BY last_on DESC, s.source_id`,
    )
    .all()
    .map(({ source_id, name, vendor, first_on, last_on }) => ({
      sourceId: source_id as SourceId,
      name,
      vendor,
      kind: 'meters',
      firstOn: first_on,
      lastOn: last_on,
    }));
}

interface MeterRow {
  readonly event: string;
  readonly count: number;
  readonly before: number;
  readonly customer_days: number;
}

/** By the name of the events that a meter counts; days of the span against as many before. */
function counted(db: ReadDb, sourceId: number, from: PlainDay, to: PlainDay): MeterRow[] {
  const before = addDays(from, -(daysBetween(from, to) + 1));
  return db
    .prepare<[string, string, string, number, string, string], MeterRow>(
      `SELECT coalesce(m.event_name, u.meter_id) AS event,
              sum(CASE WHEN u.used_on >= ? THEN u.quantity ELSE 0 END) AS count,
              sum(CASE WHEN u.used_on < ? THEN u.quantity ELSE 0 END) AS before,
              sum(u.used_on >= ?) AS customer_days
       FROM meter_usage u LEFT JOIN billing_meter m ON m.source_id = u.source_id AND m.id = u.meter_id
       WHERE u.source_id = ? AND u.used_on BETWEEN ? AND ? AND coalesce(m.adds_up, 1) = 1
       GROUP BY 1 ORDER BY count DESC, event`,
    )
    .all(from, from, from, sourceId, before, to);
}

/** Meters whose days add up, the most used first; of one whose last value counts no sum of days means anything. */
export function meterUse(
  db: ReadDb,
  source: UsageSource,
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay },
): { rows: FeatureUse[]; daysBeforeKnown: boolean } {
  const days = daysBetween(from, to) + 1;
  const daysBeforeKnown = source.firstOn !== null && source.firstOn <= addDays(from, -days);
  return {
    daysBeforeKnown,
    rows: counted(db, source.sourceId, from, to)
      .filter(({ count }) => count > 0)
      .map(({ event, count, before, customer_days }) => ({
        event,
        isFeature: true,
        count: Math.round(count),
        countBefore: daysBeforeKnown ? Math.round(before) : null,
        usersPerDay: null,
        accountsPerDay: customer_days / days,
      })),
  };
}

/** Every meter of a billing system, with what it counted from a day on. */
export function meterEvents(db: ReadDb, sourceId: number, from: PlainDay, to: PlainDay): MappedEvent[] {
  const days = daysBetween(from, to) + 1;
  const known = new Map(counted(db, sourceId, from, to).map((row) => [row.event, row]));
  return db
    .prepare<[number], { event: string }>(
      'SELECT DISTINCT event_name AS event FROM billing_meter WHERE source_id = ? ORDER BY event_name',
    )
    .all(sourceId)
    .map(({ event }) => ({
      event,
      count: Math.round(known.get(event)?.count ?? 0),
      usersPerDay: null,
      accountsPerDay: (known.get(event)?.customer_days ?? 0) / days,
      isFeature: true,
      isDecided: true,
    }));
}
