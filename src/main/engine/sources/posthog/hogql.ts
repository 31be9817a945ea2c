/**
 * The questions put to PostHog, in HogQL (https://posthog.com/docs/sql). All of
 * them aggregate at the source, with exact distinct counts. Days, weeks and
 * moments in a condition are those of the project's own time zone, which
 * HogQL applies to `timestamp` and to `toDateTime` alike.
 */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { idleEventsOf, type UsageMapping } from '../usage/index.ts';

/** The most rows that one query may give: https://posthog.com/docs/api/queries#query-limits */
export const MOST_ROWS = 50_000;

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

function list(names: readonly string[]): string {
  return `(${names.map(quoted).join(', ')})`;
}

/** `$group_0` a group, `person` the person alone, `person.plan` a person's property, `plan` an event's. Never null. */
function expressionOf(path: string): string {
  if (/^\$group_[0-4]$/.test(path)) return `ifNull(toString(${path}), '')`;
  if (path === 'person') return 'toString(person_id)';
  return `ifNull(toString(${propertyOf(path)}), '')`;
}

function propertyOf(path: string): string {
  return path.startsWith('person.') ? `person.properties.\`${path.slice(7)}\`` : `properties.\`${path}\``;
}

/** Where what is known of the customer itself stands: the group's properties, else the person's. */
function ownPropertyOf(customerProperty: string, name: string): string {
  const group = /^\$group_([0-4])$/.exec(customerProperty)?.[1];
  if (name.startsWith('person.') || name === '') return name === '' ? `''` : expressionOf(name);
  return group === undefined
    ? expressionOf(`person.${name}`)
    : `ifNull(toString(group_${group}.properties.\`${name}\`), '')`;
}

function span(from: PlainDay, until: PlainDay): string {
  return `timestamp >= toDateTime('${from} 00:00:00') AND timestamp < toDateTime('${until} 00:00:00')`;
}

const DAY = 'toString(toDate(timestamp))';

/** A place in rows that are ordered by day, account and event. */
export type RowKey = readonly [day: string, account: string, event: string];

export function queriesOf(mapping: UsageMapping) {
  const account = expressionOf(mapping.customerProperty);
  const channel = mapping.channelProperty === '' ? `''` : expressionOf(mapping.channelProperty);
  const idle = idleEventsOf(mapping);
  const isUse = idle.length === 0 ? '' : ` AND event NOT IN ${list(idle)}`;
  const stepAt = (event: string): string =>
    event === '' ? '0' : `minIf(toUnixTimestamp(timestamp), event = ${quoted(event)})`;
  const accounts = (condition: string, after: string, limit: number): string =>
    `SELECT ${account} AS account, max(${ownPropertyOf(mapping.customerProperty, 'name')}) AS name, ` +
    `max(${ownPropertyOf(mapping.customerProperty, 'domain')}) AS domain, ` +
    `max(${ownPropertyOf(mapping.customerProperty, mapping.billingIdProperty)}) AS billing_id, ` +
    `groupUniqArray(${expressionOf('person.email')}) AS emails, argMin(${channel}, timestamp) AS channel, ` +
    `toUnixTimestamp(min(timestamp)) AS first_at, ${stepAt(mapping.signUpEvent)} AS signed_up_at, ` +
    `${stepAt(mapping.activationEvent)} AS activated_at FROM events WHERE ${condition} ` +
    `GROUP BY account HAVING account > ${quoted(after)} ORDER BY account LIMIT ${limit}`;
  return {
    /** The first day with an event; none for a project without. */
    firstDay: `SELECT toString(toDate(min(timestamp))) AS day, count() AS n FROM events WHERE timestamp >= toDateTime('2012-01-01 00:00:00')`,
    /** What each account did, per event: ordered by day, account and event, after a place in that order. */
    usage: (from: PlainDay, until: PlainDay, after: RowKey | null): string =>
      `SELECT ${DAY} AS day, ${account} AS account, event, count() AS n, uniqExact(person_id) AS users FROM events ` +
      `WHERE ${span(from, until)} GROUP BY day, account, event ` +
      `${after === null ? '' : `HAVING (day, account, event) > (${after.map(quoted).join(', ')}) `}` +
      `ORDER BY day, account, event LIMIT ${MOST_ROWS}`,
    /** The same over all that counts as use. */
    use: (from: PlainDay, until: PlainDay): string =>
      `SELECT ${DAY} AS day, ${account} AS account, count() AS n, uniqExact(person_id) AS users FROM events ` +
      `WHERE ${span(from, until)}${isUse} GROUP BY day, account ORDER BY day, account LIMIT ${MOST_ROWS}`,
    /** How many events there are: what the rollup is held against. */
    counted: (from: PlainDay, until: PlainDay): string =>
      `SELECT ${DAY} AS day, count() AS n FROM events WHERE ${span(from, until)} GROUP BY day ORDER BY day LIMIT ${MOST_ROWS}`,
    active: (period: 'day' | 'week' | 'month', from: PlainDay, until: PlainDay): string =>
      `SELECT toString(${PERIODS[period]}(timestamp)) AS starts_on, uniqExact(person_id) AS users, ` +
      `uniqExactIf(${account}, ${account} != '') AS accounts FROM events ` +
      `WHERE ${span(from, until)}${isUse} GROUP BY starts_on ORDER BY starts_on LIMIT ${MOST_ROWS}`,
    /** People by the day and the channel of their very first visit. */
    visits: (from: PlainDay, until: PlainDay): string =>
      `SELECT day, channel, count() AS visitors FROM (SELECT person_id, toString(toDate(min(timestamp))) AS day, ` +
      `argMin(${channel}, timestamp) AS channel FROM events WHERE event = ${quoted(mapping.visitedEvent)} ` +
      `AND timestamp < toDateTime('${until} 00:00:00') GROUP BY person_id) ` +
      `WHERE day >= '${from}' GROUP BY day, channel ORDER BY day, channel LIMIT ${MOST_ROWS}`,
    allAccounts: (after: string, limit: number): string => accounts(`${account} != ''`, after, limit),
    activeAccounts: (since: PlainDay, after: string, limit: number): string =>
      accounts(
        `${account} IN (SELECT ${account} FROM events WHERE timestamp >= toDateTime('${since} 00:00:00'))`,
        after,
        limit,
      ),
    accountsById: (ids: readonly string[]): string => accounts(`${account} IN ${list(ids)}`, '', MOST_ROWS),
    /** What events carry, for the founder to choose from. */
    properties: (since: PlainDay): string =>
      `SELECT arrayJoin(JSONExtractKeys(properties)) AS name, count() AS seen FROM events ` +
      `WHERE timestamp >= toDateTime('${since} 00:00:00') GROUP BY name ORDER BY seen DESC, name LIMIT 500`,
  };
}

export type Queries = ReturnType<typeof queriesOf>;

const PERIODS = { day: 'toDate', week: 'toMonday', month: 'toStartOfMonth' } as const;
