import { describe, expect, it } from 'vitest';
import { currencyCode } from '../../../../src/shared/kernel/currency.ts';
import { plainDay, plainMonth, timeZone, UTC } from '../../../../src/shared/kernel/day.ts';
import { instantOfIso } from '../../../../src/shared/kernel/instant.ts';
import { money } from '../../../../src/shared/kernel/money.ts';
import { timeTicks } from '../../../../src/renderer/charts/time-ticks.ts';
import { createFormatter } from '../../../../src/renderer/lib/format.ts';

/** Locales put spaces that do not break and marks of direction; the tests read better without. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');
const EUR = currencyCode('EUR');

describe('figures as each locale writes them', () => {
  it.each([
    ['en-US', '1,234,567', '12.3%', '€1,234.50', 'Nov 21, 2026'],
    ['de-DE', '1.234.567', '12,3 %', '1.234,50 €', '21. Nov. 2026'],
    ['fr-CH', "1'234'567", '12,3%', "1'234.50 €", '21 nov. 2026'],
    ['ja-JP', '1,234,567', '12.3%', '€1,234.50', '2026年11月21日'],
    ['ar-EG', '١٬٢٣٤٬٥٦٧', '١٢٫٣٪', '١٬٢٣٤٫٥٠ €', '٢١ نوفمبر ٢٠٢٦'],
    ['hi-IN', '12,34,567', '12.3%', '€1,234.50', '21 नव॰ 2026'],
  ])('%s', (locale, count, percent, amount, day) => {
    const format = createFormatter(locale, UTC);
    expect(plain(format.count(1_234_567))).toBe(count);
    expect(plain(format.percent(0.123))).toBe(percent);
    expect(plain(format.money(money(123_450, EUR)))).toBe(amount);
    expect(plain(format.day(plainDay('2026-11-21')))).toBe(day);
  });

  it('keeps a currency’s own decimals in every locale', () => {
    for (const locale of ['en-US', 'de-DE', 'hi-IN']) {
      const format = createFormatter(locale, UTC);
      expect(format.money(money(1_205, currencyCode('JPY')))).not.toMatch(/05[.,]|[.,]05/);
      expect(format.money(money(12_345, currencyCode('KWD')))).toMatch(/12[.,]345/);
    }
  });

  it.each([
    ['Pacific/Auckland', '22.11.2026, 00:30'],
    ['America/St_Johns', '21.11.2026, 08:00'],
  ])('a moment stands on the clock of %s', (zone, text) => {
    const format = createFormatter('de-DE', timeZone(zone));
    expect(format.instant(instantOfIso('2026-11-21T11:30:00Z')).replace('. Nov. ', '.11.')).toBe(text);
  });

  it.each([
    [534, '534 bytes'],
    [1_234_567, '1.23 MB'],
    [26_000_000_000, '26 GB'],
    [0, '0 bytes'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(createFormatter('en-US', UTC).bytes(bytes)).toBe(text);
  });
});

describe('the company’s calendar', () => {
  const company = { fiscalYearStartMonth: 4, weekStartsOn: 7, exportFormat: 'locale', paperSize: null } as const;
  const format = createFormatter('de-DE', UTC, company);

  it('names quarters and years, and chooses the paper and the hand of exported tables', () => {
    expect([format.quarter(plainMonth('2026-11')), format.year(plainMonth('2026-11'))]).toEqual(['FY27 Q3', 'FY27']);
    expect([format.paper, format.tableStyle().delimiter, format.tableStyle('machine').delimiter]).toEqual([
      'A4',
      ';',
      ',',
    ]);
  });

  it('puts the marks of an axis on fiscal quarters and years, and on the beginnings of weeks', () => {
    const labels = (from: string, to: string, most: number): string[] =>
      timeTicks(plainDay(from), plainDay(to), most, format).map(({ label }) => label);
    expect(labels('2024-01-01', '2026-12-31', 4)).toEqual(['FY25', 'FY26', 'FY27']);
    expect(labels('2026-01-01', '2026-12-31', 5)).toEqual(['Jan', 'FY27', 'Jul', 'Okt']);
    // Sundays.
    expect(labels('2026-11-02', '2026-11-30', 5)).toEqual(['8. Nov.', '15. Nov.', '22. Nov.', '29. Nov.']);
  });
});
