import { describe, expect, test } from 'vitest';
import { timeZone, UTC } from '../../../../src/shared/kernel/day.ts';
import { csvLine, csvText, localeStyle, MACHINE_STYLE } from '../../../../src/shared/kernel/table-text.ts';

const ROW = ['Acme', '2026-11-21', '1234.50', -0.125, null];

describe('a row of a table in a file', () => {
  test('is the same everywhere for machines: ISO days, a dot, commas', () => {
    expect(csvLine(ROW, MACHINE_STYLE)).toBe('Acme,2026-11-21,1234.50,-0.125,\r\n');
  });

  test.each([
    ['en-US', 'Acme,11/21/2026,1234.50,-0.125,\r\n'],
    ['de-DE', 'Acme;21.11.2026;1234,50;-0,125;\r\n'],
    ['fr-CH', 'Acme;21.11.2026;1234,50;-0,125;\r\n'],
    ['ja-JP', 'Acme,2026/11/21,1234.50,-0.125,\r\n'],
    ['hi-IN', 'Acme,21/11/2026,1234.50,-0.125,\r\n'],
    // European digits, without marks of the writing direction: what spreadsheets read everywhere.
    ['ar-EG', 'Acme,21/11/2026,1234.50,-0.125,\r\n'],
  ])('is written as %s writes', (locale, line) => {
    expect(csvLine(ROW, localeStyle(locale))).toBe(line);
  });

  test.each([
    ['UTC', '21.11.2026 11:30'],
    // The next day has begun there.
    ['Pacific/Auckland', '22.11.2026 00:30'],
    ['America/St_Johns', '21.11.2026 08:00'],
  ])('has its moments on the clock of %s', (zone, text) => {
    expect(csvLine(['2026-11-21T11:30:00.000Z'], localeStyle('de-DE', timeZone(zone)))).toBe(`${text}\r\n`);
  });

  test('has the hour of the days on which clocks are changed', () => {
    const berlin = localeStyle('de-DE', timeZone('Europe/Berlin'));
    const line = csvLine(['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-10-25T01:30:00Z'], berlin);
    expect(line).toBe('29.03.2026 01:30;29.03.2026 03:30;25.10.2026 02:30\r\n');
  });

  test('keeps the decimals that a currency has: none, two, three', () => {
    expect(csvLine(['1205', '12.05', '1.205'], localeStyle('de-DE', UTC))).toBe('1205;12,05;1,205\r\n');
  });

  test('quotes what holds its delimiter, and no decimal comma', () => {
    expect(csvLine(['a;b', 'c,d'], localeStyle('de-DE'))).toBe('"a;b";c,d\r\n');
    expect(csvLine(['a;b', 'c,d'], MACHINE_STYLE)).toBe('a;b,"c,d"\r\n');
  });

  test('writes the smallest numbers without an exponent', () => {
    expect(csvText(['h'], [[1e-7]])).toBe('\uFEFFh\r\n0.0000001\r\n');
  });
});
