/**
 * Evaluates the few shapes of HogQL that PostHog is asked here, over what the
 * company's customers did. What is not one of them is refused, as PostHog
 * refuses what it cannot parse: no question is answered that was not understood.
 */
import { dayOfNumber, dayNumber, plainDay, type PlainDay } from '../../../shared/kernel/day.ts';
import { DAY_MS, SECOND_MS } from '../../../shared/kernel/instant.ts';
import type { Json } from '../stripe/json.ts';
import type { Use } from './usage-story.ts';

export type Row = readonly Json[];

export interface Answer {
  readonly columns: readonly string[];
  readonly results: readonly Row[];
}

type ValueOf = (use: Use) => string;
type Passes = (use: Use) => boolean;

interface Shape {
  readonly pattern: RegExp;
  answer(groups: Readonly<Record<string, string>>, uses: readonly Use[], properties: PropertiesOf): Answer;
}

/** Properties of what was done, of who did it, and of the company they work for. */
export type PropertiesOf = Readonly<
  Record<'event' | 'person' | 'group', (use: Use) => Readonly<Record<string, string>>>
>;

/** Thrown for what is no question that is understood here. */
export class HogqlRefusal extends Error {}

export function answerHogql(query: string, uses: readonly Use[], properties: PropertiesOf): Answer {
  for (const { pattern, answer } of SHAPES) {
    const found = pattern.exec(query);
    if (found) return answer({ ...found.groups }, uses, properties);
  }
  throw new HogqlRefusal(`Unable to parse query: ${query.slice(0, 80)}`);
}

const SPAN = String.raw`timestamp >= toDateTime\('(?<from>[\d-]{10}) 00:00:00'\) AND timestamp < toDateTime\('(?<until>[\d-]{10}) 00:00:00'\)`;
const IDLE = String.raw`(?: AND event NOT IN \((?<idle>[^)]*)\))?`;
const LIMIT = String.raw`LIMIT (?<limit>\d+)$`;
const DAY = String.raw`toString\(toDate\(timestamp\)\) AS day`;

