/** What the stored ledger was computed under, and who must be computed again because of it. */
import type { CurrencyCode } from '../../../../shared/kernel/currency.ts';
import { addDays, plainDay, startOfDay, type PlainDay, type TimeZone } from '../../../../shared/kernel/day.ts';
import { rateBook, rateText } from '../../fx/index.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import type { MetricsContext } from '../context.ts';
import { FLOW_KINDS } from './flow-kinds.ts';
import type { MovementDraft, Valuation } from './customer-movements.ts';

/** Raised whenever a rule changes what is stored: then every customer is recomputed. */
const RULES_VERSION = 5;
const FIRST_DAY = plainDay('1970-01-01');
const LAST_DAY = plainDay('2100-12-31');

interface BasisRow {
  time_zone: string;
  currency: string;
  policy: string;
  rules_version: number;
}

/** Whether the ledger was computed under the workspace's present settings and rules. */
export function basisHolds(db: ReadDb, context: MetricsContext): boolean {
  const stored = storedBasis(db);
  return (
    stored !== undefined &&
    stored.time_zone === context.zone &&
    stored.currency === context.currency &&
    stored.policy === JSON.stringify(context.policy) &&
    stored.rules_version === RULES_VERSION
  );
}

function storedBasis(db: ReadDb): BasisRow | undefined {
  return db.prepare<[], BasisRow>(`SELECT time_zone, currency, policy, rules_version FROM ledger_basis`).first();
}

/** Takes the present settings as the basis: every customer with billing becomes dirty; another zone moves the calendar. */
export function adoptBasis(db: WriteDb, context: MetricsContext): void {
  const zone = storedBasis(db)?.time_zone ?? 'UTC';
  if (zone !== context.zone) moveCalendar(db, context.zone);
  db.prepareWrite<[string, string, string, number]>(
    `INSERT INTO ledger_basis (basis_id, time_zone, currency, policy, rules_version) VALUES (1, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET time_zone = excluded.time_zone, currency = excluded.currency, policy = excluded.policy,
       rules_version = excluded.rules_version`,
  ).run(context.zone, context.currency, JSON.stringify(context.policy), RULES_VERSION);
  markAllDirty(db);
}

export function markAllDirty(db: WriteDb): void {
  db.prepareWrite(
    `INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT DISTINCT customer_id FROM billing_customer`,
  ).run();
  db.prepareWrite(`INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT customer_id FROM customer_standing`).run();
}

/**
 * Writes the days of another zone and sums the flows up again by them. A day that a zone left out (Samoa had no
 * 30 December 2011) begins and ends in one moment: the day after it has that moment.
 */
function moveCalendar(db: WriteDb, zone: TimeZone): void {
  db.prepareWrite(`DELETE FROM calendar_day`).run();
  const add = db.prepareWrite<[number, string]>(
    `INSERT INTO calendar_day (starts_at, day) VALUES (?, ?) ON CONFLICT DO UPDATE SET day = excluded.day`,
  );
  for (let day = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) add.run(startOfDay(day, zone), day);
  db.prepareWrite(`DELETE FROM flow_rollup`).run();
  for (const [kind, { table, at, amount, counts }] of Object.entries(FLOW_KINDS))
    db.prepareWrite<[string]>(
      `INSERT INTO flow_rollup (flowed_on, kind, currency, amount_minor, entries)
       SELECT (SELECT day FROM calendar_day WHERE starts_at <= ${at} ORDER BY starts_at DESC LIMIT 1) AS flowed_on,
              ?, currency, sum(${amount}), count(*)
       FROM ${table} f WHERE ${counts} GROUP BY 1, 3`,
    ).run(kind);
}

/** Marks customers whose next scheduled change has come: their standing has to be written anew. */
export function markDue(db: WriteDb, today: PlainDay): void {
  db.prepareWrite<[string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id)
     SELECT customer_id FROM customer_standing WHERE next_change_on IS NOT NULL AND next_change_on <= ?`,
  ).run(today);
}

/**
 * Compares the rates that movements were valued at with the rates known now,
 * remembers the new ones, and marks the customers who moved on those days.
 */
export function markRevalued(db: WriteDb, currency: CurrencyCode): void {
  // Most runs follow no new rate: then there is nothing to compare.
  const seen = db
    .prepareWrite(
      `INSERT INTO ledger_head SELECT 'rates compared', value FROM ledger_head WHERE name = 'rates'
       ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    )
    .run();
  if (seen.changes === 0) return;
  const rates = rateBook(db);
  const days = db.prepare<[string], { currency: string; moved_on: PlainDay; rate: string | null }>(
    `SELECT DISTINCT m.currency, m.moved_on, r.rate FROM movement_rollup m
     LEFT JOIN ledger_rate r ON r.currency = m.currency AND r.moved_on = m.moved_on
     WHERE m.currency <> ?`,
  );
  const put = db.prepareWrite<[string, string, string]>(
    `INSERT INTO ledger_rate (currency, moved_on, rate) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rate = excluded.rate`,
  );
  const mark = db.prepareWrite<[string, string]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT customer_id FROM movement WHERE moved_on = ? AND currency = ?`,
  );
  for (const row of days.all(currency)) {
    const rate = rates.rate(row.currency, currency, row.moved_on);
    const text = rate ? rateText(rate) : '';
    if (text === row.rate) continue;
    put.run(row.currency, row.moved_on, text);
    if (row.rate !== null) mark.run(row.moved_on, row.currency);
  }
}

/** Remembers the rates at which movements of days and currencies new to the ledger were valued. */
export function rememberRates(
  db: WriteDb,
  { currency, rates }: Valuation,
  movements: ReadonlyMap<string, MovementDraft>,
): void {
  const put = db.prepareWrite<[string, string, string]>(
    `INSERT OR IGNORE INTO ledger_rate (currency, moved_on, rate) VALUES (?, ?, ?)`,
  );
  for (const { currency: native, on } of movements.values()) {
    const rate = rates.rate(native, currency, on);
    put.run(native, on, rate ? rateText(rate) : '');
  }
}
