/**
 * A slow, independent reading of the rules: what a customer paid a year on any
 * day, worked out of its life with whole numbers alone. It shares no code with
 * the ledger, not even calendars, fractions or rates.
 */
import {
  DAY_MINUTES,
  MINUTE,
  START,
  type CustomerLife,
  type Item,
  type LifeCurrency,
  type SubscriptionLife,
} from './life.ts';
import { customersOwn, monthsLater, standingAt, trialEndOf, type Given, type Standing } from './standing.ts';
import { priceIdOf } from './story.ts';

/** An exact fraction, not negative. */
interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

const times = (a: Fraction, num: bigint, den: bigint): Fraction => ({ num: a.num * num, den: a.den * den });
const lessOrNothing = (a: Fraction, b: Fraction): Fraction => {
  const num = a.num * b.den - b.num * a.den;
  return num > 0n ? { num, den: a.den * b.den } : { num: 0n, den: 1n };
};
/** Half away from zero; a negative numerator is allowed here alone. */
export const rounded = ({ num, den }: Fraction): number => {
  const size = num < 0n ? -num : num;
  const value = Number((2n * size + den) / (2n * den));
  return num < 0n ? -value : value;
};

const PER_YEAR: Readonly<Record<Item['interval'], bigint>> = {
  month: 12n,
  quarter: 4n,
  year: 1n,
  week: 52n,
  day: 365n,
};

/** What an item's price bills for its quantity, per period; usage bills nothing that is known beforehand. */
function billed({ unit, model, halves }: Item): Fraction {
  if (model.is === 'usage') return { num: 0n, den: 1n };
  if (model.is === 'unit') return { num: BigInt(unit * 100 + model.hundredths) * BigInt(halves), den: 200n };
  if (model.is === 'package') {
    const packs = Math[model.round === 'up' ? 'ceil' : 'floor'](halves / (2 * model.of));
    return { num: BigInt(unit) * BigInt(packs), den: 1n };
  }
  let below = 0;
  let sum = 0;
  for (const tier of model.tiers) {
    const top = tier.upTo === null ? Infinity : 2 * tier.upTo;
    if (model.is === 'volume') {
      if (halves <= top) return { num: BigInt(tier.unit * halves + 2 * tier.flat), den: 2n };
    } else if (below === 0 || halves > below) {
      sum += tier.unit * (Math.min(halves, top) - below) + 2 * tier.flat;
      below = top;
    }
  }
  return { num: BigInt(sum), den: 2n };
}

/** The discounts that lower the items together: the subscription's, or the customer's while it has none. */
function sharedAt({ given }: Standing, ofCustomer: Given | null, minute: number): readonly Given[] {
  const any = given.some(({ from, until }) => from <= minute && (until === null || minute < until));
  return any || ofCustomer === null ? given : [...given, ofCustomer];
}

const onTrial = ({ trialDays }: Item, anchor: number, minute: number): boolean =>
  trialDays !== null && minute < anchor + trialDays * DAY_MINUTES;

/** What each item bills a year after discounts and without tax, whatever the status. */
function annualsOf(standing: Standing, ofCustomer: Given | null, minute: number): number[] {
  const waits = standing.items.map((item, index) => onTrial(item, standing.anchors[index] ?? 0, minute));
  const amounts = standing.items.map((item, index): Fraction => {
    const amount = waits[index] ? { num: 0n, den: 1n } : billed(item);
    return item.own === null || item.own.elsewhere ? amount : times(amount, BigInt(100 - item.own.percent), 100n);
  });
  for (const given of sharedAt(standing, ofCustomer, minute)) {
    if (given.from > minute) continue;
    const falls = standing.items.map(({ product }) => given.product === null || given.product === product);
    const counts = standing.items.map(
      (item, index) => falls[index] === true && inForce(given, item, standing.anchors[index] ?? 0, minute),
    );
    if (given.percent !== null) {
      const kept = 10_000n - BigInt(Math.round(given.percent * 100));
      for (const [index, amount] of amounts.entries()) if (counts[index]) amounts[index] = times(amount, kept, 10_000n);
      continue;
    }
    // An amount is split by what the items bill per period; each share is the item's own.
    const den = amounts.reduce((all, each) => all * each.den, 1n);
    const total = amounts.reduce((sum, each, index) => sum + (falls[index] ? (each.num * den) / each.den : 0n), 0n);
    if (total === 0n) continue;
    const before = [...amounts];
    for (const [index, amount] of before.entries())
      if (counts[index]) {
        const share = times(amount, BigInt(given.amount ?? 0) * den, total);
        amounts[index] = lessOrNothing(amount, share);
      }
  }
  return amounts.map((amount, index) => {
    const item = standing.items[index];
    const net = item?.tax ? times(amount, 1_000n, BigInt(1_000 + item.tax.tenths)) : amount;
    return rounded(times(net, PER_YEAR[item?.interval ?? 'month'], 1n));
  });
}

