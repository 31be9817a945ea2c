/** Closing: freezes a month with everything that it rests on, or opens it again. */
import { hash } from 'node:crypto';
import type { MetricSnapshot } from '../../../shared/contract/metrics.ts';
import { currencyCode, exponentOf, isCurrencyCode } from '../../../shared/kernel/currency.ts';
import { firstDayOf, lastDayOf, monthOf, type PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError, assert } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { rateBook, rateNumber, rateText } from '../fx/index.ts';
import type { MetricsContext } from '../metrics/index.ts';
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { closesInForce, lastCloses } from './closes.ts';
import { monthBridge, monthFlows } from './known.ts';
import { obstacles, openMonths } from './order.ts';
import { packed } from './packed.ts';
import { sourceEvidence } from './source-evidence.ts';
import { readWatch, storedBasis, watchNow, writeWatch } from './watch.ts';

export interface CloseRequest {
  readonly month: PlainMonth;
  readonly by: 'hand' | 'schedule';
  /** Freezes what is known to be missing as well, instead of refusing. */
  readonly acceptGaps: boolean;
  readonly programVersion: string;
  /** As they are known at the moment of the close. */
  readonly figures: () => ClosingFigures;
}

export interface ClosingFigures {
  readonly snapshot: MetricSnapshot;
  /** The month's board pack; names of customers as references, so that they can be forgotten. */
  readonly pack: unknown;
}

/** One customer's sum of a kind and currency in a month: id, kind, currency, annual, annual in the reporting currency. */
export type FrozenMovement = [number, string, string, number, number];

/**
 * Closes a month in one transaction. Months are closed in order: a close rests
 * on those before it, and its opening is the closing that was reported.
 * @throws AppError `invalid_input` for a month that is not over, `not_found` before the ledger begins, `conflict` where
 *   it is closed already, an earlier one is open, the ledger waits to be computed, or something is known to be missing.
 */
export function closeMonth(db: WriteDb, request: CloseRequest, context: MetricsContext): void {
  db.transaction(() => {
    const { month } = request;
    assertClosable(db, month, context);
    const gaps = obstacles(db, month, context);
    if (gaps.length > 0 && !request.acceptGaps)
      throw new AppError('conflict', `${month} is not closed, because something is missing: ${gaps.join(' ')}`);
    const basis = storedBasis(db);
    const version = (lastCloses(db).find((close) => close.month === month)?.version ?? 0) + 1;
    const { arr, ...shown } = monthBridge(db, month, context.currency, context);
    const head = watchNow(db);
    const figures = request.figures();
    const values: Record<string, SqlValue> = {
      month,
      version,
      closed_at: context.now,
      closed_by: request.by,
      time_zone: context.zone,
      currency: context.currency,
      policy: JSON.stringify(context.policy),
      rules_version: basis.rulesVersion,
      program_version: request.programVersion,
      ledger_run_id: lastRun(db),
      movement_head: head.movementHead,
      snapshot: JSON.stringify(figures.snapshot),
      bridge: JSON.stringify({ ...shown, arr }),
      flows: JSON.stringify(monthFlows(db, month, context.currency)),
      movements: packed(frozenMovements(db, month)),
      pack: packed(figures.pack),
      sources: JSON.stringify(sourceEvidence(db)),
      rates: JSON.stringify(monthEndRates(db, month, context)),
      gaps: JSON.stringify(gaps),
      previous_hash: previousHash(db),
    };
    const columns = Object.keys(values);
    db.prepareWrite<SqlValue[]>(
      `INSERT INTO month_close (${columns.join(', ')}, hash) VALUES (${columns.map(() => '?').join(', ')}, ?)`,
    ).run(...Object.values(values), hashOf(Object.values(values)));
    const last = closesInForce(db).at(-1)?.month ?? month;
    writeWatch(db, head, last, context.zone);
  });
}

/** Changes with everything that a month's figures are read from: the ledger, what flowed, rates, costs and earlier closes. */
export function figuresRevision(db: ReadDb): string {
  const row = db
    .prepare<[], { heads: string; costs: number; closes: number }>(
      `SELECT (SELECT group_concat(value, ':') FROM (SELECT value FROM ledger_head ORDER BY name)) AS heads,
              (SELECT coalesce(max(cost_edit_id), 0) FROM cost_edit) AS costs,
              (SELECT coalesce(max(close_id), 0) FROM month_close) AS closes`,
    )
    .first();
  return JSON.stringify(row);
}

