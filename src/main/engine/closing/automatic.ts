/** Closing by the calendar: which months are due on a day. */
import { addToMonth, firstDayOf, addDays, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { ReadDb } from '../store/index.ts';
import { closesInForce } from './closes.ts';
import { monthsOver } from './order.ts';

/**
 * The open months whose day of the following month has come, oldest first. A
 * month that somebody opened again waits for somebody to close it; months
 * before the first close do so as well, so that switching this on does not
 * freeze years of history by itself, except when nothing is closed yet: then
 * only the last month that is due is looked at, and waits for those before it.
 */
export function dueMonths(db: ReadDb, day: number | null, context: MetricsContext): PlainMonth[] {
  if (day === null) return [];
  const everClosed = new Set(
    db
      .prepare<[], { month: string }>(`SELECT DISTINCT month FROM month_close`)
      .all()
      .map(({ month }) => month),
  );
  const first = closesInForce(db)[0]?.month;
  const due = monthsOver(db, context).filter(
    (month) => !everClosed.has(month) && addDays(firstDayOf(addToMonth(month, 1)), day - 1) <= context.today,
  );
  return first === undefined ? due.slice(-1) : due.filter((month) => month > first);
}
