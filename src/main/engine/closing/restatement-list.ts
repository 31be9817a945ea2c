/** `closing.restatements`: page after page of what became known after closing. */
import {
  FLOW_LINES,
  ClosingLineSchema,
  RestatementCauseSchema,
  type Restatement,
  type RestatementCause,
} from '../../../shared/contract/closing.ts';
import { currencyCode } from '../../../shared/kernel/currency.ts';
import { plainMonth, type PlainMonth } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { sourceUrl } from '../metrics/index.ts';
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb } from '../store/index.ts';

export interface RestatementsInput {
  readonly month?: PlainMonth | undefined;
  readonly cause?: RestatementCause | undefined;
  readonly limit: number;
  readonly cursor?: string | null | undefined;
}

interface Row {
  restatement_id: number;
  month: string;
  version: number;
  currency: string;
  line: string;
  customer_id: CustomerId | null;
  name: string | null;
  native_currency: string | null;
  native_before_minor: number | null;
  native_after_minor: number | null;
  before_minor: number;
  after_minor: number;
  cause: string;
  detail: string;
  source_id: SourceId | null;
  vendor: string | null;
  object_id: string | null;
  ledger_run_id: number | null;
  found_at: number;
}

const IN_FORCE = `NOT EXISTS (SELECT 1 FROM month_reopening o WHERE o.close_id = c.close_id)`;

/** Restatements of closes in force, the last found first. @throws AppError `invalid_input` for a cursor that no page gave. */
export function restatements(
  db: ReadDb,
  { month, cause, limit, cursor }: RestatementsInput,
): { total: number; rows: Restatement[]; cursor: string | null } {
  const conditions = [IN_FORCE, ...(month === undefined ? [] : ['c.month = ?'])];
  const given: SqlValue[] = month === undefined ? [] : [month];
  const total =
    db
      .prepare<SqlValue[], { n: number | null }>(
        `SELECT sum(r.entries) AS n FROM restatement_rollup r JOIN month_close c USING (close_id)
         WHERE ${[...conditions, ...(cause === undefined ? [] : ['r.cause = ?'])].join(' AND ')}`,
      )
      .first(...given, ...(cause === undefined ? [] : [cause]))?.n ?? 0;
  const parameters = [...given, ...(cause === undefined ? [] : [cause]), ...(cursor == null ? [] : [idOf(cursor)])];
  const where = [
    ...conditions,
    ...(cause === undefined ? [] : ['r.cause = ?']),
    ...(cursor == null ? [] : ['r.restatement_id < ?']),
  ];
  const rows = db
    .prepare<SqlValue[], Row>(
      `SELECT r.restatement_id, c.month, c.version, c.currency, r.line, r.customer_id, u.name, r.native_currency,
              r.native_before_minor, r.native_after_minor, r.before_minor, r.after_minor, r.cause, r.detail, r.source_id,
              s.vendor, r.object_id, r.ledger_run_id, r.found_at
       FROM restatement r JOIN month_close c USING (close_id) LEFT JOIN customer u ON u.customer_id = r.customer_id
       LEFT JOIN source s ON s.source_id = r.source_id
       WHERE ${where.join(' AND ')} ORDER BY r.restatement_id DESC LIMIT ?`,
    )
    .all(...parameters, limit);
  const last = rows.at(-1);
  return {
    total,
    rows: rows.map(restatementOf),
    cursor: rows.length === limit && last ? String(last.restatement_id) : null,
  };
}

function restatementOf(row: Row): Restatement {
  const line = ClosingLineSchema.parse(row.line);
  return {
    restatementId: row.restatement_id,
    month: plainMonth(row.month),
    version: row.version,
    line,
    annual: !FLOW_LINES.some((flow) => flow === line),
    customerId: row.customer_id,
    customerName: row.name,
    nativeCurrency: row.native_currency,
    nativeBefore: row.native_before_minor === null ? null : minor(row.native_before_minor),
    nativeAfter: row.native_after_minor === null ? null : minor(row.native_after_minor),
    currency: currencyCode(row.currency),
    before: minor(row.before_minor),
    after: minor(row.after_minor),
    change: minor(row.after_minor - row.before_minor),
    cause: RestatementCauseSchema.parse(row.cause),
    detail: row.detail,
    sourceId: row.source_id,
    objectId: row.object_id,
    sourceUrl: row.object_id === null ? null : sourceUrl(row.vendor ?? undefined, row.object_id),
    ledgerRunId: row.ledger_run_id,
    foundAt: instant(row.found_at),
  };
}

function idOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor))
    throw new AppError('invalid_input', 'The cursor is not one that a page of restatements gave');
  return Number(cursor);
}
