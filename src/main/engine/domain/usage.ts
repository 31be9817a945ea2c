/** What customers do in the product, in normal form: accounts, and what they did rolled up per event and day. Never a single event. */
import { dayNumber, dayOfNumber, type PlainDay } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';

/** Who uses the product: the value of the property that is mapped to the customer. The empty id is nobody in particular. */
export interface ProductAccount {
  readonly id: string;
  readonly name: string | null;
  readonly domain: string | null;
  /** In lower case, at most twenty. */
  readonly emails: readonly string[];
  /** The billing system's id of the same customer, where a property holds it. */
  readonly billingCustomerId: string | null;
  /** Where its first person came from. */
  readonly channel: string | null;
  readonly firstSeenAt: Instant | null;
  readonly signedUpAt: Instant | null;
  readonly activatedAt: Instant | null;
}

export interface UsageCount {
  readonly day: PlainDay;
  readonly account: string;
  /** Null: anything that counts as use, each person once. */
  readonly event: string | null;
  readonly count: number;
  /** Distinct people. */
  readonly users: number;
}

/** People by the day of their very first visit and where they came from, as a source counts them: all from `firstOn` to `lastOn`. */
export interface FirstVisits {
  readonly firstOn: PlainDay;
  readonly lastOn: PlainDay;
  readonly visits: readonly { readonly day: PlainDay; readonly channel: string; readonly visitors: number }[];
}

/** A person of whom nothing is kept but a hash. */
export interface Visitor {
  readonly visitor: number;
  readonly seenAt: Instant;
  readonly channel: string;
}

/** Who was there on a day, as sketches in text form. */
export interface ActiveSketch {
  readonly day: PlainDay;
  readonly users: string;
  readonly accounts: string;
}

/** What a source reads and replaces as a whole: a day of events, or a day of uploads. */
export interface UsageBatch {
  readonly name: string;
  readonly firstOn: PlainDay;
  readonly lastOn: PlainDay;
  /** How many events it was rolled up from. */
  readonly events: number;
  readonly counts: readonly UsageCount[];
  /** Where the source gives single events: seen in this batch, to be put together with what is known. */
  readonly visitors: readonly Visitor[];
  readonly accounts: readonly ProductAccount[];
  readonly sketches: readonly ActiveSketch[];
  /** True for the first batch of a new listing: steps and visitors known before count no more. */
  readonly begins: boolean;
}

export interface ActiveUsers {
  readonly period: 'day' | 'week' | 'month';
  /** Its first day; weeks begin on Monday. */
  readonly startsOn: PlainDay;
  readonly users: number;
  readonly accounts: number;
}

/** A property that events carry, for the founder to choose from. */
export interface EventProperty {
  readonly name: string;
  /** In how many of the events looked at. */
  readonly seen: number;
}

/** The Monday of a day's week (ISO 8601). Day 0 was a Thursday. */
export function mondayOf(day: PlainDay): PlainDay {
  const number = dayNumber(day);
  return dayOfNumber(number - ((((number + 3) % 7) + 7) % 7));
}

/** The facts of product analytics. */
export type UsageFact =
  | { readonly kind: 'product_account'; readonly value: ProductAccount }
  | { readonly kind: 'usage_batch'; readonly value: UsageBatch }
  | { readonly kind: 'active_users'; readonly value: ActiveUsers }
  | { readonly kind: 'first_visits'; readonly value: FirstVisits }
  | { readonly kind: 'event_property'; readonly value: EventProperty };
