import { describe, expect, test } from 'vitest';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { minorFromDecimal } from '../../../../src/shared/kernel/decimal-amount.ts';
import { failureOf } from '../../../support/store.ts';

describe('an amount in major units with a dot', () => {
  test.each([
    ['12.5', 'USD', 1_250],
    ['12.50', 'USD', 1_250],
    ['0.01', 'USD', 1],
    ['-0.01', 'USD', -1],
    ['+7', 'USD', 700],
    ['007', 'USD', 700],
    ['1000', 'JPY', 1_000],
    ['1000.000', 'JPY', 1_000],
    ['1.234', 'KWD', 1_234],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('%s %s', (text, currency, minor) => {
    expect(minorFromDecimal(text, currencyCode(currency))).toBe(minor);
  });

  test('minus nothing is nothing', () => {
    expect(Object.is(minorFromDecimal('-0', currencyCode('USD')), 0)).toBe(true);
  });

  test.each([
    ['10.5', 'JPY', /which has none/],
    ['1.234', 'USD', /which has 2/],
    ['90071992547409.92', 'USD', /whole amount/],
    ['1,000', 'USD', /nothing between thousands/],
    ['1e3', 'USD', /is not an amount/],
    ['.5', 'USD', /is not an amount/],
    ['5.', 'USD', /is not an amount/],
    ['', 'USD', /is not an amount/],
    ['--5', 'USD', /is not an amount/],
    ['٥', 'USD', /is not an amount/],
  ])('%s %s is refused', (text, currency, message) => {
    expect(failureOf(() => minorFromDecimal(text, currencyCode(currency)))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(message),
    });
  });
});
