/** Which days a digest speaks of. */
import { addDays, dayNumber, type PlainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';

/** Both days included. */
export interface Days {
  readonly from: PlainDay;
  readonly to: PlainDay;
}

/** The most days that one digest covers. */
const MOST_DAYS = 31;

/**
 * Yesterday and today unless chosen otherwise; one day where only one is given.
 * @throws AppError `invalid_input` for days that have not begun, are in the wrong order, or too many.
 */
export function daysOf(choice: { from?: PlainDay | undefined; to?: PlainDay | undefined }, today: PlainDay): Days {
  const { from = choice.to ?? addDays(today, -1), to = choice.from ?? today } = choice;
  if (from > to) throw new AppError('invalid_input', `The digest ends on ${to}, before it begins on ${from}`);
  if (from > today) throw new AppError('invalid_input', `${from} has not begun yet`);
  if (dayNumber(to) - dayNumber(from) >= MOST_DAYS)
    throw new AppError('invalid_input', `A digest covers at most ${MOST_DAYS} days; ${from} to ${to} are more`);
  return { from, to: to > today ? today : to };
}

/**
 * The week of a day by the founder's first weekday (1 = Monday), up to today where it still runs. Without a day that of
 * yesterday: on the first day of a week the one before it is looked at.
 * @throws AppError `invalid_input` for a week that has not begun.
 */
export function weekOf(on: PlainDay | undefined, today: PlainDay, weekStartsOn: number): Days & { isOver: boolean } {
  const day = on ?? addDays(today, -1);
  // 1970-01-01 was a Thursday.
  const weekday = ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
  const from = addDays(day, -((weekday - weekStartsOn + 7) % 7));
  if (from > today) throw new AppError('invalid_input', `The week of ${day} has not begun yet`);
  const last = addDays(from, 6);
  return { from, to: last < today ? last : today, isOver: last < today };
}
