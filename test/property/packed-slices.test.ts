/**
 * What parts of the company are read from in one pass: packed levels, and what discounts take off by price. Both are held
 * against the plain way over random companies.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POLICIES, policyOf, snapshot } from '../../src/main/engine/metrics/index.ts';
import { valueState } from '../../src/main/engine/metrics/core/valuation.ts';
import { itemsGiven } from '../../src/main/engine/metrics/discounts/span-parts.ts';
import { allSpans, stateReader } from '../../src/main/engine/metrics/discounts/spans.ts';
import { levelsOf, type LevelChanges, type LevelColumns } from '../../src/main/engine/metrics/ledger/customer-block.ts';
import { plainDay } from '../../src/shared/kernel/day.ts';
import { company } from '../unit/metrics/support/company.ts';
import { companyArb, settle, TODAY } from './policy-lives.ts';

const COMPANIES = Number(process.env['VARIO_COMPANIES'] ?? 12);

type Change = readonly [customer: number, day: number, currency: number, annual: number];
const changesArb = fc
  .array(fc.tuple(fc.nat(3), fc.nat(4), fc.nat(2), fc.integer({ min: -2, max: 2 })), { maxLength: 40 })
  .map((rows) => rows.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));

function columnsOf(rows: readonly Change[]): LevelChanges {
  const [customers, days, currencies] = [0, 1, 2].map((place) => Int32Array.from(rows, (row) => row[place] ?? 0));
  if (!customers || !days || !currencies) throw new RangeError('three columns');
  return { length: rows.length, customers, days, currencies, annual: Float64Array.from(rows, (row) => row[3]) };
}

/** A level for each customer, day and currency whose net changed, in the order in which currencies are met on the day. */
function plainLevels(rows: readonly Change[]): number[][] {
  const held = new Map<string, number>();
  const days = Map.groupBy(rows, ([customer, day]) => `${customer}|${day}`);
  return [...days.values()].flatMap((ofDay) =>
    [...Map.groupBy(ofDay, ([, , currency]) => currency)].flatMap(([currency, changes]) => {
      const [customer = 0, day = 0] = changes[0] ?? [];
      const net = changes.reduce((sum, [, , , annual]) => sum + annual, 0);
      const key = `${customer}|${currency}`;
      held.set(key, (held.get(key) ?? 0) + net);
      return net === 0 ? [] : [[customer, day, currency, held.get(key) ?? 0]];
    }),
  );
}

function listed({ length, customers, days, currencies, levels }: LevelColumns): number[][] {
  return Array.from({ length }, (_, at) => [customers[at] ?? 0, days[at] ?? 0, currencies[at] ?? 0, levels[at] ?? 0]);
}

test('packed levels are those of a plain sum, of all changes and of some', () => {
  fc.assert(
    fc.property(changesArb, fc.func(fc.boolean()), (rows, isIn) => {
      expect(listed(levelsOf(columnsOf(rows), null))).toEqual(plainLevels(rows));
      const some = rows.flatMap((row, index) => (isIn(...row) ? [index] : []));
      const kept = some.flatMap((index) => (rows[index] ? [rows[index]] : []));
      expect(listed(levelsOf(columnsOf(rows), Int32Array.from(some)))).toEqual(plainLevels(kept));
    }),
    { numRuns: 500 },
  );
});

test('what discounts take off each price is what its states are worth without them, less what they are worth', () => {
  let parts = 0;
  fc.assert(
    fc.property(companyArb, fc.constantFrom(...Object.values(POLICIES)), (customers, policy) => {
      const c = company(TODAY, { policy });
      try {
        settle(c, customers);
        const stateAt = stateReader(c.db);
        for (const span of allSpans(c.db)) {
          const state = stateAt(span, span.effectiveAt);
          if (!state) throw new RangeError('a span is of a state');
          const paid = valueState(state, policy).items;
          const full = valueState(state, { ...policyOf(policy.name), discounts: 'none' }).items;
          const plain = full.flatMap(({ priceId, productId, annual }, index) => {
            const given = annual - (paid[index]?.annual ?? 0);
            return given === 0 ? [] : [{ priceId, productId, given }];
          });
          expect(itemsGiven(span)).toEqual(plain);
          parts += plain.length;
        }
        // A slice that holds everything is the company, and takes the path of slices all the same.
        const slice = { where: [{ dimension: 'account' as const, values: ['1'] }] };
        for (const asOf of policy.metered ? [] : [plainDay('2026-03-15'), TODAY]) {
          const [part, whole] = [snapshot(c.db, { asOf, slice }, c.context), snapshot(c.db, { asOf }, c.context)];
          const shown = ({ mrr, arr, cmrr, pastDueMrr, customers: paying, discountGiven, nrr }: typeof whole) => [
            mrr,
            arr,
            cmrr,
            pastDueMrr,
            paying,
            discountGiven,
            nrr,
          ];
          expect(shown(part)).toEqual(shown(whole));
        }
      } finally {
        c.close();
      }
    }),
    { numRuns: COMPANIES },
  );
  expect(parts).toBeGreaterThan(COMPANIES);
});
