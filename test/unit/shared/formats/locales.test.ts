import { describe, expect, it } from 'vitest';
import {
  formatDecimal,
  formatMark,
  formatMoney,
  formatPercent,
  formatPoints,
  formatRate,
  formatSpokenMoney,
} from '../../../../src/shared/formats/number.ts';
import {
  formatDay,
  formatInstant,
  formatMonth,
  formatSpan,
  formatSpokenDay,
  formatWeekday,
  monthName,
  weekdayName,
} from '../../../../src/shared/formats/time.ts';
import {
  formatCount,
  formatDuration,
  formatLength,
  formatList,
  formatRelative,
} from '../../../../src/shared/formats/words.ts';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth, UTC } from '../../../../src/shared/kernel/day.ts';
import { DAY_MS, instant, instantOfIso } from '../../../../src/shared/kernel/instant.ts';
import { money } from '../../../../src/shared/kernel/money.ts';

/** Locales put spaces that do not break and marks of direction; the tests read better without. */
const plain = (text: string): string =>
  text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');
const amount = (minor: number, currency: string) => money(minor, currencyCode(currency));

describe('amounts: two decimals, none, three; in short', () => {
  it.each([
    ['de-DE', '−1.234.567,89 €', '123.456 ¥', '−1.234,567 KWD', '1,24 Mio. $'],
    ['en-GB', '−€1,234,567.89', 'JP¥123,456', '−KWD 1,234.567', 'US$1.24m'],
    ['en-US', '−€1,234,567.89', '¥123,456', '−KWD 1,234.567', '$1.24M'],
    ['fr-FR', '−1 234 567,89 €', '123 456 JPY', '−1 234,567 KWD', '1,24 M $US'],
    ['ja-JP', '−€1,234,567.89', '￥123,456', '−KWD 1,234.567', '$124万'],
    ['hi-IN', '−€12,34,567.89', 'JP¥1,23,456', '−KWD 1,234.567', '$12.4 लाख'],
    ['ar-EG', '−١٬٢٣٤٬٥٦٧٫٨٩ €', '١٢٣٬٤٥٦ JP¥', '−١٬٢٣٤٫٥٦٧ د.ك.', '١٫٢٤ مليون US$'],
  ])('%s', (locale, euros, yen, dinars, short) => {
    expect(plain(formatMoney(locale, amount(-123_456_789, 'EUR')))).toBe(euros);
    expect(plain(formatMoney(locale, amount(123_456, 'JPY')))).toBe(yen);
    expect(plain(formatMoney(locale, amount(-1_234_567, 'KWD'), { signed: true }))).toBe(dinars);
    expect(plain(formatMoney(locale, amount(124_000_000, 'USD'), { form: 'compact' }))).toBe(short);
  });
});

describe('shares, points, marks of an axis and counts', () => {
  it.each([
    ['de-DE', '−1,3 %', '12,5 %', '+1,2 pp', '2,5 Mio.', '1.234,5', '1.234.567 customers'],
    ['en-GB', '−1.3%', '12.5%', '+1.2 pp', '2.5m', '1,234.5', '1,234,567 customers'],
    ['en-US', '−1.3%', '12.5%', '+1.2 pp', '2.5M', '1,234.5', '1,234,567 customers'],
    ['fr-FR', '−1,3 %', '12,5 %', '+1,2 pp', '2,5 M', '1 234,5', '1 234 567 customers'],
    ['ja-JP', '−1.3%', '12.5%', '+1.2 pp', '250万', '1,234.5', '1,234,567 customers'],
    ['hi-IN', '−1.3%', '12.5%', '+1.2 pp', '25 लाख', '1,234.5', '12,34,567 customers'],
    ['ar-EG', '−١٫٣٪', '١٢٫٥٪', '+١٫٢ pp', '٢٫٥ مليون', '١٬٢٣٤٫٥', '١٬٢٣٤٬٥٦٧ customers'],
  ])('%s', (locale, percent, rate, points, mark, decimal, count) => {
    expect(plain(formatPercent(locale, -0.0132))).toBe(percent);
    expect(plain(formatRate(locale, 0.125))).toBe(rate);
    expect(plain(formatPoints(locale, 0.012))).toBe(points);
    expect(plain(formatMark(locale, 2_500_000))).toBe(mark);
    expect(plain(formatDecimal(locale, 1_234.5, { most: 3 }))).toBe(decimal);
    expect(plain(formatCount(locale, 1_234_567, { one: 'customer', other: 'customers' }))).toBe(count);
  });
});

