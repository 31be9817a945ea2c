/**
 * Customers are searched and sorted in packed columns. Whatever their names, what is found, and in which order, is what
 * a plain pass over the texts gives, also after the ledger has changed.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { customers, findCustomers } from '../../src/main/engine/metrics/index.ts';
import { isNearWordIn, nearWordTest, unaccented } from '../../src/main/engine/metrics/customers/near-words.ts';
import { orderByNumber } from '../../src/main/engine/metrics/customers/orders.ts';
import { TextsBuilder } from '../../src/main/engine/metrics/customers/customer-texts.ts';
import { at, company, item, price, subscription, type Company } from '../unit/metrics/support/company.ts';

const letter = fc.constantFrom(...Array.from('aabbcc dé-øü1日😀'));
const name = fc.string({ unit: letter, minLength: 1, maxLength: 12 });
const people = fc.array(fc.record({ name, email: fc.option(fc.string({ unit: letter, maxLength: 8 })) }), {
  maxLength: 30,
});
const typed = fc.string({ unit: letter, minLength: 1, maxLength: 5 });

test('letters are found where a plain pass finds them, and nowhere else', () => {
  fc.assert(
    fc.property(people, typed, (all, letters) => {
      const builder = new TextsBuilder();
      for (const one of all) builder.add(one.name, one.email);
      const texts = builder.texts();
      const plain = all.map((one) => unaccented(`${one.name}\u0000${one.email ?? ''}`));
      const wanted = unaccented(letters);
      const bytes = Buffer.from(wanted);
      expect([...texts.having(wanted)]).toEqual(plain.map((text) => Number(text.includes(wanted))));
      const near = texts.nearTest(wanted);
      const nearPlain = nearWordTest(wanted);
      for (const [position, text] of plain.entries()) {
        expect(texts.begins(position, bytes)).toBe(text.startsWith(wanted));
        const found = text.indexOf(wanted);
        const before = text.charCodeAt(found - 1);
        const isWord = (before >= 97 && before <= 122) || (before >= 48 && before <= 57) || before > 127;
        expect(texts.beginsWord(position, bytes)).toBe(found === 0 || (found > 0 && !isWord));
        expect(near?.(position)).toBe(nearPlain?.(text));
      }
    }),
    { numRuns: 400 },
  );
});

test('one slip in plain bytes is one slip in the text', () => {
  const plain = fc.string({ unit: fc.constantFrom(...Array.from('abc d-1')), maxLength: 14 });
  fc.assert(
    fc.property(
      plain,
      fc.string({ unit: fc.constantFrom(...Array.from('abcd1')), minLength: 4, maxLength: 7 }),
      (text, word) => {
        const bytes = Buffer.from(`${text}abc`);
        expect(isNearWordIn(bytes, 0, text.length, Buffer.from(word))).toBe(nearWordTest(word)?.(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('numbers are ordered as a comparing sort orders them: empty last, equals by position', () => {
  const value = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(Number.NaN, 0.5, 2 ** 52, -(2 ** 52)),
    fc.maxSafeInteger(),
  );
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 40 }),
      fc.constantFrom('asc' as const, 'desc' as const),
      (all, direction) => {
        const sign = direction === 'asc' ? 1 : -1;
        const plain = all
          .map((_, position) => position)
          .sort((a, b) => {
            const [first = 0, second = 0] = [all[a], all[b]];
            if (Number.isNaN(first) || Number.isNaN(second))
              return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
            return sign * (first - second);
          });
        expect([...orderByNumber(Float64Array.from(all), direction)]).toEqual(plain);
      },
    ),
    { numRuns: 400 },
  );
});

let c: Company;
beforeAll(() => {
  c = company('2026-06-30');
});
afterAll(() => c.close());

function sell(customerId: string, called: string, unitAmount: string): void {
  c.customer(customerId, { name: called });
  const items = [item(price({ id: `p_${customerId}`, unitAmount }), { id: `si_${customerId}` })];
  c.see(subscription(at('2026-05-10'), { id: `sub_${customerId}`, customerId, items }), at('2026-05-10'));
  c.recompute();
}

const names = (over: Partial<Parameters<typeof customers>[1]> = {}) =>
  customers(c.db, { sort: 'mrr', direction: 'desc', offset: 0, limit: 10, ...over }, c.context).rows.map(
    (row) => row.name,
  );

test('a customer who came, or pays more, is found in its new place at once', () => {
  sell('ada', 'Ädelweiß', '5000');
  sell('bea', 'Edelstahl', '7000');
  expect(names({ search: 'EDEL' })).toEqual(['Edelstahl']);
  expect(names({ search: 'adel' })).toEqual(['Ädelweiß']);
  expect(names()).toEqual(['Edelstahl', 'Ädelweiß']);
  c.db.run(c.db.build.updateTable('customer').set({ name: 'Edelweiß' }).where('name', '=', 'Ädelweiß'));
  sell('cid', 'Edeltraud', '6000');
  expect(names({ search: 'edel' })).toEqual(['Edelstahl', 'Edeltraud', 'Edelweiß']);
  expect(names({ sort: 'name', direction: 'asc' })).toEqual(['Edelstahl', 'Edeltraud', 'Edelweiß']);
  expect(findCustomers(c.db, { query: 'edeltruad', limit: 5 }, c.context).rows.map((row) => row.name)).toEqual([
    'Edeltraud',
  ]);
});