/** A lasting discount while it is there; a limited one for its months or, by the year, for the term it was billed with. */
function inForce({ from, until, months, once }: Given, { interval }: Item, anchor: number, minute: number): boolean {
  const there = from <= minute && (until === null || minute < until);
  if (once && interval !== 'year') return false;
  if ((months === null && !once) || interval !== 'year') return there;
  let years = 0;
  while (monthsLater(anchor, 12 * (years + 1)) <= minute) years += 1;
  const term = monthsLater(anchor, 12 * years);
  const lowered = from <= term + 1 && (until === null || until > term);
  return lowered && (!once || from > monthsLater(anchor, 12 * (years - 1)) + 1);
}

interface Moment {
  readonly day: number;
  /** Annual minor units by price. */
  readonly byPrice: ReadonlyMap<string, number>;
  readonly total: number;
  readonly paused: boolean;
}

/** The number of the calendar day, since 1970, of a minute in a zone: as the platform's own calendar tells it. */
export function dayCounter(zone: string): (minute: number) => number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (minute) => Date.parse(`${format.format(START + minute * MINUTE)}T00:00:00Z`) / 86_400_000;
}

export class SubscriptionOracle {
  readonly currency: LifeCurrency;
  readonly #moments: readonly Moment[];

  constructor(life: SubscriptionLife, ofCustomer: Given | null, dayOf: (minute: number) => number) {
    this.currency = life.currency;
    // An amount off is in the currency of whoever has it.
    const shared =
      ofCustomer === null || ofCustomer.currency === life.currency ? ofCustomer : { ...ofCustomer, amount: 0 };
    this.#moments = turningMinutes(life, ofCustomer).flatMap((minute) => {
      const standing = standingAt(life, minute);
      if (!standing) return [];
      const running = standing.status === 'active' || standing.status === 'past_due';
      const counts = running && !standing.paused;
      const byPrice = new Map<string, number>();
      const annuals = counts ? annualsOf(standing, shared, minute) : [];
      for (const [index, annual] of annuals.entries()) {
        const item = standing.items[index];
        if (!item || annual === 0) continue;
        const id = priceIdOf(item, life.currency);
        byPrice.set(id, (byPrice.get(id) ?? 0) + annual);
      }
      const total = annuals.reduce((sum, annual) => sum + annual, 0);
      const paused = standing.status === 'paused' || (running && standing.paused);
      return [{ day: dayOf(minute), byPrice, total, paused }];
    });
  }

  get days(): readonly number[] {
    return this.#moments.map(({ day }) => day);
  }

  /** As at the end of a day; null before it began. */
  on(day: number): Moment | null {
    return this.#moments.findLast((moment) => moment.day <= day) ?? null;
  }
}

