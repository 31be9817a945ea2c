/** The ledger over random lives, held against an oracle of its own and against its invariants. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { bridge, rebuild, snapshot, verify } from '../../../src/main/engine/metrics/index.ts';
import { dayNumber, dayOfNumber, timeZone } from '../../../src/shared/kernel/day.ts';
import { company, type Company } from '../../unit/metrics/support/company.ts';
import { companyArb, MINUTE, SPAN_DAYS, START, ZONES, type CustomerLife, type LifeCurrency } from './life.ts';
import { cents, CustomerOracle, dayCounter, type Rates } from './oracle.ts';
import { smallest } from './shrink.ts';
import { customersOwn } from './standing.ts';
import { discountOf, storyOf, type Sighting } from './story.ts';

const FIRST = START / 86_400_000;
const LAST = FIRST + SPAN_DAYS;
/** Days looked at: while things happen, on the last one, and ahead, where only what is scheduled can. */
const LOOKED_AT = [30, 97, 180, 250, 333, 420, 480, SPAN_DAYS, SPAN_DAYS + 20, SPAN_DAYS + 100].map((n) => FIRST + n);

/** Another rate every day, so that exchange rates move every stock. */
const rates: Rates = (currency, day) => {
  const base = { USD: 11_000, EUR: 10_000, JPY: 1_600_000, KWD: 3_400 }[currency];
  const step = (day * 7_919 + currency.charCodeAt(0) * 31) % 97;
  return currency === 'EUR' ? 10_000n : BigInt(base + step * Math.floor(base / 1_000));
};

function storeRates(c: Company): void {
  c.db.transaction(() => {
    for (let day = FIRST - 8; day <= LAST + 130; day++)
      for (const quote of ['USD', 'JPY', 'KWD'] as const)
        c.rate(dayOfNumber(day), quote, (Number(rates(quote, day)) / 10_000).toFixed(4));
  });
}

function store(c: Company, sightings: readonly Sighting[]): void {
  c.db.transaction(() => {
    for (const { body, at } of sightings) c.see(body, at);
  });
}

/** Refunds and payments: they are no recurring revenue, and move none. */
function storePayments(c: Company, lives: readonly CustomerLife[]): void {
  c.db.transaction(() => {
    for (const { id, subscriptions } of lives)
      for (const { minute, act } of subscriptions.flatMap(({ events }) => events))
        if (act.do === 'refund') {
          c.charge(id, 5_000, (START + minute * MINUTE) as never);
          c.refund(2_500, (START + (minute + 1) * MINUTE) as never);
        }
  });
}

interface Summed {
  readonly customer: string;
  readonly price_id: string;
  readonly level: number;
}

/** Levels on days: of the company, and of each customer's every price, which makes those of any plan, currency and country. */
function expectLevels(c: Company, oracles: readonly CustomerOracle[]): void {
  const sums = c.db.prepare<[string], Summed>(
    `SELECT c.name AS customer, m.price_id, sum(m.annual_minor) AS level FROM movement m JOIN customer c USING (customer_id)
     WHERE m.moved_on <= ? GROUP BY m.customer_id, m.price_id HAVING level <> 0`,
  );
  for (const day of LOOKED_AT) {
    const expected = oracles.flatMap(({ id, subscriptions }) => {
      const byPrice = new Map<string, number>();
      for (const each of subscriptions)
        for (const [price, annual] of each.on(day)?.byPrice ?? [])
          byPrice.set(price, (byPrice.get(price) ?? 0) + annual);
      return [...byPrice].map(([price, level]) => `${id} ${price} ${level}`);
    });
    const ours = sums.all(dayOfNumber(day)).map(({ customer, price_id, level }) => `${customer} ${price_id} ${level}`);
    expect(ours.toSorted()).toEqual(expected.toSorted());
    const shot = snapshot(c.db, { asOf: dayOfNumber(day) }, c.context);
    expect([shot.arr, shot.customers]).toEqual([arrOf(oracles, day), oracles.filter((each) => each.pays(day)).length]);
  }
}

const ALL: readonly LifeCurrency[] = ['USD', 'EUR', 'JPY', 'KWD'];

/** Each currency's sum is converted as one. */
function arrOf(oracles: readonly CustomerOracle[], day: number): number {
  const of = (currency: LifeCurrency) => oracles.reduce((sum, each) => sum + each.level(currency, day), 0);
  return ALL.reduce((sum, currency) => sum + cents(of(currency), currency, day, rates), 0);
}

/** Every movement of every customer: its day, its name and its amount. */
function expectMovements(c: Company, oracles: readonly CustomerOracle[]): void {
  const rows = c.db
    .prepare<[], { moved_on: string; name: string; kind: string; net: number }>(
      `SELECT m.moved_on, c.name, m.kind, sum(m.annual_minor) AS net FROM movement m JOIN customer c USING (customer_id)
       WHERE m.kind <> 'transfer' GROUP BY m.customer_id, m.moved_on, m.kind HAVING net <> 0`,
    )
    .all();
  const single = oracles.filter(({ currencies }) => currencies.length === 1);
  const names = new Set(single.map(({ id }) => id));
  const ours = rows
    .filter(({ name }) => names.has(name))
    .map(({ name, moved_on, kind, net }) => `${name} ${moved_on} ${kind} ${net}`);
  const theirs = single.flatMap((each) =>
    each.movements().map(({ day, kind, net }) => `${each.id} ${dayOfNumber(day)} ${kind} ${net}`),
  );
  expect(ours.toSorted()).toEqual(theirs.toSorted());
}

