/**
 * Which accounts make up the company's figures. A test account counts only
 * while there is nothing real: beside a live account its records are read and
 * proven complete, and no facts are made of them.
 */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { Source } from '../sources/kit/index.ts';
import { noteFactsChanged } from '../store/fact-version.ts';
import type { ReadDb, WriteDb } from '../store/handles.ts';
import { resettleInvoiceDays } from '../store/tables/invoice-days.ts';
import { normalisersSetting } from './normalisers.ts';
import { eraseUnknown } from './unknown-customers.ts';

/** Everything that a billing system's records are turned into. */
export const BILLING_FACTS: readonly string[] = [
  'balance_transaction',
  'billing_customer',
  'billing_meter',
  'charge',
  'coupon',
  'credit_note',
  'dispute',
  'invoice',
  'invoice_line',
  'invoice_payment',
  'meter_usage',
  'payment_intent',
  'payout',
  'payout_part',
  'price',
  'product',
  'quote',
  'refund',
  'subscription',
  'subscription_sighting',
];

/** Streams without kept records: what they say can only be had from the vendor again. */
const READ_AGAIN: readonly string[] = ['payment_intents', 'meter_usage'];

export function countsInFigures(db: ReadDb, sourceId: number): boolean {
  const row = db.prepare<[number], { counts: number }>('SELECT counts FROM source WHERE source_id = ?').first(sourceId);
  return row?.counts !== 0;
}

/**
 * Sets test accounts aside when a real one has come, and lets them count again when the last real one has gone: their
 * facts are then made anew from the kept records by their next sync. Called inside a transaction.
 * @returns whether anything changed; the ledger has to follow.
 */
export function settleCounting(db: WriteDb, sources: readonly Source[], now: Instant): boolean {
  const families = new Map(sources.map(({ id, family }) => [id, family]));
  const rows = db
    .prepare<[], { source_id: number; vendor: string; live_mode: number | null; counts: number }>(
      'SELECT source_id, vendor, live_mode, counts FROM source ORDER BY source_id',
    )
    .all()
    .filter(({ vendor }) => families.get(vendor) === 'billing');
  const isReal = rows.some(({ live_mode }) => live_mode !== 0);
  const changed = rows.filter(({ live_mode, counts }) => (live_mode === 0 && isReal ? 0 : 1) !== counts);
  for (const { source_id, counts } of changed) {
    const values = { counts: counts === 1 ? 0 : 1 };
    db.run(db.build.updateTable('source').set(values).where('source_id', '=', source_id));
    if (counts === 1) setAside(db, source_id, now);
    else countAgain(db, source_id);
  }
  if (changed.length > 0) noteFactsChanged(db);
  return changed.length > 0;
}

/** Facts that no normaliser is noted for are made anew by the next sync; without kept records it reads them again. */
function countAgain(db: WriteDb, sourceId: number): void {
  db.run(db.build.updateTable('setting').set({ value: '{}' }).where('name', '=', normalisersSetting(sourceId)));
  db.run(db.build.deleteFrom('stream_state').where('source_id', '=', sourceId).where('stream', 'in', READ_AGAIN));
}

function setAside(db: WriteDb, sourceId: number, now: Instant): void {
  const customers = db.all(
    db.build.selectFrom('billing_customer').select('customer_id').distinct().where('source_id', '=', sourceId),
  );
  db.prepareWrite<[number]>(
    `INSERT OR IGNORE INTO dirty_customer (customer_id) SELECT customer_id FROM billing_customer WHERE source_id = ?`,
  ).run(sourceId);
  for (const table of BILLING_FACTS)
    db.prepareWrite<[number]>(`DELETE FROM ${table} WHERE source_id = ?`).run(sourceId);
  resettleInvoiceDays(db, sourceId);
  eraseUnknown(db, customers, now);
}
