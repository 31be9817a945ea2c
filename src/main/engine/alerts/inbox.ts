/** The inbox: what was raised, and what the founder did about it. */
import { sql } from 'kysely';
import { AlertRuleIdSchema, type Alert } from '../../../shared/contract/alerts.ts';
import { plainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { toldOf, type ToldRow } from './told.ts';

export interface AlertQuery {
  readonly state: 'open' | 'snoozed' | 'done' | 'all';
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

export interface AlertPage {
  /** Alerts that are open now, a snooze that is over counted in. */
  readonly open: number;
  readonly unread: number;
  readonly rows: Alert[];
  readonly cursor: string | null;
}

/**
 * Alerts: the open ones gravest first (severity, then the amount at stake, then newest), all others newest first. A
 * snoozed alert whose time has come is open, without anybody having to write so.
 * @throws AppError `invalid_input` for a cursor that this function did not give.
 */
export function listAlerts(db: ReadDb, query: AlertQuery, now: Instant): AlertPage {
  const after = placeOf(query.cursor ?? null);
  let rows = db.build
    .selectFrom('alert')
    .select(columns(now))
    .limit(query.limit + 1);
  if (query.state !== 'all') rows = rows.where(stateAt(now), '=', query.state);
  if (query.state === 'open') rows = rows.orderBy(RANK).orderBy(AT_STAKE, 'desc');
  rows = rows.orderBy('alert_id', 'desc');
  if (after !== null)
    rows =
      query.state === 'open'
        ? rows.where(
            sql<boolean>`(${RANK}, -${AT_STAKE}, -alert_id) > (${after.rank}, ${-after.atStake}, ${-after.id})`,
          )
        : rows.where('alert_id', '<', after.id);
  const found = db.all(rows);
  const page = found.slice(0, query.limit);
  const counts = db.one(
    db.build
      .selectFrom('alert')
      .where('state', 'in', ['open', 'snoozed'])
      .where(stateAt(now), '=', 'open')
      .select((select) => [
        select.fn.countAll<number>().as('open'),
        sql<number>`count(*) FILTER (WHERE read_at IS NULL)`.as('unread'),
      ]),
    'count',
  );
  const last = page.at(-1);
  return {
    ...counts,
    rows: page.map((row) => alertOf(row, now)),
    cursor: found.length > query.limit && last ? `${last.rank}.${last.at_stake}.${last.alert_id}` : null,
  };
}

export interface AlertAction {
  readonly alertId: number;
  readonly action: 'read' | 'done' | 'reopen' | 'snooze';
  /** The end of a snooze. */
  readonly until?: Instant | undefined;
}

/**
 * Applies what the founder chose. Reading is marked once and kept; `done` and
 * `snooze` mark as read too, because nobody settles what they have not seen.
 * @throws AppError `not_found`; `invalid_input` for a snooze that ends in the past.
 */
export function actOnAlert(db: WriteDb, { alertId, action, until }: AlertAction, now: Instant): Alert {
  return db.transaction(() => {
    const before = readAlert(db, alertId, now);
    const readAt = before.readAt ?? now;
    const update = db.build.updateTable('alert').where('alert_id', '=', alertId);
    if (action === 'read') db.run(update.set({ read_at: readAt }));
    if (action === 'done')
      db.run(update.set({ state: 'done', read_at: readAt, snoozed_until_at: null, closed_at: now, closed_by: 'user' }));
    if (action === 'reopen')
      db.run(update.set({ state: 'open', snoozed_until_at: null, closed_at: null, closed_by: null }));
    if (action === 'snooze') {
      if (until === undefined || until <= now)
        throw new AppError('invalid_input', 'A snooze needs a moment in the future at which the alert comes back');
      db.run(
        update.set({
          state: 'snoozed',
          read_at: readAt,
          snoozed_until_at: until,
          closed_at: null,
          closed_by: null,
        }),
      );
    }
    return readAlert(db, alertId, now);
  });
}

/** @throws AppError `not_found`. */
export function readAlert(db: ReadDb, alertId: number, now: Instant): Alert {
  const query = db.build.selectFrom('alert').select(columns(now)).where('alert_id', '=', alertId);
  return alertOf(db.one(query, `alert (${alertId})`), now);
}

function stateAt(now: Instant) {
  return sql<
    'open' | 'snoozed' | 'done'
  >`CASE WHEN state = 'snoozed' AND snoozed_until_at <= ${now} THEN 'open' ELSE state END`;
}

const RANK = sql<number>`(CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END)`;
const AT_STAKE = sql<number>`coalesce(amount_minor, 0)`;

const CUSTOMER_NAME = sql<string | null>`(SELECT name FROM customer WHERE customer_id = alert.customer_id)`;

function columns(now: Instant) {
  return [
    'alert_id',
    'rule',
    'severity',
    'title',
    'body',
    'customer_id',
    'amount_minor',
    'currency',
    'raised_at',
    'happened_on',
    'snoozed_until_at',
    'read_at',
    'target',
    'next_action',
    'facts',
    CUSTOMER_NAME.as('customer_name'),
    stateAt(now).as('state_now'),
    RANK.as('rank'),
    AT_STAKE.as('at_stake'),
  ] as const;
}

interface AlertRow extends ToldRow {
  readonly alert_id: number;
  readonly rule: string;
  readonly severity: string;
  readonly customer_id: number | null;
  readonly amount_minor: number | null;
  readonly currency: string | null;
  readonly raised_at: number;
  readonly happened_on: string;
  readonly snoozed_until_at: number | null;
  readonly read_at: number | null;
  readonly target: string;
  readonly state_now: 'open' | 'snoozed' | 'done';
}

function alertOf(row: AlertRow, now: Instant): Alert {
  return {
    ...toldOf(row, now),
    alertId: row.alert_id,
    rule: AlertRuleIdSchema.parse(row.rule),
    severity: row.severity === 'critical' || row.severity === 'warning' ? row.severity : 'info',
    customerId: row.customer_id as CustomerId | null,
    amountMinor: row.amount_minor === null ? null : minor(row.amount_minor),
    currency: row.currency,
    raisedAt: instant(row.raised_at),
    on: plainDay(row.happened_on),
    state: row.state_now,
    snoozedUntil: row.state_now === 'snoozed' && row.snoozed_until_at !== null ? instant(row.snoozed_until_at) : null,
    readAt: row.read_at === null ? null : instant(row.read_at),
    target: row.target,
  };
}

/** Where the last page ended: `rank.amount.id` of its last alert. */
function placeOf(cursor: string | null): { rank: number; atStake: number; id: number } | null {
  if (cursor === null) return null;
  const [, rank, atStake, id] = /^([012])\.(-?\d{1,15})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (rank === undefined || atStake === undefined || id === undefined)
    throw new AppError('invalid_input', 'This page of alerts does not exist; start again');
  return { rank: Number(rank), atStake: Number(atStake), id: Number(id) };
}
