/** What asks for attention: alerts that came and went, requests of customers, and those that wait too long. */
import type { Alert } from '../../../../shared/contract/alerts.ts';
import type { DigestLine, DigestSection } from '../../../../shared/contract/digest.ts';
import { dayAt } from '../../../../shared/kernel/day.ts';
import type { CustomerId } from '../../../../shared/kernel/ids.ts';
import { addMs, DAY_MS, HOUR_MS, instant, SECOND_MS, type Instant } from '../../../../shared/kernel/instant.ts';
import { minor } from '../../../../shared/kernel/money.ts';
import { listRules, TOLD_COLUMNS, toldOf, type ToldRow } from '../../alerts/index.ts';
import { knownCurrency, type Ask } from '../ask.ts';
import { customerPath } from '../customers.ts';
import { BLANK_LINE, section, unknown } from '../section.ts';
import { durationText } from '../../wording/index.ts';

interface AlertRow extends ToldRow {
  rule: Alert['rule'];
  customer_id: CustomerId | null;
  amount_minor: number | null;
  currency: string | null;
  raised_at: Instant;
  closed_at: Instant | null;
  closed_by: 'user' | 'engine' | null;
  target: string;
}

function alertsSql(moment: 'raised_at' | 'closed_at'): string {
  return `
    SELECT rule, ${TOLD_COLUMNS}, customer_id, amount_minor, currency, raised_at, closed_at, closed_by, target FROM alert
    WHERE ${moment} >= ? AND ${moment} < ?
    ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, amount_minor DESC, alert_id`;
}

export const ALERTS_RAISED = alertsSql('raised_at');
export const ALERTS_CLOSED = alertsSql('closed_at');

/** Alerts of the rules that stand in digests. */
export function alertSections(ask: Ask): DigestSection[] {
  const { db, context } = ask;
  const told = new Set(listRules(db).flatMap(({ rule, digest }) => (digest ? [rule] : [])));
  const read = (sql: string) =>
    db
      .prepare<[number, number], AlertRow>(sql)
      .all(ask.begins, ask.ends)
      .filter(({ rule }) => told.has(rule));
  const line = (row: AlertRow, at: Instant, note: string | null): DigestLine => ({
    ...BLANK_LINE,
    customerId: row.customer_id,
    who: toldOf(row, context.now).title,
    on: dayAt(at, context.zone),
    amount: row.amount_minor === null ? null : minor(row.amount_minor),
    currency: row.currency === null ? null : knownCurrency(row.currency),
    note,
    target: row.target,
  });
  const opened = read(ALERTS_RAISED);
  const closed = read(ALERTS_CLOSED);
  const definition = 'Alerts of the rules that stand in digests; the amount is the MRR at stake.';
  return [
    section(
      { id: 'alertsOpened', group: 'attention', title: 'New alerts', definition },
      { count: opened.length, lines: opened.map((row) => line(row, row.raised_at, null)) },
    ),
    section(
      { id: 'alertsClosed', group: 'attention', title: 'Alerts that are over', definition },
      {
        count: closed.length,
        lines: closed.map((row) =>
          line(
            row,
            row.closed_at ?? row.raised_at,
            row.closed_by === 'engine' ? 'what it warned of is over' : 'marked as done',
          ),
        ),
      },
    ),
  ];
}

/** A request that waits longer than this by the clock is slow. */
const SLOW_AFTER_MS = 24 * HOUR_MS;
/** Requests opened longer ago are forgotten rather than slow: the room of support lists them. */
const LOOKED_BACK_MS = 90 * DAY_MS;

interface TicketRow {
  id: string;
  source_name: string;
  customer_id: CustomerId | null;
  who: string | null;
  priority: string | null;
  opened_at: Instant;
  seconds: number | null;
  solved_at: Instant | null;
}

function ticketsSql(condition: string): string {
  return `
    SELECT t.id, s.name AS source_name, l.customer_id, coalesce(c.name, p.name, p.email) AS who, t.priority, t.opened_at,
           t.first_response_seconds AS seconds, t.solved_at
    FROM support_ticket t JOIN source s ON s.source_id = t.source_id
    LEFT JOIN support_contact p ON p.source_id = t.source_id AND p.id = t.contact_id
    LEFT JOIN identity_link l ON l.source_id = t.source_id AND l.account_id = coalesce(t.company_id, p.account_id)
    LEFT JOIN customer c ON c.customer_id = l.customer_id
    WHERE t.deleted_at IS NULL AND t.opened_at >= ? AND t.opened_at < ? ${condition}
    ORDER BY t.opened_at, t.source_id, t.id`;
}

export const TICKETS = ticketsSql('');
/** Neither answered in time nor dealt with before the digest's first moment. */
export const SLOW_TICKETS = ticketsSql(
  `AND (t.first_response_seconds IS NULL OR t.first_response_seconds > ${SLOW_AFTER_MS / SECOND_MS})
   AND coalesce(t.opened_at + t.first_response_seconds * ${SECOND_MS}, t.solved_at, ?) >= ?`,
);

export function supportSections(ask: Ask): DigestSection[] {
  const { db, context } = ask;
  const tickets = {
    id: 'tickets',
    group: 'attention',
    title: 'New requests',
    definition: 'Requests to support that were opened in these days.',
  } as const;
  const slow = {
    id: 'slowTickets',
    group: 'attention',
    title: 'Slow requests',
    definition:
      'Requests of the last 90 days that were first answered in these days after more than 24 hours, or waited longer than that for a first answer at their end.',
    how: 'firstResponseMedian',
  } as const;
  const any = db.prepare<[], { found: number }>('SELECT EXISTS (SELECT 1 FROM support_ticket) AS found').first();
  if (any?.found !== 1) {
    const reason = 'No help desk is connected';
    return [unknown(tickets, reason), unknown(slow, reason)];
  }
  const line = (row: TicketRow, note: string): DigestLine => ({
    ...BLANK_LINE,
    customerId: row.customer_id,
    who: row.who ?? `Request ${row.id}`,
    on: dayAt(row.opened_at, context.zone),
    what: [row.source_name, row.priority === 'urgent' || row.priority === 'high' ? row.priority : null]
      .filter((part) => part !== null)
      .join(', '),
    note,
    target: row.customer_id === null ? '/support' : customerPath(row.customer_id),
    sourceObjectId: row.id,
  });
  const answered = ({ seconds, solved_at }: TicketRow): string =>
    seconds !== null
      ? `answered after ${durationText(seconds / 60)}`
      : solved_at !== null
        ? 'closed without an answer'
        : 'waits for an answer';
  const opened = db.prepare<[number, number], TicketRow>(TICKETS).all(ask.begins, ask.ends);
  const late = db
    .prepare<[number, number, number, number], TicketRow>(SLOW_TICKETS)
    .all(ask.begins - LOOKED_BACK_MS, ask.ends - SLOW_AFTER_MS, ask.begins, ask.begins);
  return [
    section(tickets, { count: opened.length, lines: opened.toReversed().map((row) => line(row, answered(row))) }),
    section(slow, { count: late.length, lines: late.map((row) => line(row, waitText(row, ask.ends))) }),
  ];
}

function waitText({ opened_at, seconds }: TicketRow, ends: Instant): string {
  const answeredAt = seconds === null ? null : addMs(opened_at, seconds * SECOND_MS);
  const minutes = ((answeredAt !== null && answeredAt < ends ? answeredAt : instant(ends)) - opened_at) / 60_000;
  return answeredAt !== null && answeredAt < ends
    ? `answered after ${durationText(minutes)}`
    : `waited ${durationText(minutes)} without an answer`;
}
