/** Times on the wall clock of a zone: what people mean by «from 22:00 to 07:00». */
import { addDays, dayAt, startOfDay, type TimeZone } from './day.ts';
import { AppError } from './errors.ts';
import { HOUR_MS, instant, MINUTE_MS, type Instant } from './instant.ts';

declare const timeBrand: unique symbol;
/** `HH:MM`, 00:00 … 23:59, in no zone. */
export type TimeOfDay = string & { readonly [timeBrand]: true };

/**
 * @example timeOfDay('07:30')
 * @throws AppError `invalid_input` for anything but `HH:MM` of a day.
 */
export function timeOfDay(text: string): TimeOfDay {
  if (isTimeOfDay(text)) return text;
  throw new AppError('invalid_input', `“${text}” is no time of day: write hours and minutes, as in 07:30`);
}

export function isTimeOfDay(text: string): text is TimeOfDay {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

const clocks = new Map<TimeZone, Intl.DateTimeFormat>();

/** The time that a clock in `zone` shows at an instant, to the minute. */
export function timeAt(at: Instant, zone: TimeZone): TimeOfDay {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return timeOfDay(clock.format(at));
}

/**
 * The next instant after `at` at which a clock in `zone` comes to show `time`. A time that is skipped when clocks
 * are put forward counts as come with the first minute after the gap; one that comes twice, as come the first time.
 */
export function nextTime(at: Instant, time: TimeOfDay, zone: TimeZone): Instant {
  for (let day = dayAt(at, zone); ; day = addDays(day, 1)) {
    const start = startOfDay(day, zone);
    const next = startOfDay(addDays(day, 1), zone);
    const come = firstMinute(start, next, (minute) => timeAt(minute, zone) >= time);
    if (come > at) return come;
  }
}

/** The first minute from which `holds`; `end` where none does. Looks hour by hour: within one, clocks go on evenly. */
function firstMinute(start: Instant, end: Instant, holds: (minute: Instant) => boolean): Instant {
  for (let hour: number = start; hour < end; hour += HOUR_MS / 4)
    for (let minute = hour; minute < hour + HOUR_MS / 4; minute += MINUTE_MS) {
      const last = instant(Math.min(hour + HOUR_MS / 4, end) - MINUTE_MS);
      if (!holds(last)) break;
      if (holds(instant(minute))) return instant(minute);
    }
  return end;
}
