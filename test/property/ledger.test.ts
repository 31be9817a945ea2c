/** The ledger's invariants over random lives, held against an oracle of its own. VARIO_LIVES sets how many (600). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bridge, rebuild, snapshot, verify, type MetricsContext } from '../../src/main/engine/metrics/index.ts';
import { dayNumber, dayOfNumber, plainDay, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import { addMs, HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { company, coupon, discount, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';
import type { Subscription } from '../../src/main/engine/domain/index.ts';
import { annualOf, levelsOn, movementsOf, type CustomerLife, type LifeState, type SubscriptionLife } from './oracle.ts';

const LIVES = Number(process.env['VARIO_LIVES'] ?? 600);
const LIVES_PER_RUN = 60;
const FIRST = dayNumber(plainDay('2025-01-01'));
const LAST = dayNumber(plainDay('2026-06-30'));
/** Euros per quote; JPY has no minor unit. */
const RATES = { USD: '1.25', JPY: '160' } as const;

const stateArb = fc.record({
  status: fc.constantFrom<LifeState['status']>(
    'active',
    'active',
    'active',
    'active',
    'past_due',
    'trialing',
    'unpaid',
  ),
  paused: fc.constantFrom(false, false, false, true),
  unit: fc.integer({ min: 0, max: 50_000 }),
  quantity: fc.integer({ min: 1, max: 12 }),
  interval: fc.constantFrom<LifeState['interval']>('month', 'month', 'year', 'week'),
  percentOff: fc.constantFrom(0, 0, 0, 15, 33, 100),
});

function subscriptionArb(currency: SubscriptionLife['currency']): fc.Arbitrary<Omit<SubscriptionLife, 'id'>> {
  return fc
    .record({
      days: fc.uniqueArray(fc.integer({ min: FIRST + 1, max: LAST - 1 }), { minLength: 1, maxLength: 6 }),
      states: fc.array(stateArb, { minLength: 6, maxLength: 6 }),
      ends: fc.boolean(),
    })
    .map(({ days, states, ends }) => ({
      currency,
      states: days
        .toSorted((a, b) => a - b)
        .map((day, index, all): LifeState => {
          const state = states[index]!;
          const last = index === all.length - 1 && index > 0;
          return { ...state, day, status: last && ends ? 'canceled' : state.status };
        }),
    }));
}

const customerArb = fc.constantFrom<SubscriptionLife['currency']>('USD', 'USD', 'EUR', 'JPY').chain((currency) => {
  // Now and then a customer pays in two currencies.
  const other = fc.constantFrom(currency, currency, currency, 'EUR' as const);
  return fc.array(other.chain(subscriptionArb), { minLength: 1, maxLength: 3 });
});

const companyArb = fc.array(customerArb, { minLength: LIVES_PER_RUN, maxLength: LIVES_PER_RUN }).map((customers) =>
  customers.map((subscriptions, c): CustomerLife => ({
    id: `cus_${c}`,
    subscriptions: subscriptions.map((life, s) => ({ ...life, id: `sub_${c}_${s}` })),
  })),
);

interface Sighting {
  readonly body: Subscription;
  readonly day: number;
}

/** The facts of the lives: each state seen as an event at an hour of its day. */
function sightingsOf(lives: readonly CustomerLife[]): Sighting[] {
  return lives.flatMap((customer) =>
    customer.subscriptions.flatMap((life) => {
      const start = startOfDay(dayOfNumber(life.states[0]!.day), UTC);
      const base = subscription(start, { id: life.id, customerId: customer.id, currency: currencyCode(life.currency) });
      return life.states.map((state): Sighting => {
        const moment = addMs(
          startOfDay(dayOfNumber(state.day), UTC),
          state.day === life.states[0]!.day ? 0 : 9 * HOUR_MS,
        );
        const off = discount(coupon({ percentOff: String(state.percentOff) }), moment);
        return {
          day: state.day,
          body: {
            ...base,
            status: state.status,
            ...(state.status === 'canceled' && { canceledAt: moment, endedAt: moment }),
            pause: state.paused ? { behavior: 'void', since: null, resumesAt: null } : null,
            discounts: state.percentOff > 0 ? [off] : [],
            items: [
              item(
                price({
                  id: `price_${state.unit}_${state.interval}_${life.currency}`,
                  unitAmount: String(state.unit),
                  interval: state.interval,
                  currency: currencyCode(life.currency),
                }),
                { id: `si_${life.id}`, quantity: String(state.quantity) },
              ),
            ],
          },
        };
      });
    }),
  );
}

function store(c: Company, sightings: readonly Sighting[]): void {
  c.db.transaction(() => {
    for (const { body, day } of sightings) {
      const hour = body.startedAt === startOfDay(dayOfNumber(day), UTC) ? 0 : 9 * HOUR_MS;
      c.see(body, addMs(startOfDay(dayOfNumber(day), UTC), hour));
    }
  });
}