describe('days, spans, months and moments', () => {
  it.each([
    ['de-DE', '14. Dez. 2026', 'Freitag, 20. Nov.', '16.–22. Nov. 2026', 'Okt. 2026', '21. Nov. 2026, 09:30'],
    ['en-GB', '14 Dec 2026', 'Friday 20 Nov', '16 – 22 Nov 2026', 'Oct 2026', '21 Nov 2026, 09:30'],
    ['en-US', 'Dec 14, 2026', 'Friday, Nov 20', 'Nov 16 – 22, 2026', 'Oct 2026', 'Nov 21, 2026, 09:30 AM'],
    ['fr-FR', '14 déc. 2026', 'vendredi 20 nov.', '16–22 nov. 2026', 'oct. 2026', '21 nov. 2026, 09:30'],
    ['ja-JP', '2026年12月14日', '11月20日金曜日', '2026/11/16～2026/11/22', '2026年10月', '2026年11月21日 09:30'],
    ['hi-IN', '14 दिस॰ 2026', 'शुक्रवार, 20 नव॰', '16–22 नव॰ 2026', 'अक्टू॰ 2026', '21 नव॰ 2026, 09:30 am'],
    ['ar-EG', '١٤ ديسمبر ٢٠٢٦', 'الجمعة، ٢٠ نوفمبر', '١٦–٢٢ نوفمبر ٢٠٢٦', 'أكتوبر ٢٠٢٦', '٢١ نوفمبر ٢٠٢٦، ٠٩:٣٠ ص'],
  ])('%s', (locale, day, weekday, span, month, moment) => {
    expect(plain(formatDay(locale, plainDay('2026-12-14')))).toBe(day);
    expect(plain(formatWeekday(locale, plainDay('2026-11-20'), plainDay('2026-11-21')))).toBe(weekday);
    expect(plain(formatSpan(locale, plainDay('2026-11-16'), plainDay('2026-11-22')))).toBe(span);
    expect(plain(formatMonth(locale, plainMonth('2026-10')))).toBe(month);
    expect(plain(formatInstant(locale, UTC, instantOfIso('2026-11-21T09:30:00Z')))).toBe(moment);
  });

  it.each([
    ['en-US', ['Monday', 'Sunday'], ['January', 'December']],
    ['de-DE', ['Montag', 'Sonntag'], ['Januar', 'Dezember']],
    ['ja-JP', ['月曜日', '日曜日'], ['1月', '12月']],
  ])('%s names weekdays from Monday and months from January', (locale, weekdays, months) => {
    expect([weekdayName(locale, 1), weekdayName(locale, 7)]).toEqual(weekdays);
    expect([monthName(locale, 1), monthName(locale, 12)]).toEqual(months);
  });
});

describe('words around figures stay English, and only the figures follow the locale', () => {
  it.each([
    ['de-DE', '3 days ago', '11,4 months', '4 min 12 sec', 'a, b and c'],
    ['en-GB', '3 days ago', '11.4 months', '4 min 12 sec', 'a, b and c'],
    ['en-US', '3 days ago', '11.4 months', '4 min 12 sec', 'a, b, and c'],
    ['fr-FR', '3 days ago', '11,4 months', '4 min 12 sec', 'a, b and c'],
    ['ja-JP', '3 days ago', '11.4 months', '4 min 12 sec', 'a, b and c'],
    ['hi-IN', '3 days ago', '11.4 months', '4 min 12 sec', 'a, b and c'],
    ['ar-EG', '٣ days ago', '١١٫٤ months', '٤ min ١٢ sec', 'a, b and c'],
  ])('%s', (locale, relative, length, duration, list) => {
    expect(plain(formatRelative(locale, instant(0), instant(3 * DAY_MS)))).toBe(relative);
    expect(plain(formatLength(locale, 11.4, 'month'))).toBe(length);
    expect(plain(formatDuration(locale, 252_000))).toBe(duration);
    expect(formatList(locale, ['a', 'b', 'c'])).toBe(list);
  });

  it.each(['de-DE', 'fr-FR', 'ja-JP', 'ar-EG'])(
    '%s counts one customer and no customers, as English does',
    (locale) => {
      const noun = { one: 'customer', other: 'customers' };
      const words = [0, 1, 2].map((count) => formatCount(locale, count, noun).split(' ')[1]);
      expect(words).toEqual(['customers', 'customer', 'customers']);
      expect(formatLength(locale, 0.96, 'month')).toMatch(/ month$/);
    },
  );
});

describe('in a sentence', () => {
  const today = plainDay('2026-11-21');

  it.each([
    [124_000, 'USD', '$1,240'],
    [4_950, 'USD', '$49.50'],
    [5_000, 'USD', '$50'],
    [123_456, 'EUR', '€1,235'],
    [1_205, 'JPY', '¥1,205'],
    [12_345, 'KWD', 'KWD 12.345'],
    [-99, 'USD', '−$0.99'],
  ])('%i minor units of %s are %s: decimals where they matter', (minor, currency, text) => {
    expect(plain(formatSpokenMoney('en-US', amount(minor, currency)))).toBe(text);
  });

  it('a day has its year where that is not this one', () => {
    const spoken = (day: string): string => formatSpokenDay('en-US', plainDay(day), today);
    expect([spoken('2026-12-14'), spoken('2027-01-02')]).toEqual(['Dec 14', 'Jan 2, 2027']);
  });
});