const SHAPES: readonly Shape[] = [
  { pattern: /^SELECT 1$/, answer: () => ({ columns: ['1'], results: [[1]] }) },
  {
    pattern:
      /^SELECT toString\(toDate\(min\(timestamp\)\)\) AS day, count\(\) AS n FROM events WHERE timestamp >= toDateTime\('2012-01-01 00:00:00'\)$/,
    answer: (_groups, uses) => {
      const [first] = uses;
      return { columns: ['day', 'n'], results: [[first ? dayOfNumber(first.day) : '1970-01-01', countOf(uses)]] };
    },
  },
  {
    pattern: new RegExp(
      `^SELECT ${DAY}, (?<account>.+) AS account, event, count\\(\\) AS n, uniqExact\\(person_id\\) AS users FROM events WHERE ${SPAN} ` +
        String.raw`GROUP BY day, account, event (?:HAVING \(day, account, event\) > \((?<after>.*)\) )?ORDER BY day, account, event ${LIMIT}`,
    ),
    answer: ({ account = '', after, limit = '', ...span }, uses, properties) => {
      const value = valueOf(account, properties);
      const known = after === undefined ? null : texts(after);
      const rows = grouped(within(span, uses), (use) => [dayOfNumber(use.day), value(use), use.event])
        .filter(({ key }) => known === null || compare(key, known) > 0)
        .map(({ key, uses: of }): Row => [...key, countOf(of), peopleIn(of)]);
      return { columns: ['day', 'account', 'event', 'n', 'users'], results: rows.slice(0, Number(limit)) };
    },
  },
  {
    pattern: new RegExp(
      `^SELECT ${DAY}, (?<account>.+) AS account, count\\(\\) AS n, uniqExact\\(person_id\\) AS users FROM events WHERE ${SPAN}${IDLE} ` +
        `GROUP BY day, account ORDER BY day, account ${LIMIT}`,
    ),
    answer: ({ account = '', idle, limit = '', ...span }, uses, properties) => {
      const value = valueOf(account, properties);
      const rows = grouped(within(span, uses).filter(notIn(idle)), (use) => [dayOfNumber(use.day), value(use)]).map(
        ({ key, uses: of }): Row => [...key, countOf(of), peopleIn(of)],
      );
      return { columns: ['day', 'account', 'n', 'users'], results: rows.slice(0, Number(limit)) };
    },
  },
  {
    pattern: new RegExp(
      `^SELECT ${DAY}, count\\(\\) AS n FROM events WHERE ${SPAN} GROUP BY day ORDER BY day ${LIMIT}`,
    ),
    answer: (span, uses) => ({
      columns: ['day', 'n'],
      results: grouped(within(span, uses), (use) => [dayOfNumber(use.day)]).map(({ key, uses: of }) => [
        ...key,
        countOf(of),
      ]),
    }),
  },
  {
    pattern: new RegExp(
      String.raw`^SELECT toString\((?<period>toDate|toMonday|toStartOfMonth)\(timestamp\)\) AS starts_on, uniqExact\(person_id\) AS users, ` +
        String.raw`uniqExactIf\((?<account>.+), \k<account> != ''\) AS accounts FROM events WHERE ${SPAN}${IDLE} GROUP BY starts_on ORDER BY starts_on ${LIMIT}`,
    ),
    answer: ({ period = '', account = '', idle, ...span }, uses, properties) => {
      const value = valueOf(account, properties);
      const rows = grouped(within(span, uses).filter(notIn(idle)), (use) => [startOf(period, use.day)]);
      return {
        columns: ['starts_on', 'users', 'accounts'],
        results: rows.map(({ key, uses: of }) => [
          ...key,
          peopleIn(of),
          new Set(of.map(value).filter((account_) => account_ !== '')).size,
        ]),
      };
    },
  },
  {
    pattern: new RegExp(
      String.raw`^SELECT day, channel, count\(\) AS visitors FROM \(SELECT person_id, toString\(toDate\(min\(timestamp\)\)\) AS day, ` +
        String.raw`argMin\((?<channel>.+), timestamp\) AS channel FROM events WHERE event = (?<event>'.*') AND timestamp < toDateTime\('(?<until>[\d-]{10}) 00:00:00'\) ` +
        String.raw`GROUP BY person_id\) WHERE day >= '(?<from>[\d-]{10})' GROUP BY day, channel ORDER BY day, channel ${LIMIT}`,
    ),
    answer: ({ channel = '', event = '', from = '', until = '' }, uses, properties) => {
      const value = valueOf(channel, properties);
      const [name] = texts(event);
      const visits = uses.filter((use) => use.event === name && use.day < dayNumber(plainDay(until)));
      const firsts = [...Map.groupBy(visits, ({ person }) => person.id).values()].map(firstOf);
      const rows = grouped(
        firsts.filter(({ day }) => dayOfNumber(day) >= from),
        (use) => [dayOfNumber(use.day), value(use)],
      );
      return { columns: ['day', 'channel', 'visitors'], results: rows.map(({ key, uses: of }) => [...key, of.length]) };
    },
  },
  {
    pattern: new RegExp(
      String.raw`^SELECT (?<account>.+) AS account, max\((?<name>.+)\) AS name, max\((?<domain>.+)\) AS domain, max\((?<billing>.+)\) AS billing_id, ` +
        String.raw`groupUniqArray\((?<email>.+)\) AS emails, argMin\((?<channel>.+), timestamp\) AS channel, toUnixTimestamp\(min\(timestamp\)\) AS first_at, ` +
        String.raw`(?<signUp>.+) AS signed_up_at, (?<activation>.+) AS activated_at FROM events WHERE (?<where>.+) ` +
        String.raw`GROUP BY account HAVING account > (?<after>'.*') ORDER BY account ${LIMIT}`,
    ),
    answer: (groups, uses, properties) => accounts(groups, uses, properties),
  },
  {
    pattern: new RegExp(
      String.raw`^SELECT arrayJoin\(JSONExtractKeys\(properties\)\) AS name, count\(\) AS seen FROM events WHERE timestamp >= toDateTime\('(?<from>[\d-]{10}) 00:00:00'\) ` +
        `GROUP BY name ORDER BY seen DESC, name ${LIMIT}`,
    ),
    answer: ({ from = '' }, uses, properties) => {
      const seen = new Map<string, number>();
      for (const use of uses)
        if (use.day >= dayNumber(plainDay(from)))
          for (const name of Object.keys(properties.event(use))) seen.set(name, (seen.get(name) ?? 0) + use.count);
      const rows = [...seen].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return { columns: ['name', 'seen'], results: rows };
    },
  },
];

const COLUMNS = [
  'account',
  'name',
  'domain',
  'billing_id',
  'emails',
  'channel',
  'first_at',
  'signed_up_at',
  'activated_at',
];

function accounts(groups: Readonly<Record<string, string>>, uses: readonly Use[], properties: PropertiesOf): Answer {
  const of = (name: string): ValueOf => valueOf(groups[name] ?? '', properties);
  const account = of('account');
  const [name, domain, billing, email, channel] = ['name', 'domain', 'billing', 'email', 'channel'].map(of) as [
    ValueOf,
    ValueOf,
    ValueOf,
    ValueOf,
    ValueOf,
  ];
  const passes = condition(groups['where'] ?? '', groups['account'] ?? '', account, uses);
  const [after = ''] = texts(groups['after'] ?? '');
  const rows = grouped(uses.filter(passes), (use) => [account(use)])
    .filter(({ key: [id = ''] }) => id > after)
    .map(({ key: [id = ''], uses: own }): Row => [
      id,
      highest(own, name),
      highest(own, domain),
      highest(own, billing),
      [...new Set(own.map(email))],
      channel(firstOf(own)),
      firstOf(own).at / SECOND_MS,
      stepAt(groups['signUp'] ?? '', own),
      stepAt(groups['activation'] ?? '', own),
    ]);
  return { columns: COLUMNS, results: rows.slice(0, Number(groups['limit'])) };
}

