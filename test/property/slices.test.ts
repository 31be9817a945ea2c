/**
 * Slices over random lives: whatever a company is cut by, each part's opening and movements are its closing, the parts
 * add up to the whole, kind by kind, and each part's stock is what an independent reading of the lives says.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakdown, bridge, explain, snapshot } from '../../src/main/engine/metrics/index.ts';
import type { Dimension } from '../../src/shared/contract/slice.ts';
import { dayNumber, dayOfNumber, plainDay, startOfDay, UTC } from '../../src/shared/kernel/day.ts';
import { addMs, HOUR_MS } from '../../src/shared/kernel/instant.ts';
import { currencyCode } from '../../src/shared/kernel/currency.ts';
import { company, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';

const RUNS = Number(process.env['VARIO_SLICE_RUNS'] ?? 12);
const CUSTOMERS = 25;
const FIRST = dayNumber(plainDay('2025-01-01'));
const LAST = dayNumber(plainDay('2026-06-30'));
const COUNTRIES = ['DE', 'FR', 'US', null] as const;
const PLANS = ['A', 'B', 'C'] as const;

interface Position {
  readonly plan: (typeof PLANS)[number];
  readonly interval: 'month' | 'year';
  readonly quantity: number;
}
interface Turn {
  readonly day: number;
  readonly status: 'active' | 'canceled' | 'trialing' | 'past_due';
  readonly positions: readonly Position[];
}
interface Life {
  readonly country: (typeof COUNTRIES)[number];
  readonly subscriptions: readonly { readonly currency: 'USD' | 'EUR'; readonly turns: readonly Turn[] }[];
}

const UNIT = { A: 1_900, B: 4_900, C: 9_901 } as const;
const positionArb = fc.record({
  plan: fc.constantFrom(...PLANS),
  interval: fc.constantFrom<Position['interval']>('month', 'month', 'year'),
  quantity: fc.integer({ min: 1, max: 9 }),
});
const subscriptionArb = fc
  .record({
    currency: fc.constantFrom<'USD' | 'EUR'>('USD', 'USD', 'EUR'),
    days: fc.uniqueArray(fc.integer({ min: FIRST + 1, max: LAST - 1 }), { minLength: 1, maxLength: 5 }),
    turns: fc.array(
      fc.record({
        status: fc.constantFrom<Turn['status']>('active', 'active', 'active', 'past_due', 'trialing', 'canceled'),
        positions: fc.uniqueArray(positionArb, {
          minLength: 1,
          maxLength: 3,
          selector: ({ plan, interval }) => `${plan}${interval}`,
        }),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  })
  .map(({ currency, days, turns }) => {
    const sorted = days.toSorted((a, b) => a - b).map((day, index): Turn => ({ ...turns[index]!, day }));
    const end = sorted.findIndex(({ status }) => status === 'canceled');
    return { currency, turns: end < 0 ? sorted : sorted.slice(0, end + 1) };
  })
  .filter(({ turns }) => turns[0]!.status !== 'canceled');
const lifeArb: fc.Arbitrary<Life> = fc.record({
  country: fc.constantFrom(...COUNTRIES),
  subscriptions: fc.array(subscriptionArb, { minLength: 1, maxLength: 3 }),
});

const priceIdOf = ({ plan, interval }: Position, currency: string) => `price_${plan}_${interval}_${currency}`;
const annualOf = ({ plan, interval, quantity }: Position) => UNIT[plan] * quantity * (interval === 'year' ? 1 : 12);

function companyOf(lives: readonly Life[], quoteOn: (day: number) => string): Company {
  const c = company('2026-06-30');
  c.db.transaction(() => {
    for (const plan of PLANS) c.product(`prod_${plan}`, `Plan ${plan}`);
    for (let day = FIRST - 1; day <= LAST; day++) c.rate(dayOfNumber(day), 'USD', quoteOn(day));
    for (const [l, { country, subscriptions }] of lives.entries()) {
      c.customer(`cus_${l}`, country === null ? {} : { country });
      for (const [s, { currency, turns }] of subscriptions.entries()) {
        const start = startOfDay(dayOfNumber(turns[0]!.day), UTC);
        const base = subscription(start, {
          id: `sub_${l}_${s}`,
          customerId: `cus_${l}`,
          currency: currencyCode(currency),
        });
        for (const { day, status, positions } of turns) {
          const moment = addMs(startOfDay(dayOfNumber(day), UTC), day === turns[0]!.day ? 0 : 9 * HOUR_MS);
          const items = positions.map((position) =>
            item(
              price({
                id: priceIdOf(position, currency),
                productId: `prod_${position.plan}`,
                unitAmount: String(UNIT[position.plan]),
                interval: position.interval,
                currency: currencyCode(currency),
              }),
              { id: `si_${l}_${s}_${priceIdOf(position, currency)}`, quantity: String(position.quantity) },
            ),
          );
          const ended = status === 'canceled' ? { canceledAt: moment, endedAt: moment } : {};
          c.see({ ...base, status, items, ...ended }, moment);
        }
      }
    }
  });
  c.recompute();
  return c;
}

/** What a part of the company is worth at the end of a day, in native minor units by currency. */
function worth(
  lives: readonly Life[],
  day: number,
  isIn: (life: Life, position: Position, currency: string) => boolean,
): { annual: Record<string, number>; customers: number } {
  const annual: Record<string, number> = { USD: 0, EUR: 0 };
  let customers = 0;
  for (const life of lives) {
    let pays = false;
    for (const { currency, turns } of life.subscriptions) {
      const turn = turns.findLast((known) => known.day <= day);
      if (!turn || turn.status === 'trialing' || turn.status === 'canceled') continue;
      for (const position of turn.positions)
        if (isIn(life, position, currency)) {
          annual[currency]! += annualOf(position);
          pays = true;
        }
    }
    if (pays) customers += 1;
  }
  return { annual, customers };
}

