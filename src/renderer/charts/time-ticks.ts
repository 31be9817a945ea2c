/** Marks on a time axis: at starts of years, quarters or months, never more than fit. */
import { addToMonth, dayNumber, dayOfNumber, firstDayOf, monthOf, type PlainDay } from '../../shared/kernel/day.ts';
import type { Formatter } from '../lib/format.ts';

const STEPS = [1, 2, 3, 6, 12, 24, 60] as const;

export interface TimeTick {
  readonly day: PlainDay;
  readonly label: string;
}

/**
 * At most `most` ticks between two days (both included). Steps of whole months from 1 to 60; within two
 * months, of days or weeks. Quarters and years are the company's fiscal ones, and weeks begin when its weeks do. A tick
 * that opens a year is labelled with the year.
 */
export function timeTicks(from: PlainDay, to: PlainDay, most: number, format: Formatter): TimeTick[] {
  const days = dayNumber(to) - dayNumber(from);
  if (days < 62) return dayTicks(from, to, most, format);
  const months = Math.ceil(days / 30.4);
  const step = STEPS.find((candidate) => months / candidate <= most) ?? 60;
  const yearStart = format.calendar.fiscalYearStartMonth;
  const ticks: TimeTick[] = [];
  let month = monthOf(from);
  for (; firstDayOf(month) <= to; month = addToMonth(month, 1)) {
    const day = firstDayOf(month);
    const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - yearStart;
    if (day < from || index % step !== 0) continue;
    const opensYear = Number(month.slice(5)) === yearStart;
    ticks.push({ day, label: opensYear ? format.year(month) : format.month(month, step >= 12 ? 'medium' : 'short') });
  }
  return ticks;
}

function dayTicks(from: PlainDay, to: PlainDay, most: number, format: Formatter): TimeTick[] {
  const first = dayNumber(from);
  const last = dayNumber(to);
  const step = [1, 2, 7, 14].find((candidate) => (last - first) / candidate < most) ?? 28;
  const ticks: TimeTick[] = [];
  // Day 4 after the epoch was a Monday.
  const intoWeek = (((first - 4 - (format.calendar.weekStartsOn - 1)) % 7) + 7) % 7;
  const start = step < 7 || intoWeek === 0 ? first : first + 7 - intoWeek;
  for (let number = start; number <= last; number += step) {
    const day = dayOfNumber(number);
    ticks.push({ day, label: format.day(day, 'short') });
  }
  return ticks;
}
