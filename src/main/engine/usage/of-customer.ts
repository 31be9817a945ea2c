/** `usage.ofCustomer`: what one customer's people do, and whether they do it more or less than before. */
import type { CustomerUsage } from '../../../shared/contract/usage.ts';
import { addDays, daysFromTo, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import { limitsOfCustomer } from './limits.ts';
import { isFeature, storedMapping } from './stored-mapping.ts';

const SHOWN_DAYS = 90;
const COMPARED_DAYS = 30;

interface AccountRow {
  product_account_id: number;
  source_id: number;
  name: string;
  source_name: string;
  channel: string | null;
  signed_up_at: Instant | null;
  activated_at: Instant | null;
  known_from: PlainDay | null;
}

interface DayRow {
  day: PlainDay;
  event: string | null;
  is_feature: number | null;
  source_id: number;
  count: number;
  users: number;
}

/** Null where no account of the product is linked to the customer. */
export function usageOfCustomer(
  db: ReadDb,
  { customerId }: { readonly customerId: CustomerId },
  today: PlainDay,
): CustomerUsage | null {
  const accounts = db
    .prepare<[number], AccountRow>(
      `SELECT a.product_account_id, a.source_id, coalesce(a.name, a.id) AS name, s.name AS source_name, a.channel,
              a.signed_up_at, a.activated_at,
              (SELECT min(b.first_on) FROM usage_batch b WHERE b.source_id = a.source_id AND b.events > 0) AS known_from
       FROM identity_link l JOIN product_account a ON a.source_id = l.source_id AND a.id = l.account_id
       JOIN source s ON s.source_id = a.source_id WHERE l.customer_id = ? ORDER BY name, a.id`,
    )
    .all(customerId);
  if (accounts.length === 0) return null;
  const from = addDays(today, 1 - SHOWN_DAYS);
  const since = addDays(today, 1 - COMPARED_DAYS);
  const before = addDays(since, -COMPARED_DAYS);
  const knownFrom =
    accounts
      .map(({ known_from }) => known_from)
      .filter((day) => day !== null)
      .toSorted()[0] ?? null;
  const isBeforeKnown = knownFrom !== null && knownFrom <= before;
  const ids = accounts.map(({ product_account_id }) => product_account_id);
  const days = db
    .prepare<[string, string, string], DayRow>(
      `SELECT d.day_on AS day, e.name AS event, e.is_feature, a.source_id, sum(d.count) AS count, sum(d.users) AS users
       FROM json_each(?) k JOIN product_account a ON a.product_account_id = k.value
       JOIN usage_day d ON d.product_account_id = k.value AND d.day_on BETWEEN ? AND ?
       LEFT JOIN product_event e ON e.product_event_id = d.product_event_id
       GROUP BY d.day_on, d.product_event_id ORDER BY d.day_on`,
    )
    .all(JSON.stringify(ids), from, today);
  const active = days.filter(({ event }) => event === null);
  const within = (rows: readonly DayRow[], first: PlainDay, until: PlainDay): DayRow[] =>
    rows.filter(({ day }) => day >= first && day < until);
  const recent = within(active, since, addDays(today, 1));
  const former = within(active, before, since);
  const byDay = new Map(active.map((row) => [row.day, row]));
  return {
    accounts: accounts.map((account) => ({
      name: account.name,
      sourceName: account.source_name,
      channel: account.channel,
      signedUpAt: account.signed_up_at,
      activatedAt: account.activated_at,
    })),
    lastActiveOn: active.at(-1)?.day ?? lastActive(db, ids),
    knownFrom,
    peakUsers: peakOf(recent),
    peakUsersBefore: isBeforeKnown ? peakOf(former) : null,
    count: countOf(recent),
    countBefore: isBeforeKnown ? countOf(former) : null,
    series: daysFromTo(from, today).map((day) => ({
      day,
      count: byDay.get(day)?.count ?? 0,
      users: byDay.get(day)?.users ?? 0,
    })),
    features: featuresOf(db, days, { since, before, isBeforeKnown }),
    limits: limitsOfCustomer(db, customerId, today),
  };
}

/** For a customer who has been away for longer than is shown. */
function lastActive(db: ReadDb, ids: readonly number[]): PlainDay | null {
  return (
    db
      .prepare<[string], { day: PlainDay | null }>(
        `SELECT max(d.day_on) AS day FROM json_each(?) k
         JOIN usage_day d ON d.product_account_id = k.value AND d.product_event_id = 0`,
      )
      .first(JSON.stringify(ids))?.day ?? null
  );
}

/** The most used first, of the last thirty days and the thirty before. */
function featuresOf(
  db: ReadDb,
  days: readonly DayRow[],
  { since, before, isBeforeKnown }: { since: PlainDay; before: PlainDay; isBeforeKnown: boolean },
): CustomerUsage['features'] {
  const mappings = new Map(
    [...new Set(days.map(({ source_id }) => source_id))].map((id) => [id, storedMapping(db, id)]),
  );
  const features = new Map<string, CustomerUsage['features'][number]>();
  for (const { day, event, is_feature, source_id, count } of days) {
    const mapping = mappings.get(source_id);
    if (event === null || mapping === undefined || day < before || !isFeature(event, is_feature, mapping)) continue;
    const known = features.get(event) ?? { event, count: 0, countBefore: isBeforeKnown ? 0 : null, lastOn: day };
    features.set(event, {
      ...known,
      count: known.count + (day >= since ? count : 0),
      countBefore: known.countBefore === null ? null : known.countBefore + (day < since ? count : 0),
      lastOn: day,
    });
  }
  return [...features.values()].toSorted((a, b) => b.count - a.count || (a.event < b.event ? -1 : 1));
}

function peakOf(rows: readonly DayRow[]): number {
  return rows.reduce((most, { users }) => Math.max(most, users), 0);
}

function countOf(rows: readonly DayRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