function condition(where: string, expression: string, account: ValueOf, uses: readonly Use[]): Passes {
  if (where === `${expression} != ''`) return (use) => account(use) !== '';
  const since =
    /^(?<left>.+) IN \(SELECT (?<right>.+) FROM events WHERE timestamp >= toDateTime\('(?<from>[\d-]{10}) 00:00:00'\)\)$/.exec(
      where,
    )?.groups;
  if (since !== undefined && since['left'] === expression && since['right'] === expression) {
    const from = dayNumber(plainDay(since['from'] ?? ''));
    const there = new Set(uses.filter(({ day }) => day >= from).map(account));
    return (use) => there.has(account(use));
  }
  if (where.startsWith(`${expression} IN (`) && where.endsWith(')')) {
    const named = new Set(texts(where.slice(expression.length + 5, -1)));
    return (use) => named.has(account(use));
  }
  throw new HogqlRefusal(`Unable to parse the condition: ${where.slice(0, 80)}`);
}

/** `0`, or the first moment of an event; 0 where it never happened. */
function stepAt(expression: string, uses: readonly Use[]): number {
  if (expression === '0') return 0;
  const quoted = /^minIf\(toUnixTimestamp\(timestamp\), event = (?<event>'.*')\)$/.exec(expression)?.groups?.['event'];
  if (quoted === undefined) throw new HogqlRefusal(`Unable to parse: ${expression.slice(0, 80)}`);
  const [event] = texts(quoted);
  const own = uses.filter((use) => use.event === event);
  return own.length === 0 ? 0 : firstOf(own).at / SECOND_MS;
}

const EXPRESSION =
  /^ifNull\(toString\((?:(?<group>\$group_0)|(?<scope>group_0\.properties|person\.properties|properties)\.`(?<name>[^`]+)`)\), ''\)$/;

function valueOf(expression: string, properties: PropertiesOf): ValueOf {
  if (expression === `''`) return () => '';
  if (expression === 'toString(person_id)') return ({ person }) => person.id;
  const parsed = EXPRESSION.exec(expression)?.groups;
  if (parsed === undefined) throw new HogqlRefusal(`Unable to parse: ${expression.slice(0, 80)}`);
  if (parsed['group'] !== undefined) return ({ person }) => person.account?.id ?? '';
  const name = parsed['name'] ?? '';
  const scope = parsed['scope'];
  const part = scope === 'person.properties' ? 'person' : scope === 'properties' ? 'event' : 'group';
  return (use) => properties[part](use)[name] ?? '';
}

/** The texts of a list of literals: `'a', 'b\'s'`. */
function texts(list: string): string[] {
  return [...list.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1'));
}

function within({ from = '', until = '' }: Readonly<Record<string, string>>, uses: readonly Use[]): Use[] {
  const [first, last] = [dayNumber(plainDay(from)), dayNumber(plainDay(until))];
  return uses.filter(({ day }) => day >= first && day < last);
}

function notIn(idle: string | undefined): Passes {
  const names = new Set<string>(idle === undefined ? [] : texts(idle));
  return ({ event }) => !names.has(event);
}

function grouped(uses: readonly Use[], keyOf: (use: Use) => string[]): { key: string[]; uses: Use[] }[] {
  const groups = new Map<string, { key: string[]; uses: Use[] }>();
  for (const use of uses) {
    const key = keyOf(use);
    const id = key.join('\u0000');
    const group = groups.get(id);
    if (group) group.uses.push(use);
    else groups.set(id, { key, uses: [use] });
  }
  return [...groups.values()].toSorted((a, b) => compare(a.key, b.key));
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, text] of a.entries()) {
    const other = b[index] ?? '';
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

function countOf(uses: readonly Use[]): number {
  return uses.reduce((sum, { count }) => sum + count, 0);
}

function peopleIn(uses: readonly Use[]): number {
  return new Set(uses.map(({ person }) => person.id)).size;
}

function firstOf(uses: readonly Use[]): Use {
  return uses.reduce((first, use) => (use.at < first.at ? use : first));
}

function highest(uses: readonly Use[], value: ValueOf): string {
  return uses.reduce((most, use) => (value(use) > most ? value(use) : most), '');
}

function startOf(period: string, day: number): PlainDay {
  if (period === 'toDate') return dayOfNumber(day);
  if (period === 'toMonday') return dayOfNumber(day - ((((day + 3) % 7) + 7) % 7));
  return plainDay(`${dayOfNumber(day).slice(0, 7)}-01`);
}

/** The day of a moment, in days since 1970-01-01. */
export function dayOfMoment(at: number): number {
  return Math.floor(at / DAY_MS);
}
