/** `support.desk`: how soon requests are answered, and what is open by its age. */
import { OPEN_AGES, type ResponseTimes, type Ticket } from '../../../../shared/contract/support.ts';
import {
  endOfDay,
  firstDayOf,
  lastDayOf,
  monthOf,
  monthsBetween,
  startOfDay,
  type PlainDay,
  type PlainMonth,
} from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { DAY_MS, SECOND_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { defined, undefinedBecause } from '../query/rates-of-change.ts';
import { quantile } from '../query/time-to-pay.ts';
import { openTickets } from './tickets.ts';

const MOST_TICKETS = 200;
const MOST_MONTHS = 600;

interface OpenedRow {
  opened_at: Instant;
  status: Ticket['status'];
  seconds: number | null;
}

export interface DeskReport {
  any: boolean;
  times: ResponseTimes;
  months: (ResponseTimes & { month: PlainMonth })[];
  open: {
    total: number;
    ages: { age: (typeof OPEN_AGES)[number]; count: number; urgent: number }[];
    median: ResponseTimes['median'];
    tickets: Ticket[];
  };
}

/** Requests by the day on which they were opened, in the company's zone. @throws AppError `invalid_input`. */
export function deskReport(
  db: ReadDb,
  { from, to }: { readonly from: PlainDay; readonly to: PlainDay },
  { now, zone }: MetricsContext,
): DeskReport {
  if (to < from) throw new AppError('invalid_input', `The period ends on ${to}, before it begins on ${from}`);
  const months = monthsBetween(monthOf(from), monthOf(to));
  if (months.length > MOST_MONTHS)
    throw new AppError('invalid_input', `The period has ${months.length} months; at most ${MOST_MONTHS} are shown`);
  const begins = startOfDay(from, zone);
  const ends = endOfDay(to, zone);
  const opened = openedBetween(db, begins, ends);
  return {
    any:
      db.prepare<[], { found: number }>('SELECT EXISTS (SELECT 1 FROM support_ticket) AS found').first()?.found === 1,
    times: responseTimes(opened),
    months: months.map((month) => {
      const first = startOfDay(firstDayOf(month), zone);
      const last = endOfDay(lastDayOf(month), zone);
      return { month, ...responseTimes(opened.filter(({ opened_at: at }) => at >= first && at <= last)) };
    }),
    open: openNow(db, now),
  };
}

function openedBetween(db: ReadDb, begins: Instant, ends: Instant): OpenedRow[] {
  return db
    .prepare<[Instant, Instant], OpenedRow>(
      `SELECT opened_at, status, first_response_seconds AS seconds FROM support_ticket
       WHERE deleted_at IS NULL AND opened_at BETWEEN ? AND ?`,
    )
    .all(begins, ends);
}

/** Over what was answered: whoever still waits is counted, and will make the figure worse once answered. */
function responseTimes(opened: readonly OpenedRow[]): ResponseTimes {
  const times = opened.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  const open = opened.filter(({ seconds, status }) => seconds === null && status !== 'solved').length;
  const share = (part: number) => {
    const value = quantile(times, part);
    return value === null ? undefinedBecause('No request of the period has been answered') : defined(value);
  };
  return {
    opened: opened.length,
    answered: times.length,
    waiting: open,
    unanswered: opened.length - times.length - open,
    median: share(0.5),
    p90: share(0.9),
  };
}

/** Days up to which a request has each age. */
const AGE_LIMITS: Readonly<Record<(typeof OPEN_AGES)[number], number>> = {
  day: 1,
  three_days: 3,
  week: 7,
  month: 30,
  older: Number.POSITIVE_INFINITY,
};

function openNow(db: ReadDb, now: Instant): DeskReport['open'] {
  const rows = db
    .prepare<[], { opened_at: Instant; priority: Ticket['priority'] }>(
      `SELECT opened_at, priority FROM support_ticket WHERE status <> 'solved' AND deleted_at IS NULL`,
    )
    .all();
  const aged = rows.map(({ opened_at, priority }) => ({
    ms: Math.max(0, now - opened_at),
    isUrgent: priority === 'high' || priority === 'urgent',
  }));
  const median = quantile(
    aged.map(({ ms }) => ms / SECOND_MS),
    0.5,
  );
  let above = 0;
  const ages = OPEN_AGES.map((age) => {
    const from = above * DAY_MS;
    const until = AGE_LIMITS[age] * DAY_MS;
    above = AGE_LIMITS[age];
    const within = aged.filter(({ ms }) => ms >= from && ms < until);
    return { age, count: within.length, urgent: within.filter(({ isUrgent }) => isUrgent).length };
  });
  return {
    total: rows.length,
    ages,
    median: median === null ? undefinedBecause('No request is open') : defined(median),
    tickets: openTickets(db, MOST_TICKETS),
  };
}
