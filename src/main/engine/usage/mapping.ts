/** `usage.mapping`, `usage.preview`: what was found in the events, what is said of them, and what another word would change. */
import type { MappedEvent, MappingPreview, UsageLimit, UsageMapping } from '../../../shared/contract/usage.ts';
import { addDays, daysBetween, plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { meterEvents, meterSources } from './meters.ts';
import { isFeature, storedMapping } from './stored-mapping.ts';
import { changedFields } from './write.ts';

const LOOKED_AT_DAYS = 30;

export interface MappingScreen {
  mapping: UsageMapping;
  events: MappedEvent[];
  properties: string[];
  plans: string[];
  limits: UsageLimit[];
  daysHeld: number;
  accounts: number;
  linkedAccounts: number;
  unassigned: number | null;
}

/** @throws AppError `not_found`. */
export function usageMapping(db: ReadDb, { sourceId }: { readonly sourceId: SourceId }): MappingScreen {
  const mapping = storedMapping(db, sourceId);
  const held = heldDays(db, sourceId);
  const meters = meterSources(db).find((source) => source.sourceId === sourceId);
  const counts = db
    .prepare<[number], { accounts: number; linked: number }>(
      `SELECT count(*) AS accounts, sum(EXISTS (SELECT 1 FROM identity_link l WHERE l.source_id = a.source_id AND l.account_id = a.id)) AS linked
       FROM product_account a WHERE a.source_id = ? AND a.deleted_at IS NULL AND a.id <> ''`,
    )
    .first(sourceId);
  return {
    mapping,
    events:
      meters?.lastOn == null
        ? eventsOf(db, sourceId, mapping, held)
        : meterEvents(db, sourceId, addDays(meters.lastOn, 1 - LOOKED_AT_DAYS), meters.lastOn),
    properties: propertiesOf(db, sourceId),
    plans: db
      .prepare<[], { plan: string }>(
        'SELECT DISTINCT plan FROM customer_standing WHERE plan IS NOT NULL ORDER BY plan LIMIT 500',
      )
      .all()
      .map(({ plan }) => plan),
    limits: limitsOf(db, sourceId),
    daysHeld: held === null ? 0 : daysBetween(held.from, held.to) + 1,
    accounts: counts?.accounts ?? 0,
    linkedAccounts: counts?.linked ?? 0,
    unassigned: held === null ? null : unassignedShare(db, sourceId, addDays(held.to, 1 - LOOKED_AT_DAYS)),
  };
}

/** What a mapping would change: nothing is stored. @throws AppError `not_found`. */
export function previewMapping(
  db: ReadDb,
  { sourceId, mapping }: { readonly sourceId: SourceId; readonly mapping: UsageMapping },
): MappingPreview {
  const stored = storedMapping(db, sourceId);
  const held = heldDays(db, sourceId);
  const changed = changedFields(stored, mapping);
  const events = new Map(eventsOf(db, sourceId, mapping, held).map((event) => [event.event, event]));
  const properties = new Set(propertiesOf(db, sourceId));
  const steps = [
    ['visited', mapping.visitedEvent],
    ['signedUp', mapping.signUpEvent],
    ['activated', mapping.activationEvent],
  ] as const;
  return {
    changed,
    daysToRead: changed.length === 0 || held === null ? 0 : daysBetween(held.from, held.to) + 1,
    steps: steps
      .filter(([, event]) => event !== '')
      .map(([step, event]) => ({
        step,
        event,
        count: events.get(event)?.count ?? null,
        accountsPerDay: events.get(event)?.accountsPerDay ?? null,
      })),
    customerProperty: seen(mapping.customerProperty, properties),
    channelProperty: seen(mapping.channelProperty, properties),
  };
}

/** Of people's and groups' own properties nothing is known until events are read with them. */
function seen(path: string, properties: ReadonlySet<string>): MappingPreview['customerProperty'] {
  if (properties.has(path)) return 'seen';
  return /^(person|\$group_\d|person\.|user\.|group\.|user_id|distinct_id)/.test(path) || path === ''
    ? 'not_to_be_told'
    : 'not_seen';
}

function heldDays(db: ReadDb, sourceId: number): { from: PlainDay; to: PlainDay } | null {
  const row = db
    .prepare<[number], { first: string | null; last: string | null }>(
      'SELECT min(first_on) AS first, max(last_on) AS last FROM usage_batch WHERE source_id = ? AND events > 0',
    )
    .first(sourceId);
  return row?.first == null || row.last === null ? null : { from: plainDay(row.first), to: plainDay(row.last) };
}

function eventsOf(
  db: ReadDb,
  sourceId: number,
  mapping: UsageMapping,
  held: { readonly to: PlainDay } | null,
): MappedEvent[] {
  const from = held === null ? '9999-12-31' : addDays(held.to, 1 - LOOKED_AT_DAYS);
  return db
    .prepare<
      [string, number],
      { name: string; is_feature: number | null; count: number; users: number; accounts: number }
    >(
      `SELECT e.name, e.is_feature, coalesce(sum(d.count), 0) AS count, coalesce(sum(d.users), 0) AS users,
              coalesce(sum(d.accounts), 0) AS accounts
       FROM product_event e LEFT JOIN usage_event_day d
         ON d.source_id = e.source_id AND d.day_on >= ? AND d.product_event_id = e.product_event_id
       WHERE e.source_id = ? GROUP BY e.product_event_id ORDER BY count DESC, e.name`,
    )
    .all(from, sourceId)
    .map(({ name, is_feature, count, users, accounts }) => ({
      event: name,
      count,
      usersPerDay: users / LOOKED_AT_DAYS,
      accountsPerDay: accounts / LOOKED_AT_DAYS,
      isFeature: isFeature(name, is_feature, mapping),
      isDecided: is_feature !== null,
    }));
}

function propertiesOf(db: ReadDb, sourceId: number): string[] {
  return db
    .prepare<[number], { name: string }>(
      'SELECT name FROM event_property WHERE source_id = ? ORDER BY seen DESC, name LIMIT 500',
    )
    .all(sourceId)
    .map(({ name }) => name);
}

function limitsOf(db: ReadDb, sourceId: number): UsageLimit[] {
  return db
    .prepare<
      [number],
      {
        event: string;
        measure: UsageLimit['measure'];
        plan: string | null;
        customer_id: number | null;
        name: string | null;
        amount: number;
      }
    >(
      `SELECT u.event, u.measure, u.plan, u.customer_id, c.name, u.amount FROM usage_limit u
       LEFT JOIN customer c ON c.customer_id = u.customer_id WHERE u.source_id = ?
       ORDER BY u.event, u.measure, u.plan IS NULL, u.amount, u.plan, c.name`,
    )
    .all(sourceId)
    .map(({ customer_id, name, ...limit }) => ({
      ...limit,
      customerId: customer_id as CustomerId | null,
      customerName: name,
    }));
}

function unassignedShare(db: ReadDb, sourceId: number, from: PlainDay): number | null {
  const all = db
    .prepare<[number, string], { n: number | null }>(
      'SELECT sum(count) AS n FROM usage_event_day WHERE source_id = ? AND day_on >= ? AND product_event_id > 0',
    )
    .first(sourceId, from)?.n;
  const nobodys = db
    .prepare<[number, string], { n: number | null }>(
      `SELECT sum(d.count) AS n FROM product_account a JOIN usage_day d ON d.product_account_id = a.product_account_id
       WHERE a.source_id = ? AND a.id = '' AND d.day_on >= ? AND d.product_event_id > 0`,
    )
    .first(sourceId, from)?.n;
  return all == null || all === 0 ? null : (nobodys ?? 0) / all;
}
