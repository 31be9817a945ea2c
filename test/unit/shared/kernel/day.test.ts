import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayAt,
  dayNumber,
  dayOfNumber,
  daysBetween,
  daysInMonth,
  endOfDay,
  lastDayOf,
  monthsBetween,
  plainDay,
  plainMonth,
  startOfDay,
  timeZone,
  UTC,
} from '../../../../src/shared/kernel/day.ts';
import { HOUR_MS, instantOfIso, isoOfInstant } from '../../../../src/shared/kernel/instant.ts';

const day = plainDay;
const BERLIN = timeZone('Europe/Berlin');
const days = fc.integer({ min: dayNumber(day('1990-01-01')), max: dayNumber(day('2049-12-31')) }).map(dayOfNumber);

describe('days', () => {
  it.each(['2026-02-29', '2026-13-01', '2026-1-01', '', '2026-11-31', '20261101'])('refuses %j', (text) => {
    expect(() => plainDay(text)).toThrow(/not a day/);
  });

  it('accepts a leap day', () => {
    expect(plainDay('2028-02-29')).toBe('2028-02-29');
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-15', 14, '2028-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s plus %i months is %s', (from, months, expected) => {
    expect(addMonths(day(from), months)).toBe(expected);
  });

  it('counts both ends of months', () => {
    expect(monthsBetween(plainMonth('2025-11'), plainMonth('2026-02'))).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(monthsBetween(plainMonth('2026-02'), plainMonth('2026-01'))).toEqual([]);
    expect([daysInMonth(plainMonth('2028-02')), lastDayOf(plainMonth('2100-02'))]).toEqual([29, '2100-02-28']);
  });

  it('adds days as the calendar does', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
        expect(daysBetween(from, addDays(from, count))).toBe(count);
      }),
    );
  });
});

describe('days in a zone', () => {
  it.each([
    ['2026-03-28T23:30:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-11-21T04:59:59Z', 'America/New_York', '2026-11-20'],
    ['2026-11-21T05:00:00Z', 'America/New_York', '2026-11-21'],
    ['2026-11-20T18:29:59Z', 'Asia/Kolkata', '2026-11-20'],
    ['2026-11-20T18:30:00Z', 'Asia/Kolkata', '2026-11-21'],
    ['2026-11-20T10:00:00Z', 'Pacific/Kiritimati', '2026-11-21'],
  ])('%s in %s is %s', (at, zone, expected) => {
    expect(dayAt(instantOfIso(at), timeZone(zone))).toBe(expected);
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2024-09-08', 'America/Santiago', '2024-09-08T04:00:00.000Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s begins in %s at %s, midnight or not', (text, zone, expected) => {
    expect(isoOfInstant(startOfDay(day(text), timeZone(zone)))).toBe(expected);
  });

  it('gives days of 23 and 25 hours where clocks change', () => {
    const hours = (text: string) => (endOfDay(day(text), BERLIN) - startOfDay(day(text), BERLIN)) / HOUR_MS;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24]);
  });

  it('puts each instant into exactly one day of every zone', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'America/Santiago',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    ].map(timeZone);
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (date, zone) => {
        const start = startOfDay(date, zone);
        const end = endOfDay(date, zone);
        expect(dayAt(start, zone)).toBe(date);
        expect(dayAt((start - 1) as typeof start, zone)).toBe(addDays(date, -1));
        expect(dayAt((end - 1) as typeof start, zone)).toBe(date);
      }),
    );
  });

  it('knows UTC without asking the platform', () => {
    expect(isoOfInstant(startOfDay(day('2026-11-21'), UTC))).toBe('2026-11-21T00:00:00.000Z');
  });

  it.each(['Mars/Olympus', '', 'Europe'])('refuses the zone %j', (name) => {
    expect(() => timeZone(name)).toThrow(/not a time zone/);
  });
});