function withRates(c: Company): void {
  c.db.transaction(() => {
    for (let day = FIRST - 1; day <= LAST; day++)
      for (const [quote, rate] of Object.entries(RATES)) c.rate(dayOfNumber(day), quote, rate);
  });
}

/** US cents of an amount of minor units, as the oracle converts it: rates do not move here, so that FX must be 0. */
function cents(annual: number, currency: string): number {
  if (currency === 'USD') return annual;
  return currency === 'EUR' ? Math.round(annual * 1.25) : Math.round((annual * 100 * 1.25) / 160);
}

function expectOracle(c: Company, lives: readonly CustomerLife[], context: MetricsContext): void {
  for (const day of [FIRST + 40, FIRST + 180, FIRST + 365, LAST]) {
    const native = new Map<string, number>();
    let paying = 0;
    for (const life of lives) {
      const levels = levelsOn(life, day);
      if ([...levels.values()].some((level) => level > 0)) paying += 1;
      for (const [currency, level] of levels) native.set(currency, (native.get(currency) ?? 0) + level);
    }
    const expected = [...native].reduce((sum, [currency, annual]) => sum + cents(annual, currency), 0);
    const shot = snapshot(c.db, { asOf: dayOfNumber(day) }, context);
    expect([shot.arr, shot.customers]).toEqual([expected, paying]);
  }
  const single = lives.filter(({ subscriptions }) => new Set(subscriptions.map(({ currency }) => currency)).size === 1);
  const rows = c.db
    .prepare<[], { moved_on: string; name: string; kind: string; net: number }>(
      `SELECT m.moved_on, c.name, m.kind, sum(m.annual_minor) AS net FROM movement m JOIN customer c USING (customer_id)
       WHERE m.kind <> 'transfer' GROUP BY m.customer_id, m.moved_on, m.kind HAVING net <> 0`,
    )
    .all();
  const names = new Set(single.map(({ id }) => id));
  const ours = rows
    .filter(({ name }) => names.has(name))
    .map((row) => `${row.name} ${row.moved_on} ${row.kind} ${row.net}`);
  const theirs = single
    .flatMap((life) => movementsOf(life, FIRST, LAST))
    .map((row) => `${row.customer} ${dayOfNumber(row.day)} ${row.kind} ${row.net}`);
  expect(ours.toSorted()).toEqual(theirs.toSorted());
}

/** Invariant 1: opening and movements are closing, annually and as shown, for any period. */
function expectSums(c: Company, context: MetricsContext): void {
  for (const [from, to] of [
    [FIRST, LAST],
    [FIRST + 100, FIRST + 100],
    [FIRST + 31, FIRST + 200],
  ] as const) {
    const { arr, mrr } = bridge(c.db, { from: dayOfNumber(from), to: dayOfNumber(to) }, context);
    for (const { opening, closing, ...moved } of [arr, mrr])
      expect(opening + Object.values(moved).reduce((a, b) => a + b, 0)).toBe(closing);
  }
}

/** Invariant 2: no customer below zero, and none at zero while a state of it counts. */
function expectNoneNegative(c: Company, lives: readonly CustomerLife[]): void {
  const levels = c.db
    .prepare<[], { level: number }>(`SELECT sum(annual_minor) AS level FROM movement GROUP BY customer_id, currency`)
    .all();
  for (const { level } of levels) expect(level).toBeGreaterThanOrEqual(0);
  const counting = lives.filter((life) => life.subscriptions.some(({ states }) => annualOf(states.at(-1)!) > 0)).length;
  const standing = c.db
    .prepare<[], { n: number }>(`SELECT count(*) AS n FROM customer_standing WHERE standing IN ('paying', 'past_due')`)
    .first();
  expect(standing?.n).toBe(counting);
}

test('random lives: the ledger agrees with the oracle and keeps its invariants', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(companyArb, fc.infiniteStream(fc.nat()), (lives, order) => {
      const c = company('2026-06-30');
      try {
        withRates(c);
        const sightings = sightingsOf(lives);
        // Facts come in any order, in three batches, the middle one twice.
        const shuffled = sightings
          .map((sighting) => ({ sighting, key: order.next().value as number }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ sighting }) => sighting);
        const third = Math.ceil(shuffled.length / 3);
        const batches = [
          shuffled.slice(0, third),
          shuffled.slice(third, 2 * third),
          shuffled.slice(third, 2 * third),
          shuffled.slice(2 * third),
        ];
        for (const batch of batches) {
          store(c, batch);
          c.recompute();
        }
        expectOracle(c, lives, c.context);
        expectSums(c, c.context);
        expectNoneNegative(c, lives);
        // Invariant 3: step by step is the same as all at once; invariant 4: nothing moves without new facts.
        expect(verify(c.db, c.context).differences).toEqual([]);
        expect(rebuild(c.db, c.context)).toMatchObject({ added: 0, reversed: 0 });
        store(c, shuffled);
        expect(c.recompute()).toMatchObject({ added: 0, reversed: 0 });
      } finally {
        c.close();
      }
    }),
    { numRuns: Math.ceil(LIVES / LIVES_PER_RUN), endOnFailure: true },
  );
});