/** @throws AppError as `closeMonth` does, but for what is known to be missing. */
export function assertClosable(db: ReadDb, month: PlainMonth, context: MetricsContext): void {
  if (month >= monthOf(context.today))
    throw new AppError(
      'invalid_input',
      `${month} is not over yet: it can be closed from the day after ${lastDayOf(month)}`,
    );
  const open = openMonths(db, context);
  if (!open.includes(month)) {
    const closed = closesInForce(db).some((close) => close.month === month);
    throw closed
      ? new AppError('conflict', `${month} is closed already; reopen it first to close it anew`)
      : new AppError('not_found', `The ledger begins after ${month}: there is nothing to close`);
  }
  if (open[0] !== month)
    throw new AppError(
      'conflict',
      `${open[0]} is still open, and months are closed in order: close all through ${month}, or begin with ${open[0]}`,
    );
  const waiting = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM dirty_customer`).first()?.n ?? 0;
  if (waiting > 0)
    throw new AppError('conflict', `${waiting} customers wait to be computed; ${month} is closed when that is done`);
  const watch = readWatch(db);
  const now = watchNow(db);
  assert(
    watch === null || (watch.movementHead === now.movementHead && watch.pendingFrom === null),
    'a month is closed before the closed ones were compared with the ledger',
  );
}

/** Opens a closed month again. Its close and its restatements stay as they are. @throws AppError `not_found` where it is not closed. */
export function reopenMonth(db: WriteDb, month: PlainMonth, reason: string, now: Instant): void {
  db.transaction(() => {
    const close = closesInForce(db).find((one) => one.month === month);
    if (!close) throw new AppError('not_found', `${month} is not closed: there is nothing to open`);
    db.prepareWrite<[number, number, string]>(
      `INSERT INTO month_reopening (close_id, reopened_at, reason) VALUES (?, ?, ?)`,
    ).run(close.closeId, now, reason);
  });
}

/** SHA-256 over frozen values in the order of their columns. */
export function hashOf(values: readonly SqlValue[]): string {
  const texts = values.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value));
  return hash('sha256', JSON.stringify(texts), 'hex');
}

function previousHash(db: ReadDb): string {
  return (
    db.prepare<[], { hash: string }>(`SELECT hash FROM month_close ORDER BY close_id DESC LIMIT 1`).first()?.hash ?? ''
  );
}

function lastRun(db: ReadDb): number {
  return db.prepare<[], { run: number | null }>(`SELECT max(run_id) AS run FROM ledger_run`).first()?.run ?? 0;
}

/** The month's movements by customer, kind and currency: what is needed to say later who made the reported figures. */
function frozenMovements(db: ReadDb, month: PlainMonth): FrozenMovement[] {
  return db
    .prepare<
      [string, string],
      { customer_id: number; kind: string; currency: string; annual: number; reporting: number | null }
    >(
      `SELECT customer_id, kind, currency, sum(annual_minor) AS annual, sum(reporting_minor) AS reporting
       FROM movement WHERE moved_on BETWEEN ? AND ?
       GROUP BY customer_id, kind, currency HAVING annual <> 0 OR reporting <> 0 ORDER BY customer_id, kind, currency`,
    )
    .all(firstDayOf(month), lastDayOf(month))
    .map((row) => [row.customer_id, row.kind, row.currency, row.annual, row.reporting ?? 0]);
}

/** The rates at which the month's closing was valued: of every currency that has moved by then. */
function monthEndRates(db: ReadDb, month: PlainMonth, { currency }: MetricsContext) {
  const rates = rateBook(db);
  return db
    .prepare<[string, string], { currency: string }>(
      `SELECT DISTINCT currency FROM gauge_rollup WHERE gauge = 'mrr' AND currency <> ? AND changed_on <= ? ORDER BY 1`,
    )
    .all(currency, lastDayOf(month))
    .map((row) => {
      const rate = isCurrencyCode(row.currency) ? rates.rate(row.currency, currency, lastDayOf(month)) : null;
      // The exact rate is one of minor units; the shown one is of whole units.
      const shift = isCurrencyCode(row.currency) ? exponentOf(currencyCode(row.currency)) - exponentOf(currency) : 0;
      return { currency: row.currency, rate: rate && rateNumber(rate) * 10 ** shift, exact: rate && rateText(rate) };
    });
}
