/** `usage.features`: which features are used, how much, by how many on a mean day. */
import type { FeatureUse } from '../../../shared/contract/usage.ts';
import { addDays, daysBetween } from '../../../shared/kernel/day.ts';
import type { ReadDb } from '../store/index.ts';
import { sourceAskedAbout, type Span } from './active.ts';
import { meterUse } from './meters.ts';
import { isFeature, storedMapping } from './stored-mapping.ts';

interface EventRow {
  name: string;
  is_feature: number | null;
  count: number;
  users: number;
  accounts: number;
  before: number;
}

/** The most used first, features only. A person who did something twice on a day is one on that day. */
export function featureUse(db: ReadDb, span: Span): { rows: FeatureUse[]; daysBeforeKnown: boolean } {
  const source = sourceAskedAbout(db, span.sourceId);
  if (source === null) return { rows: [], daysBeforeKnown: false };
  if (source.kind === 'meters') return meterUse(db, source, span);
  const days = daysBetween(span.from, span.to) + 1;
  const before = addDays(span.from, -days);
  const daysBeforeKnown = source.firstOn !== null && source.firstOn <= before;
  const mapping = storedMapping(db, source.sourceId);
  const rows = db
    .prepare<[string, string, string, string, number, string, string], EventRow>(
      `SELECT e.name, e.is_feature,
              sum(CASE WHEN d.day_on >= ? THEN d.count ELSE 0 END) AS count,
              sum(CASE WHEN d.day_on >= ? THEN d.users ELSE 0 END) AS users,
              sum(CASE WHEN d.day_on >= ? THEN d.accounts ELSE 0 END) AS accounts,
              sum(CASE WHEN d.day_on < ? THEN d.count ELSE 0 END) AS before
       FROM usage_event_day d JOIN product_event e ON e.product_event_id = d.product_event_id
       WHERE d.source_id = ? AND d.day_on BETWEEN ? AND ? GROUP BY d.product_event_id ORDER BY count DESC, e.name`,
    )
    .all(span.from, span.from, span.from, span.from, source.sourceId, before, span.to);
  return {
    daysBeforeKnown,
    rows: rows
      .filter(({ name, is_feature }) => isFeature(name, is_feature, mapping))
      .map((row) => ({
        event: row.name,
        isFeature: true,
        count: row.count,
        countBefore: daysBeforeKnown ? row.before : null,
        usersPerDay: row.users / days,
        accountsPerDay: row.accounts / days,
      })),
  };
}
