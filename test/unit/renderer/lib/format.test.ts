import { describe, expect, it } from 'vitest';
import { currencyCode, USD } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth, timeZone } from '../../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../../src/shared/kernel/instant.ts';
import { money } from '../../../../src/shared/kernel/money.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';
import { countUnit, MONTHS, moneyUnit, PERCENT } from '../../../../src/renderer/lib/unit.ts';

const us = createFormatter('en-US', timeZone('America/New_York'));
const de = createFormatter('de-DE', timeZone('Europe/Berlin'));
/** Locales put a no-break space before signs; the tests read better without. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  it.each([
    ['en-US', 'USD', 123_456, '$1,234.56'],
    ['en-US', 'USD', 0, '$0.00'],
    ['en-US', 'USD', -5, '−$0.05'],
    ['en-US', 'EUR', 123_456, '€1,234.56'],
    ['en-US', 'JPY', 123_456, '¥123,456'],
    ['en-US', 'KWD', 1_234_567, 'KWD 1,234.567'],
    ['de-DE', 'EUR', 123_456, '1.234,56 €'],
    ['de-DE', 'JPY', -1_234, '−1.234 ¥'],
    // ICU would drop the decimals of these; the ISO exponent keeps them.
    ['en-US', 'IQD', 1_234_567, 'IQD 1,234.567'],
    ['en-US', 'HUF', 123_456, 'HUF 1,234.56'],
  ])('in %s, %s %i reads %s', (locale, currency, minor, text) => {
    const format = createFormatter(locale, timeZone('UTC'));
    expect(plain(format.money(money(minor, currencyCode(currency))))).toBe(text);
  });

  it.each([
    [84_123_400, '$841K'],
    [124_000_000, '$1.24M'],
    [100_000_000_000, '$1B'],
    [99_950, '$1,000'],
    [4_250, '$43'],
    [-1_240_000, '−$12.4K'],
  ])('%i cents in compact form read %s', (minor, text) => {
    expect(us.money(money(minor, USD), { form: 'compact' })).toBe(text);
  });

  it('keeps the last cent of the largest safe amount', () => {
    expect(us.money(money(Number.MAX_SAFE_INTEGER, USD))).toBe('$90,071,992,547,409.91');
  });

  it('writes the plus of a change, but never before zero', () => {
    expect(us.money(money(500, USD), { signed: true })).toBe('+$5.00');
    expect(us.money(money(-500, USD), { signed: true })).toBe('−$5.00');
    expect(us.money(money(0, USD), { signed: true })).toBe('$0.00');
  });

  it('drops decimals in the whole form by rounding', () => {
    expect(us.money(money(123_450, USD), { form: 'whole' })).toBe('$1,235');
  });
});

describe('an unknown value', () => {
  it('is a dash in every form, never zero', () => {
    const texts = [
      us.money(null),
      us.percent(null),
      us.points(null),
      us.ratio(null),
      us.count(null),
      us.day(null),
      us.month(null),
      us.instant(null),
      us.duration(null),
      us.relative(null, instantOfIso('2026-11-21T09:00:00Z')),
      us.value(null, moneyUnit(USD)),
      us.quantity({ unit: PERCENT, value: null, reason: 'No customers twelve months ago' }),
    ];
    expect(new Set(texts)).toEqual(new Set(['—']));
  });
});

describe('fractions and counts', () => {
  it.each([
    [0.1234, '12.3%'],
    [1.075, '107.5%'],
    [-0.02, '−2.0%'],
    [0, '0.0%'],
  ])('%d is %s', (fraction, text) => {
    expect(us.percent(fraction)).toBe(text);
  });

  it('writes a change of a percentage in points', () => {
    expect(us.points(0.012)).toBe('+1.2 pp');
    expect(us.points(-0.1)).toBe('−10.0 pp');
  });

  it('follows the locale', () => {
    expect(plain(de.percent(0.1234))).toBe('12,3 %');
    expect(de.count(12_345)).toBe('12.345');
  });

  it('agrees in number with what is counted', () => {
    const customer = { one: 'customer', other: 'customers' };
    expect([0, 1, 2].map((count) => us.count(count, customer))).toEqual(['0 customers', '1 customer', '2 customers']);
    expect(us.value(1, countUnit('deal'))).toBe('1 deal');
    expect(us.value(11.4, MONTHS)).toBe('11.4 months');
  });
});

describe('time', () => {
  it('shows a day as it is, in every zone', () => {
    expect(us.day(plainDay('2027-03-14'))).toBe('Mar 14, 2027');
    expect(de.day(plainDay('2027-03-14'))).toBe('14. März 2027');
    expect(us.month(plainMonth('2027-03'))).toBe('Mar 2027');
  });

  it('shows an instant on the clock of the workspace', () => {
    const at = instantOfIso('2026-11-21T01:30:00Z');
    expect(us.instant(at)).toBe('Nov 20, 2026, 08:30 PM');
    expect(de.instant(at, 'short')).toBe('02:30');
  });

  it.each([
    ['2026-11-21T08:59:30Z', 'now'],
    ['2026-11-21T08:57:00Z', '3 minutes ago'],
    ['2026-11-21T03:00:00Z', '6 hours ago'],
    ['2026-11-20T09:00:00Z', 'yesterday'],
    ['2026-11-07T09:00:00Z', '2 weeks ago'],
    ['2025-11-21T09:00:00Z', 'last year'],
    ['2026-11-22T09:00:00Z', 'tomorrow'],
  ])('%s is %s, seen from 09:00 on 21 November', (iso, text) => {
    expect(us.relative(instantOfIso(iso), instantOfIso('2026-11-21T09:00:00Z'))).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [420, '420 ms'],
    [59_999, '1 min'],
    [252_000, '4 min 12 sec'],
    [3_600_000, '1 hr'],
    [90_061_000, '1 day 1 hr'],
    [-61_000, '−1 min 1 sec'],
  ])('%i ms last %s', (ms, text) => {
    expect(us.duration(ms)).toBe(text);
  });
});