const CUTS: readonly {
  by: Dimension;
  valueOf: (life: Life, position: Position, currency: string) => string;
}[] = [
  { by: 'plan', valueOf: (_life, { plan }) => `Plan ${plan}` },
  { by: 'product', valueOf: (_life, { plan }) => `prod_${plan}` },
  { by: 'price', valueOf: (_life, position, currency) => priceIdOf(position, currency) },
  { by: 'interval', valueOf: (_life, { interval }) => interval },
  { by: 'currency', valueOf: (_life, _position, currency) => currency },
  { by: 'country', valueOf: ({ country }) => country ?? '' },
];
const KINDS = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'paused', 'resumed', 'fx'] as const;
const PERIODS = [
  [FIRST, LAST],
  [FIRST + 59, FIRST + 89],
  [FIRST + 200, FIRST + 380],
] as const;

const added = (movements: Readonly<Record<string, number | undefined>>) => {
  const { opening = 0, closing = 0, ...moved } = movements;
  return { is: closing, of: opening + Object.values(moved).reduce<number>((sum, amount) => sum + (amount ?? 0), 0) };
};

function expectParts(c: Company, lives: readonly Life[], single: boolean): void {
  for (const [from, to] of PERIODS)
    for (const { by, valueOf } of CUTS) {
      const period = { from: dayOfNumber(from), to: dayOfNumber(to) };
      const whole = bridge(c.db, period, c.context);
      const parts = breakdown(c.db, { ...period, by, offset: 0, limit: 100 }, c.context);
      // The table: every row to its closing, every column to its total, the total to the company.
      for (const { movements } of [...parts.rows, parts.total]) expect(added(movements).of).toBe(added(movements).is);
      for (const column of ['opening', ...KINDS, 'movedIn', 'movedOut', 'closing'] as const)
        expect(parts.rows.reduce((sum, { movements }) => sum + movements[column], 0)).toBe(
          parts.total.movements[column],
        );
      expect(parts.rows.reduce((sum, { arr }) => sum + arr, 0)).toBe(whole.arr.closing);
      expect(parts.total.movements.closing).toBe(whole.mrr.closing);
      expect(parts.total.movements.movedIn + parts.total.movements.movedOut).toBe(0);
      // Each slice by itself.
      const values = new Set(
        lives.flatMap((life) =>
          life.subscriptions.flatMap(({ currency, turns }) =>
            turns.flatMap(({ positions }) => positions.map((position) => valueOf(life, position, currency))),
          ),
        ),
      );
      const sums = new Map<string, number>();
      for (const { value } of parts.rows) {
        expect(values).toContain(value);
        const slice = { where: [{ dimension: by, values: [value!] }] };
        const { arr, mrr, moved } = bridge(c.db, { ...period, slice }, c.context);
        for (const figures of [arr, mrr]) expect(added(figures).of).toBe(added(figures).is);
        expect(moved).not.toBeNull();
        for (const [name, amount] of Object.entries(arr)) sums.set(name, (sums.get(name) ?? 0) + (amount ?? 0));
        const shot = snapshot(c.db, { asOf: period.to, slice }, c.context);
        const truth = worth(lives, to, (...of) => valueOf(...of) === value);
        expect(shot.customers).toBe(truth.customers);
        if (single || truth.annual['EUR'] === 0) expect(shot.arr).toBe(truth.annual['USD']! + truth.annual['EUR']! * 2);
        expect(parts.rows.find((row) => row.value === value)!.customers).toBe(truth.customers);
      }
      // Kind by kind, to the annual minor unit; stocks of two currencies are rounded once per slice.
      for (const kind of KINDS)
        if (kind !== 'fx') expect([by, kind, sums.get(kind) ?? 0]).toEqual([by, kind, whole.arr[kind]]);
      expect((sums.get('movedIn') ?? 0) + (sums.get('movedOut') ?? 0)).toBe(0);
      const off = single ? 0 : parts.rows.length;
      expect(Math.abs((sums.get('closing') ?? 0) - whole.arr.closing)).toBeLessThanOrEqual(off);
    }
}

