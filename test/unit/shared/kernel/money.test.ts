import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyCode, CURRENCY_CODES, exponentOf } from '../../../../src/shared/kernel/currency.ts';
import {
  addMoney,
  apportion,
  decimalText,
  minor,
  money,
  roundToTotal,
  sumMinor,
} from '../../../../src/shared/kernel/money.ts';
import { divideRounded, rational, ratioValue, roundHalfAway } from '../../../../src/shared/kernel/rational.ts';

describe('money', () => {
  it.each([
    [1234, 'USD', '12.34'],
    [-5, 'USD', '-0.05'],
    [0, 'EUR', '0.00'],
    [1205, 'JPY', '1205'],
    [-1, 'KWD', '-0.001'],
    [123456, 'BHD', '123.456'],
  ])('%i minor units of %s read %s', (amount, currency, expected) => {
    expect(decimalText(minor(amount), currencyCode(currency))).toBe(expected);
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d as an amount', (amount) => {
    expect(() => minor(amount)).toThrow(/whole amount/);
  });

  it('does not add two currencies', () => {
    const [dollars, yen] = [money(100, currencyCode('usd')), money(100, currencyCode('jpy'))];
    expect(() => addMoney(dollars, yen)).toThrow(/cannot be added/);
    expect(addMoney(dollars, dollars).minor).toBe(200);
  });

  it('knows the decimals of more than 150 currencies and refuses what is none', () => {
    expect(CURRENCY_CODES.length).toBeGreaterThan(150);
    expect(['JPY', 'USD', 'KWD', 'ISK', 'UGX'].map((code) => exponentOf(currencyCode(code)))).toEqual([0, 2, 3, 0, 0]);
    expect(() => currencyCode('BTC')).toThrow(/not a currency/);
  });

  it('reads retired currencies, and does not offer them', () => {
    const retired = ['HRK', 'LTL', 'LVL', 'EEK', 'SKK', 'MRO', 'BYR'];
    expect(retired.map((code) => exponentOf(currencyCode(code)))).toEqual([2, 2, 2, 2, 2, 2, 0]);
    expect(CURRENCY_CODES.filter((code) => retired.includes(code))).toEqual([]);
  });
});

describe('sharing out', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [1, [1, 1], [1, 0]],
    [-100, [1, 1, 1], [-33, -33, -34]],
    [0, [0, 0], [0, 0]],
    [10, [0, 5], [0, 10]],
  ])('%i over %j is %j', (total, weights, expected) => {
    expect(apportion(total, weights)).toEqual(expected);
  });

  it('adds up, and gives nobody more than one unit beside the exact share', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (total, list) => {
        const parts = apportion(total, list);
        const sum = list.reduce((a, b) => a + b, 0);
        expect(sumMinor(parts)).toBe(total);
        parts.forEach((part, index) => expect(Math.abs(part - (total * list[index]!) / sum)).toBeLessThan(1 + 1e-6));
      }),
    );
  });

  it('rounds the parts of a bridge so that what is shown adds up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 9 }),
        (opening, movements) => {
          const closing = opening + movements.reduce((a, b) => a + b, 0);
          const shown = divideRounded(closing, 12) - divideRounded(opening, 12);
          const last = movements.length + 1;
          const parts = roundToTotal(shown, movements, 12);
          expect(sumMinor(parts)).toBe(shown);
          parts.forEach((part, index) => expect(Math.abs(part - movements[index]! / 12)).toBeLessThan(last));
        },
      ),
    );
  });
});

describe('exact fractions', () => {
  it.each([
    ['0.5', 1],
    ['-0.5', -1],
    ['1.4999999999999999999999', 1],
    ['2.5', 3],
    ['-2.5', -3],
  ])('%s rounds half away from zero to %i', (text, expected) => {
    expect(roundHalfAway(rational(text))).toBe(expected);
  });

  it('a thousand $100-a-year plans are $8,333.33 of MRR, not $8,330', () => {
    expect(divideRounded(1_000 * 10_000, 12)).toBe(833_333);
  });

  it('divides as the exact fraction rounds', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 1_000 }), (numerator, denominator) => {
        expect(divideRounded(numerator, denominator)).toBe(roundHalfAway(rational(numerator, denominator)));
      }),
    );
  });

  it('leaves a ratio over nothing undefined', () => {
    expect([ratioValue({ num: 1, den: 0 }), ratioValue({ num: 1, den: 4 })]).toEqual([null, 0.25]);
  });
});