/** Every minute at which something may turn, in order. */
function turningMinutes(life: SubscriptionLife, ofCustomer: Given | null): number[] {
  const minutes = new Set([life.start, life.start + (life.incompleteMinutes ?? 0), trialEndOf(life)]);
  const anchors = [life.start, trialEndOf(life)];
  const tried = (items: readonly Item[], from: number) => {
    for (const { trialDays } of items) if (trialDays !== null) minutes.add(from + trialDays * DAY_MINUTES);
  };
  tried(life.items, life.start);
  for (const at of [ofCustomer?.from, ofCustomer?.until]) if (at != null) minutes.add(at);
  for (const { minute, act } of life.events) {
    minutes.add(minute);
    anchors.push(minute);
    if (act.do === 'plan') tried(act.items, minute);
    if ((act.do === 'pause' || act.do === 'leave' || act.do === 'schedule') && act.days !== null) {
      minutes.add(minute + act.days * DAY_MINUTES);
      anchors.push(minute + act.days * DAY_MINUTES);
    }
    if (act.do === 'discount' && act.discount.months !== null) minutes.add(monthsLater(minute, act.discount.months));
  }
  for (const anchor of anchors) for (const years of [1, 2, 3]) minutes.add(monthsLater(anchor, 12 * years));
  return [...minutes].toSorted((a, b) => a - b);
}

export interface OracleMovement {
  readonly day: number;
  readonly kind: string;
  readonly net: number;
}

export class CustomerOracle {
  readonly id: string;
  readonly country: string;
  readonly subscriptions: readonly SubscriptionOracle[];
  /** The days on which anything may have changed, in order. */
  readonly days: readonly number[];
  readonly currencies: readonly LifeCurrency[];

  constructor(life: CustomerLife, dayOf: (minute: number) => number) {
    this.id = life.id;
    this.country = life.country;
    const given = customersOwn(life);
    this.subscriptions = life.subscriptions.map((each) => new SubscriptionOracle(each, given, dayOf));
    this.days = [...new Set(this.subscriptions.flatMap(({ days }) => days))].toSorted((a, b) => a - b);
    this.currencies = [...new Set(this.subscriptions.map(({ currency }) => currency))];
  }

  /** Annual minor units of a currency at the end of a day. */
  level(currency: LifeCurrency, day: number): number {
    let sum = 0;
    for (const each of this.subscriptions) if (each.currency === currency) sum += each.on(day)?.total ?? 0;
    return sum;
  }

  pays(day: number): boolean {
    return this.subscriptions.some((each) => (each.on(day)?.total ?? 0) > 0);
  }

  /** Read off the difference of neighbouring days; of a customer that pays in one currency. */
  movements(): OracleMovement[] {
    const [currency] = this.currencies;
    if (currency === undefined || this.currencies.length > 1) return [];
    let everPaid = false;
    return this.days.flatMap((day) => {
      const before = this.level(currency, day - 1);
      const after = this.level(currency, day);
      const kind = this.#kind(day, before, after, everPaid);
      everPaid ||= after > 0;
      return after === before ? [] : [{ day, kind, net: after - before }];
    });
  }

  #kind(day: number, before: number, after: number, everPaid: boolean): string {
    let lostByPauseOnly = true;
    let wonByResumeOnly = true;
    for (const each of this.subscriptions) {
      const was = each.on(day - 1);
      const is = each.on(day);
      const change = (is?.total ?? 0) - (was?.total ?? 0);
      if (change < 0 && !is?.paused) lostByPauseOnly = false;
      if (change > 0 && !was?.paused) wonByResumeOnly = false;
    }
    if (before === 0) return !everPaid ? 'new' : wonByResumeOnly ? 'resumed' : 'reactivation';
    if (after === 0) return lostByPauseOnly ? 'paused' : 'churn';
    if (after > before) return wonByResumeOnly ? 'resumed' : 'expansion';
    return lostByPauseOnly ? 'paused' : 'contraction';
  }
}

const DECIMALS: Readonly<Record<LifeCurrency, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

/** What a euro cost on each day, in ten-thousandths; another amount each day. */
export type Rates = (currency: LifeCurrency, day: number) => bigint;

/** Cents of an amount in minor units of a currency at a day's rate. */
export function cents(amount: number, currency: LifeCurrency, day: number, rates: Rates): number {
  if (currency === 'USD') return amount;
  return rounded({
    num: BigInt(amount) * rates('USD', day) * 100n,
    den: rates(currency, day) * 10n ** BigInt(DECIMALS[currency]),
  });
}
