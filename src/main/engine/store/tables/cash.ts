/** Writes payouts with their parts, quotes, meters and what they counted. */
import type { BillingMeter, MeterUsage, Payout, Quote } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';
import { bit, upsert } from './upsert.ts';

export interface CashWriter {
  payout(payout: Payout): void;
  quote(quote: Quote): void;
  meter(meter: BillingMeter): void;
  /** A day without usage has no row. @returns whether it is news: usage has no kept record to be recognised by. */
  usage(usage: MeterUsage): boolean;
}

const KEY = ['source_id', 'id'];
const PAYOUT = [
  ...KEY,
  'status',
  'currency',
  'amount_minor',
  'created_at',
  'arrival_at',
  'automatic',
  'failure_code',
  'failure_message',
  'balance_transaction_id',
  'membership',
];
const QUOTE = [
  ...KEY,
  'number',
  'billing_customer_id',
  'status',
  'currency',
  'total_minor',
  'recurring_minor',
  'recurring_interval',
  'recurring_count',
  'created_at',
  'finalized_at',
  'accepted_at',
  'canceled_at',
  'expires_at',
  'subscription_id',
  'invoice_id',
];
const METER = [...KEY, 'title', 'event_name', 'active', 'adds_up'];

export function cashWriter(db: WriteDb, sourceId: number): CashWriter {
  const payout = upsert(db, 'payout', KEY, PAYOUT);
  const clearParts = db.prepareWrite<[number, string]>('DELETE FROM payout_part WHERE source_id = ? AND payout_id = ?');
  const addPart = db.prepareWrite<[number, string, string]>(
    'INSERT OR IGNORE INTO payout_part (source_id, payout_id, balance_transaction_id) VALUES (?, ?, ?)',
  );
  const quote = upsert(db, 'quote', KEY, QUOTE);
  const meter = upsert(db, 'billing_meter', KEY, METER);
  const usage = db.prepareWrite<[number, string, string, string, number]>(
    `INSERT INTO meter_usage (source_id, billing_customer_id, meter_id, used_on, quantity) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source_id, billing_customer_id, meter_id, used_on) DO UPDATE SET quantity = excluded.quantity
     WHERE quantity <> excluded.quantity`,
  );
  const noUsage = db.prepareWrite<[number, string, string, string]>(
    'DELETE FROM meter_usage WHERE source_id = ? AND billing_customer_id = ? AND meter_id = ? AND used_on = ?',
  );
  return {
    payout(p) {
      payout.run(
        sourceId,
        p.id,
        p.status,
        p.currency,
        p.amountMinor,
        p.createdAt,
        p.arrivalAt,
        bit(p.automatic),
        p.failureCode,
        p.failureMessage,
        p.balanceTransactionId,
        p.membership,
      );
      clearParts.run(sourceId, p.id);
      for (const part of p.parts) addPart.run(sourceId, p.id, part);
    },
    quote: (q) =>
      void quote.run(
        sourceId,
        q.id,
        q.number,
        q.customerId,
        q.status,
        q.currency,
        q.totalMinor,
        q.recurring?.amountMinor ?? null,
        q.recurring?.interval ?? null,
        q.recurring?.intervalCount ?? null,
        q.createdAt,
        q.finalizedAt,
        q.acceptedAt,
        q.canceledAt,
        q.expiresAt,
        q.subscriptionId,
        q.invoiceId,
      ),
    meter: (m) => void meter.run(sourceId, m.id, m.title, m.eventName, bit(m.active), bit(m.addsUp)),
    usage: (u) =>
      (u.quantity === 0
        ? noUsage.run(sourceId, u.customerId, u.meterId, u.day)
        : usage.run(sourceId, u.customerId, u.meterId, u.day, u.quantity)
      ).changes > 0,
  };
}