/** Invariant 1 in the reporting currency: opening, movements at the rates of their days, and FX are the closing. */
function expectBridges(c: Company, oracles: readonly CustomerOracle[]): void {
  for (const [from, to] of [
    [FIRST, LAST],
    [FIRST + 100, FIRST + 100],
    [FIRST + 31, FIRST + 200],
  ] as const) {
    const { arr, mrr } = bridge(c.db, { from: dayOfNumber(from), to: dayOfNumber(to) }, c.context);
    for (const { opening, closing, ...moved } of [arr, mrr])
      expect(Object.values(moved).reduce<number>((sum, amount) => sum + (amount ?? 0), opening)).toBe(closing);
    expect([arr.opening, arr.closing]).toEqual([arrOf(oracles, from - 1), arrOf(oracles, to)]);
    let moved = 0;
    for (const each of oracles)
      for (const day of each.days)
        if (day >= from && day <= to)
          for (const currency of each.currencies)
            moved += cents(each.level(currency, day) - each.level(currency, day - 1), currency, day, rates);
    expect(arr.closing - arr.opening - arr.fx).toBe(moved);
  }
}

/** Invariant 2: nobody below zero, and whoever has nothing has a reason. */
function expectReasons(c: Company, oracles: readonly CustomerOracle[]): void {
  const levels = c.db
    .prepare<[], { level: number }>(`SELECT sum(annual_minor) AS level FROM movement GROUP BY customer_id, currency`)
    .all();
  for (const { level } of levels) expect(level).toBeGreaterThanOrEqual(0);
  const standing = c.db
    .prepare<[], { name: string }>(
      `SELECT c.name FROM customer_standing s JOIN customer c USING (customer_id) WHERE s.standing IN ('paying', 'past_due', 'cancelling')`,
    )
    .all();
  const today = dayNumber(c.context.today);
  expect(standing.map(({ name }) => name).toSorted()).toEqual(
    oracles
      .filter((each) => each.pays(today))
      .map(({ id }) => id)
      .toSorted(),
  );
}

function expectCompany(lives: readonly CustomerLife[], zone: string, order: number): void {
  const c = company(dayOfNumber(LAST), { zone: timeZone(zone) });
  try {
    storeRates(c);
    for (const life of lives) {
      const own = customersOwn(life);
      c.customer(life.id, { country: life.country, discounts: own === null ? [] : [discountOf(own, true)] });
    }
    const oracles = lives.map((life) => new CustomerOracle(life, dayCounter(zone)));
    const sightings = lives.flatMap(({ id, subscriptions }) => subscriptions.flatMap((life) => storyOf(id, life)));
    // Facts come in any order, in three batches, the middle one twice.
    const next = numbers(order);
    const shuffled = sightings
      .map((sighting) => ({ sighting, key: next() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ sighting }) => sighting);
    const third = Math.ceil(shuffled.length / 3);
    const middle = shuffled.slice(third, 2 * third);
    for (const batch of [shuffled.slice(0, third), middle, middle, shuffled.slice(2 * third)]) {
      store(c, batch);
      c.recompute();
    }
    storePayments(c, lives);
    expectLevels(c, oracles);
    expectMovements(c, oracles);
    expectBridges(c, oracles);
    expectReasons(c, oracles);
    // Invariant 3: step by step is the same as all at once; invariant 4: nothing moves without new facts.
    expect(verify(c.db, c.context).differences).toEqual([]);
    expect(rebuild(c.db, c.context)).toMatchObject({ added: 0, reversed: 0 });
    store(c, shuffled);
    expect(c.recompute()).toMatchObject({ added: 0, reversed: 0 });
  } finally {
    c.close();
  }
}

/** How many lives, of which seed (null: a new one), and whether a company that fails is made small, which takes a while. */
export interface LivesRun {
  readonly lives: number;
  readonly perCompany: number;
  readonly seed: number | null;
  readonly makesSmall: boolean;
}

/** Throws what fails: «Property failed after n tests», its seed, and as its cause the assertion. */
export function expectLives({ lives, perCompany, seed, makesSmall }: LivesRun): void {
  fc.assert(
    fc.property(companyArb(perCompany), fc.constantFrom(...ZONES), fc.nat(), (company, zone, order) => {
      const failure = (some: readonly CustomerLife[]) => failureOf(() => expectCompany(some, zone, order));
      const cause = failure(company);
      if (cause === null) return;
      const small = makesSmall ? smallest(company, (some) => failure(some) !== null) : company;
      throw new Error(`In ${zone}, facts ordered by ${order}, fails: ${JSON.stringify(small)}`, {
        cause: failure(small) ?? cause,
      });
    }),
    // What fails is made small above: whole companies take too long.
    { numRuns: Math.ceil(lives / perCompany), endOnFailure: true, ...(seed !== null && { seed }) },
  );
}

function failureOf(check: () => void): unknown {
  try {
    check();
    return null;
  } catch (error) {
    return error;
  }
}

/** Reproducible numbers: a linear congruential generator. */
function numbers(seed: number): () => number {
  let state = seed % 2_147_483_647 || 1;
  return () => (state = (state * 48_271) % 2_147_483_647);
}
