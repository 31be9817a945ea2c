/**
 * Rolls single events up while they stream by. What is held grows with the
 * accounts, people and events of a batch and with a hash per event, never
 * with what an event carries.
 */
import type { PlainDay } from '../../../../shared/kernel/day.ts';
import { distinctSketch, hash53, type DistinctSketch } from '../../domain/index.ts';
import { seenHashes } from './seen-hashes.ts';
import type { UsageBatchRecord } from './usage-types.ts';

/** An event as the rollup needs it, whichever vendor it came from. */
export interface SeenEvent {
  /** What tells it apart from every other: a second one like it is left out. */
  readonly identity: string;
  readonly name: string;
  readonly day: PlainDay;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly person: string;
  /** Empty for nobody in particular. */
  readonly account: string;
  readonly accountName: string | null;
  readonly domain: string | null;
  readonly email: string | null;
  readonly billingCustomerId: string | null;
  readonly channel: string | null;
}

export interface Steps {
  readonly visited: string;
  readonly signUp: string;
  readonly activation: string;
  readonly idle: ReadonlySet<string>;
}

export interface Rollup {
  add(event: SeenEvent): void;
  /** Events counted, without repeated ones. */
  readonly events: number;
  /** @param firstOn and `lastOn` are the days of the batch where nothing was seen. */
  record(name: string, firstOn: PlainDay, lastOn: PlainDay, begins: boolean): UsageBatchRecord;
}

interface Tally {
  readonly number: number;
  count: number;
  users: number;
}

type Account = UsageBatchRecord['accounts'][number];

const MOST_EMAILS = 20;

/** What to call a channel of which nothing is known. */
export const NO_CHANNEL = '';

export function usageRollup(steps: Steps): Rollup {
  const seen = seenHashes();
  // Who did what: one table for all tallies, because most of them are met by few people.
  const people = seenHashes();
  const tallies = new Map<string, Tally>();
  const accounts = new Map<string, Account>();
  const visitors = new Map<number, { seenAt: number; channel: string }>();
  const sketches = new Map<PlainDay, { users: DistinctSketch; accounts: DistinctSketch }>();
  let events = 0;

  function count(day: PlainDay, account: string, event: string | null, person: number): void {
    const key = JSON.stringify([day, account, event]);
    const tally = tallies.get(key) ?? { number: tallies.size, count: 0, users: 0 };
    tallies.set(key, tally);
    tally.count += 1;
    if (people.add(hash53(`${tally.number} ${person}`))) tally.users += 1;
  }

  function active({ day, person, account }: SeenEvent): void {
    const sketch = sketches.get(day) ?? { users: distinctSketch(), accounts: distinctSketch() };
    sketches.set(day, sketch);
    sketch.users.add(person);
    if (account !== '') sketch.accounts.add(account);
  }

  function visit({ at, channel }: SeenEvent, person: number): void {
    const known = visitors.get(person);
    if (known === undefined || at < known.seenAt) visitors.set(person, { seenAt: at, channel: channel ?? NO_CHANNEL });
  }

  return {
    get events() {
      return events;
    },
    add(event) {
      const identity = hash53(event.identity);
      if (!seen.add(identity)) return;
      events += 1;
      const person = hash53(event.person);
      count(event.day, event.account, event.name, person);
      if (event.name === steps.visited) visit(event, person);
      if (!steps.idle.has(event.name)) {
        count(event.day, event.account, null, person);
        active(event);
      }
      if (event.account !== '') accounts.set(event.account, withEvent(accounts.get(event.account), event, steps));
    },
    record: (name, firstOn, lastOn, begins) => {
      const counts = [...tallies].map(([key, tally]) => countOf(key, tally));
      const days = counts.map(({ day }) => day);
      return {
        id: name,
        firstOn: [firstOn, ...days].toSorted()[0] ?? firstOn,
        lastOn: [lastOn, ...days].toSorted().at(-1) ?? lastOn,
        events,
        counts: counts.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        visitors: [...visitors].toSorted(([a], [b]) => a - b).map(([visitor, rest]) => ({ visitor, ...rest })),
        accounts: [...accounts.values()]
          .map((account) => ({ ...account, emails: account.emails.toSorted() }))
          .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        sketches: [...sketches]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([day, sketch]) => ({ day, users: sketch.users.text(), accounts: sketch.accounts.text() })),
        begins,
      };
    },
  };
}

function countOf(key: string, { count, users }: Tally): UsageBatchRecord['counts'][number] {
  const [day, account, event]: [string, string, string | null] = JSON.parse(key);
  return { day, account, event, count, users };
}

/** The account with one event more: the first of every step, and the channel of the first event. */
function withEvent(known: Account | undefined, event: SeenEvent, steps: Steps): Account {
  const account: Account = known ?? {
    id: event.account,
    name: null,
    domain: null,
    emails: [],
    billingCustomerId: null,
    channel: event.channel,
    firstSeenAt: event.at,
    signedUpAt: null,
    activatedAt: null,
  };
  const isFirst = event.at < (account.firstSeenAt ?? Number.POSITIVE_INFINITY);
  const emails = account.emails;
  if (event.email !== null && emails.length < MOST_EMAILS && !emails.includes(event.email)) emails.push(event.email);
  return {
    ...account,
    name: event.accountName ?? account.name,
    domain: event.domain ?? account.domain,
    emails,
    billingCustomerId: event.billingCustomerId ?? account.billingCustomerId,
    channel: isFirst ? (event.channel ?? account.channel) : (account.channel ?? event.channel),
    firstSeenAt: isFirst ? event.at : account.firstSeenAt,
    signedUpAt: event.name === steps.signUp ? earlier(account.signedUpAt, event.at) : account.signedUpAt,
    activatedAt: event.name === steps.activation ? earlier(account.activatedAt, event.at) : account.activatedAt,
  };
}

function earlier(known: number | null, at: number): number {
  return known === null ? at : Math.min(known, at);
}
