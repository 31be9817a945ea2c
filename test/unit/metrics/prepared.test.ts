/** What is prepared while nobody asks is what the next question needs, and changes no answer. */
import { afterEach, expect, test } from 'vitest';
import { customers, PREPARED, snapshot } from '../../../src/main/engine/metrics/index.ts';
import type { ReadDb } from '../../../src/main/engine/store/index.ts';
import { plainDay } from '../../../src/shared/kernel/day.ts';
import { at, company, item, price, subscription, type Company } from './support/company.ts';

let c: Company;
afterEach(() => c.close());

const DAY = plainDay('2026-06-30');
const SLICE = { where: [{ dimension: 'price' as const, values: ['p_a'] }] };

/** Part of the query with which a ledger under another policy begins. */
const WHO_IS_AFFECTED = `instr(body, '"p":1')`;

/** A connection of its own for what is remembered, which notes what is read. */
function noting(db: ReadDb): { db: ReadDb; read: () => string } {
  const texts: string[] = [];
  const noted = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (name === 'prepare') texts.push(String(given[0]));
        return Reflect.apply(value, target, given);
      };
    },
  });
  return { db: noted, read: () => texts.splice(0).join('\n') };
}

function see(customerId: string, priceId: string, amount: string, day: string): void {
  const items = [item(price({ id: priceId, unitAmount: amount }), { id: `si_${customerId}` })];
  c.see(subscription(at('2026-05-10'), { id: `sub_${customerId}`, customerId, items }), at(day));
  c.recompute();
}

const prepareAll = (db: ReadDb): void => {
  for (const { make } of PREPARED) make(db, c.context);
};

test('a filtered figure and a search read no customer any more', () => {
  c = company('2026-06-30');
  see('ada', 'p_a', '10000', '2026-05-10');
  see('bea', 'p_b', '5000', '2026-05-11');
  const { db, read } = noting(c.db);
  prepareAll(db);
  expect(read()).toMatch(/customer_block[\s\S]*state_block[\s\S]*customer_standing/);

  const sliced = snapshot(db, { asOf: DAY, slice: SLICE }, c.context);
  const page = { sort: 'name', direction: 'asc', offset: 0, limit: 10 } as const;
  const found = customers(db, { ...page, search: 'a' }, c.context);
  // Of the customers only those on the page are read.
  expect(read()).not.toMatch(/customer_block|state_block|ORDER BY c\.customer_id/);
  const plain = noting(c.db);
  expect(sliced).toEqual(snapshot(plain.db, { asOf: DAY, slice: SLICE }, c.context));
  expect(found).toEqual(customers(plain.db, { ...page, search: 'a' }, c.context));
});

test('a ledger under another policy that was asked for is computed again when the ledger has changed, else not', () => {
  c = company('2026-06-30');
  see('ada', 'p_a', '10000', '2026-05-10');
  const { db, read } = noting(c.db);
  const asked = { asOf: DAY, policy: 'stripe' } as const;
  snapshot(db, asked, c.context);
  see('ada', 'p_a', '20000', '2026-06-10');
  read();
  prepareAll(db);
  expect(read()).toContain(WHO_IS_AFFECTED);
  const renewed = snapshot(db, asked, c.context);
  expect(read()).not.toContain(WHO_IS_AFFECTED);
  expect(renewed).toEqual(snapshot(noting(c.db).db, asked, c.context));

  // Asked for once more; then through two changes not any more.
  for (const [amount, isRenewed] of [
    ['30000', true],
    ['40000', false],
  ] as const) {
    see('ada', 'p_a', amount, '2026-06-20');
    read();
    prepareAll(db);
    expect(read().includes(WHO_IS_AFFECTED), amount).toBe(isRenewed);
  }
});

test('what was asked for is held also when the ledger has changed since', () => {
  c = company('2026-06-30');
  see('ada', 'p_a', '10000', '2026-05-10');
  const { db } = noting(c.db);
  const held = () => PREPARED.filter(({ isHeld }) => isHeld(db)).length;
  const before = held();
  snapshot(db, { asOf: DAY, slice: SLICE }, c.context);
  see('ada', 'p_a', '20000', '2026-06-10');
  expect(held()).toBeGreaterThan(before);
  expect(before).toBeLessThan(PREPARED.length);
});

test('before there is a ledger nothing fails', () => {
  c = company('2026-06-30');
  expect(() => prepareAll(noting(c.db).db)).not.toThrow();
});
