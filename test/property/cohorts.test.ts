/** Cohorts of random lives against a naive reading of the definitions, customer by customer and month by month. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cohortMembers, cohorts } from '../../src/main/engine/metrics/index.ts';
import {
  addToMonth,
  dayNumber,
  dayOfNumber,
  lastDayOf,
  monthOf,
  monthsBetween,
  plainDay,
  plainMonth,
} from '../../src/shared/kernel/day.ts';
import { company } from '../unit/metrics/support/company.ts';
import { give, type Step } from '../unit/metrics/cohorts/lives.ts';

const FIRST = plainDay('2025-01-01');
const LAST = plainDay('2026-02-28');
const SPAN = dayNumber(LAST) - dayNumber(FIRST);
const CUSTOMERS = 25;

interface Life {
  readonly currency: 'USD' | 'EUR';
  readonly steps: readonly Step[];
}

const lifeArb: fc.Arbitrary<Life> = fc
  .record({
    currency: fc.constantFrom('USD' as const, 'USD' as const, 'EUR' as const),
    days: fc.uniqueArray(fc.integer({ min: 0, max: SPAN }), { minLength: 1, maxLength: 6 }),
    levels: fc.array(fc.constantFrom(0, 0, 1_000, 2_500, 9_900), { minLength: 6, maxLength: 6 }),
  })
  .map(({ currency, days, levels }) => ({
    currency,
    steps: days
      .toSorted((a, b) => a - b)
      .map((day, index): Step => [dayOfNumber(dayNumber(FIRST) + day), levels[index] ?? 0]),
  }));

/** Dollars per euro at a month's end: another each month. */
const rateIn = (month: string) => 1 + Number(month.slice(5)) / 100;

function levelAt({ steps, currency }: Life, month: string): number {
  const day = lastDayOf(plainMonth(month));
  const level = steps.findLast(([on]) => on <= day)?.[1] ?? 0;
  return currency === 'EUR' ? level * rateIn(month) : level;
}

/** The definitions, read literally. */
function oracle(lives: readonly Life[], kind: 'logo' | 'gross' | 'net') {
  const months = monthsBetween(monthOf(FIRST), monthOf(LAST));
  return months.flatMap((cohort) => {
    const members = lives.filter(({ steps }) => {
      const first = steps.find(([, level]) => level > 0);
      return first !== undefined && first[0].startsWith(cohort);
    });
    if (members.length === 0) return [];
    const values = months
      .filter((month) => month >= cohort)
      .map((month) => {
        if (kind === 'logo') return members.filter((life) => levelAt(life, month) > 0).length / members.length;
        const of = members.reduce((sum, life) => sum + levelAt(life, cohort), 0);
        const left = members.reduce((sum, life) => {
          const now = levelAt(life, month);
          return sum + (kind === 'net' ? now : Math.min(now, levelAt(life, cohort)));
        }, 0);
        return of === 0 ? null : left / of;
      });
    return [{ cohort, size: members.length, values }];
  });
}

test('the matrix is the naive one, and keeps its bounds', { timeout: 300_000 }, () => {
  fc.assert(
    fc.property(fc.array(lifeArb, { minLength: CUSTOMERS, maxLength: CUSTOMERS }), (lives) => {
      const c = company(LAST);
      try {
        c.db.transaction(() => {
          for (let month = monthOf(FIRST); month <= monthOf(LAST); month = addToMonth(month, 1))
            c.rate(lastDayOf(month), 'USD', String(rateIn(month)));
          for (const [index, life] of lives.entries()) give(c, { id: `c${index}`, ...life });
        });
        c.recompute();
        for (const kind of ['logo', 'gross', 'net'] as const) {
          const { rows, average } = cohorts(c.db, { kind, unit: 'month' }, c.context);
          const expected = oracle(lives, kind);
          expect(rows.map(({ cohort, size }) => [cohort, size])).toEqual(
            expected.map(({ cohort, size }) => [cohort, size]),
          );
          for (const [index, row] of rows.entries()) {
            const values = expected[index]?.values ?? [];
            expect(row.values).toHaveLength(average.length);
            expect(row.values.slice(values.length).every((value) => value === null)).toBe(true);
            for (const [age, value] of values.entries()) {
              const ours = row.values[age] ?? null;
              if (value === null) expect(ours).toBeNull();
              else expect(ours).toBeCloseTo(value, 9);
              if (ours !== null && kind !== 'net') expect(ours >= 0 && ours <= 1 + 1e-12).toBe(true);
            }
            // Age 0: revenue is whole by definition; customers are, unless some left within the month.
            if (kind !== 'logo' && row.values[0] !== null) expect(row.values[0]).toBeCloseTo(1, 12);
          }
        }
        const [row] = cohorts(c.db, { kind: 'net', unit: 'month' }, c.context).rows;
        if (row) {
          const asked = { unit: 'month', cohort: row.cohort, age: 0, offset: 0, limit: 500 } as const;
          const cell = cohortMembers(c.db, asked, c.context);
          expect([cell.total, cell.mrrThen]).toEqual([row.size, row.base]);
        }
      } finally {
        c.close();
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test('a customer alone: net retention is the ratio of its levels, gross at most one', { timeout: 180_000 }, () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 90_000 }), fc.integer({ min: 0, max: 90_000 }), (before, after) => {
      const c = company('2026-02-28');
      try {
        give(c, {
          id: 'alone',
          steps: [
            ['2026-01-10', before],
            ['2026-02-10', after],
          ],
        });
        c.recompute();
        const last = (kind: 'logo' | 'gross' | 'net') =>
          cohorts(c.db, { kind, unit: 'month' }, c.context).rows[0]?.values.at(-1);
        expect(last('net')).toBe(after / before);
        expect(last('gross')).toBe(Math.min(after, before) / before);
        expect(last('logo')).toBe(after > 0 ? 1 : 0);
      } finally {
        c.close();
      }
    }),
    { numRuns: 40 },
  );
});