test('one rate for all days: parts equal the lives, and add up to the whole exactly', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }), (lives) => {
      const c = companyOf(lives, () => '2');
      try {
        expectParts(c, lives, true);
      } finally {
        c.close();
      }
    }),
    { numRuns: RUNS, seed: 11, endOnFailure: true },
  );
});

test('moving rates: parts add up all the same, and constant currency has no FX', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }), (lives) => {
      const c = companyOf(lives, (day) => (1.1 + Math.sin(day / 40) / 9).toFixed(4));
      try {
        expectParts(c, lives, false);
        for (const [from, to] of PERIODS) {
          const period = { from: dayOfNumber(from), to: dayOfNumber(to) };
          for (const constantCurrency of [{}, { at: plainDay('2025-09-09') }]) {
            const whole = bridge(c.db, { ...period, constantCurrency }, c.context);
            expect([whole.arr.fx, whole.mrr.fx]).toEqual([0, 0]);
            expect(added(whole.arr).of).toBe(whole.arr.closing);
            const parts = breakdown(c.db, { ...period, constantCurrency, by: 'plan', offset: 0, limit: 10 }, c.context);
            expect(parts.rows.map(({ movements }) => movements.fx)).toEqual(parts.rows.map(() => 0));
            expect(parts.rows.reduce((sum, { arr }) => sum + arr, 0)).toBe(whole.arr.closing);
          }
        }
      } finally {
        c.close();
      }
    }),
    { numRuns: Math.ceil(RUNS / 2), seed: 12, endOnFailure: true },
  );
});

test('«why»: the rows behind a slice’s figures add up to them', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }), (lives) => {
      const c = companyOf(lives, (day) => (1.1 + Math.sin(day / 40) / 9).toFixed(4));
      try {
        const [from, to] = [dayOfNumber(FIRST + 100), dayOfNumber(FIRST + 400)];
        for (const where of [
          [{ dimension: 'plan' as const, values: ['Plan B'] }],
          [
            { dimension: 'interval' as const, values: ['year'] },
            { dimension: 'country' as const, values: ['DE', 'unknown'] },
          ],
        ]) {
          const slice = { where };
          const { mrr } = bridge(c.db, { from, to, slice }, c.context);
          const shot = snapshot(c.db, { asOf: to, slice }, c.context);
          const why = (metric: string, kind?: 'movedIn' | 'movedOut' | 'expansion' | 'contraction') => {
            const found = explain(c.db, { metric, kind, from, to, slice, limit: 500 }, c.context);
            expect(found.rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(found.total);
            return found.total;
          };
          for (const kind of ['movedIn', 'movedOut', 'expansion', 'contraction'] as const)
            expect(why('movements', kind)).toBe(mrr[kind]);
          expect(why('mrr')).toBe(shot.mrr);
          expect(why('cmrr')).toBe(shot.cmrr);
          expect(why('trialMrr')).toBe(shot.trialMrr);
          expect(why('pastDueMrr')).toBe(shot.pastDueMrr);
          expect(why('customers')).toBe(shot.customers);
          expect(why('trials')).toBe(shot.trials);
        }
      } finally {
        c.close();
      }
    }),
    { numRuns: 4, seed: 13, endOnFailure: true },
  );
});
