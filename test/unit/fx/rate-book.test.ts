/** Exchange rates: exact crosses between minor units, and which day's quote counts. */
import { describe, expect, test } from 'vitest';
import { convert, crossRate, PAR, rateBookFrom, rateText } from '../../../src/main/engine/fx/index.ts';
import { currencyCode } from '../../../src/shared/kernel/currency.ts';
import { dayNumber, plainDay } from '../../../src/shared/kernel/day.ts';

const USD = currencyCode('USD');
const EUR = currencyCode('EUR');
const GBP = currencyCode('GBP');
const JPY = currencyCode('JPY');
const KWD = currencyCode('KWD');

describe('crosses', () => {
  test('are exact fractions of minor units, whatever their decimals', () => {
    expect(rateText(crossRate('0.80', GBP, '1.25', USD))).toBe('125/80');
    // ¥160 a euro, $1.25 a euro: 160 yen are 125 cents.
    expect(convert(160, crossRate('160', JPY, '1.25', USD))).toBe(125);
    expect(convert(125, crossRate('1.25', USD, '160', JPY))).toBe(160);
    // A dinar has a thousand fils.
    expect(convert(1_000, crossRate('0.35', KWD, '1.05', USD))).toBe(300);
  });

  test('round half away from zero, once', () => {
    expect([convert(1, crossRate('2', EUR, '1', USD)), convert(-1, crossRate('2', EUR, '1', USD))]).toEqual([1, -1]);
    expect(convert(3, crossRate('1', EUR, '1.1', USD))).toBe(3);
    expect(convert(9_007_199_254_740_991, PAR)).toBe(9_007_199_254_740_991);
  });
});

describe('the book', () => {
  const quotes = new Map([[dayNumber(plainDay('2026-01-02')), '1.10']]);
  const book = rateBookFrom((currency) => (currency === USD ? quotes : new Map()));
  const cents = (day: string) => {
    const rate = book.rate('EUR', USD, plainDay(day));
    return rate && convert(1_000, rate);
  };

  test('holds a currency that went up in the euro at its fixed rate from then on', () => {
    const HRK = currencyCode('HRK');
    const euroCents = (day: string) => {
      const rate = book.rate('HRK', EUR, plainDay(day));
      return rate && convert(753_450, rate);
    };
    expect(['2022-12-31', '2023-01-01', '2026-11-20'].map(euroCents)).toEqual([null, 100_000, 100_000]);
    expect(convert(195_583, book.rate('BGN', HRK, plainDay('2026-01-01')) ?? PAR)).toBe(753_450);
  });

  test('takes the last quote before a day, at most seven days old', () => {
    expect(['2026-01-01', '2026-01-02', '2026-01-09', '2026-01-10'].map(cents)).toEqual([null, 1_100, 1_100, null]);
  });

  test('knows no rate for a currency without quotes or without a code, and par for the same currency', () => {
    expect(book.rate('GBP', USD, plainDay('2026-01-02'))).toBeNull();
    expect(book.rate('XXL', USD, plainDay('2026-01-02'))).toBeNull();
    expect(book.rate('GBP', GBP, plainDay('2026-01-02'))).toBe(PAR);
  });
});
