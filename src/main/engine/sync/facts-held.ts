/** Small questions about the facts that are stored, which a source needs to know what to ask for. */
import { z } from 'zod';
import { currencyCode, isCurrencyCode, type CurrencyCode } from '../../../shared/kernel/currency.ts';
import { dayAt, firstDayOf, UTC, type PlainDay, type PlainMonth } from '../../../shared/kernel/day.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/handles.ts';

/** Currencies of all amounts, with the reporting currency, sorted. */
export function currenciesHeld(db: ReadDb): CurrencyCode[] {
  const rows = db
    .prepare<[], { currency: string }>(
      `SELECT DISTINCT currency FROM invoice UNION SELECT DISTINCT currency FROM subscription
       UNION SELECT DISTINCT currency FROM charge UNION SELECT DISTINCT currency FROM balance_transaction
       UNION SELECT DISTINCT currency FROM cost`,
    )
    .all();
  const codes = [...rows.map(({ currency }) => currency), ...reportingCurrency(db)];
  return [...new Set(codes.filter(isCurrencyCode).map(currencyCode))].toSorted();
}

/** What amounts are reported in until the founder chooses. */
const DEFAULT_CURRENCY = 'USD';

function reportingCurrency(db: ReadDb): string[] {
  const row = db.prepare<[], { value: string }>(`SELECT value FROM setting WHERE name = 'reportingCurrency'`).first();
  return [row ? z.string().parse(JSON.parse(row.value)) : DEFAULT_CURRENCY];
}

/** The first day on which an amount may have to be valued, or null without any. */
export function firstDayHeld(db: ReadDb): PlainDay | null {
  const row = db
    .prepare<[], { at: Instant | null }>(
      `SELECT min(at) AS at FROM (SELECT min(created_at) AS at FROM invoice UNION ALL
       SELECT min(started_at) FROM subscription UNION ALL SELECT min(created_at) FROM charge)`,
    )
    .first();
  const cost = db.prepare<[], { month: PlainMonth | null }>(`SELECT min(month) AS month FROM cost`).first();
  // Costs are valued at the end of their month, so that its first day is early enough.
  const days = [
    ...(row?.at == null ? [] : [dayAt(row.at, UTC)]),
    ...(cost?.month == null ? [] : [firstDayOf(cost.month)]),
  ];
  return days.toSorted()[0] ?? null;
}

const MEASURED: Readonly<Record<string, readonly [table: string, column: string]>> = {
  invoice: ['invoice', 'total_minor'],
  charge: ['charge', 'amount_minor'],
  refund: ['refund', 'amount_minor'],
  dispute: ['dispute', 'amount_minor'],
  credit_note: ['credit_note', 'total_minor'],
  balance_transaction: ['balance_transaction', 'net_minor'],
  payout: ['payout', 'amount_minor'],
  crm_deal: ['crm_deal', 'amount_minor'],
};

/** Σ of the facts of one kind by currency, as the tables hold them. Empty for kinds that are not summed. */
export function sumsHeld(db: ReadDb, sourceId: number, type: string): Record<string, number> {
  const measured = MEASURED[type];
  if (!measured) return {};
  const [table, column] = measured;
  const rows = db
    .prepare<[number], { currency: string; sum: number }>(
      `SELECT currency, sum(${column}) AS sum FROM ${table}
       WHERE source_id = ? AND currency IS NOT NULL AND ${column} IS NOT NULL GROUP BY currency`,
    )
    .all(sourceId);
  return Object.fromEntries(rows.map(({ currency, sum }) => [currency, sum]));
}

/** Vendor's ids of customers of whom facts speak and who have no record, and since when facts do. */
export function missingCustomers(db: ReadDb, sourceId: number): { id: string; since: Instant }[] {
  return db
    .prepare<[number, number, number], { id: string; since: Instant }>(
      `SELECT f.id, min(f.at) AS since FROM (
         SELECT billing_customer_id AS id, min(created_at) AS at FROM invoice WHERE source_id = ? GROUP BY 1
         UNION ALL SELECT billing_customer_id, min(started_at) FROM subscription WHERE source_id = ? GROUP BY 1) f
       WHERE NOT EXISTS (SELECT 1 FROM billing_customer c WHERE c.source_id = ? AND c.id = f.id)
       GROUP BY f.id ORDER BY f.id`,
    )
    .all(sourceId, sourceId, sourceId);
}
