import { describe, expect, test } from 'vitest';
import { plainMonth } from '../../../../src/shared/kernel/day.ts';
import { fiscalQuarter, quarterName, yearName } from '../../../../src/shared/kernel/fiscal.ts';
import { paperOf } from '../../../../src/shared/kernel/paper.ts';

describe('the fiscal year', () => {
  test.each([
    ['2026-01', 1, 'Q1 2026', '2026'],
    ['2026-12', 1, 'Q4 2026', '2026'],
    ['2025-04', 4, 'FY26 Q1', 'FY26'],
    ['2026-03', 4, 'FY26 Q4', 'FY26'],
    ['2026-04', 4, 'FY27 Q1', 'FY27'],
    ['2026-11', 10, 'FY27 Q1', 'FY27'],
    ['2026-01', 12, 'FY26 Q1', 'FY26'],
    ['2099-12', 2, 'FY00 Q4', 'FY00'],
  ])('of %s, begun in month %i, is called %s', (month, start, quarter, year) => {
    expect(quarterName(plainMonth(month), start)).toBe(quarter);
    expect(yearName(plainMonth(month), start)).toBe(year);
  });

  test('has quarters of three whole months, whatever month it begins in', () => {
    for (let start = 1; start <= 12; start += 1)
      for (let month = 1; month <= 12; month += 1) {
        const found = fiscalQuarter(plainMonth(`2026-${String(month).padStart(2, '0')}`), start);
        expect(fiscalQuarter(found.first, start)).toEqual(found);
        expect(fiscalQuarter(found.last, start)).toEqual(found);
      }
  });
});

test.each([
  [null, 'en-US', 'Letter'],
  [null, 'fr-CA', 'Letter'],
  [null, 'es-MX', 'Letter'],
  [null, 'en', 'Letter'],
  [null, 'de-DE', 'A4'],
  [null, 'ja-JP', 'A4'],
  ['A4', 'en-US', 'A4'],
] as const)('paper chosen as %s in %s is %s', (chosen, locale, paper) => {
  expect(paperOf(chosen, locale)).toBe(paper);
});
