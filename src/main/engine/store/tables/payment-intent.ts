/** Writes payments that the charges do not tell of. One that its charge tells of has no row, whichever of the two comes first. */
import type { Charge, PaymentIntent } from '../../domain/index.ts';
import type { WriteDb } from '../handles.ts';

export interface PaymentIntentWriter {
  /** @returns whether it is news: an intent has no kept record to be recognised by. */
  intent(intent: PaymentIntent): boolean;
  /** A charge has come: it tells of its intent from now on. */
  charged(charge: Pick<Charge, 'id' | 'paymentIntentId' | 'status'>): void;
}

const COLUMNS = [
  'billing_customer_id',
  'invoice_id',
  'status',
  'currency',
  'amount_minor',
  'created_at',
  'canceled_at',
  'cancellation_reason',
  'next_action',
  'failure_code',
  'decline_code',
  'failure_message',
  'charge_id',
];

export function paymentIntentWriter(db: WriteDb, sourceId: number): PaymentIntentWriter {
  const charge = db.prepare<[number, string], { status: string }>(
    'SELECT status FROM charge WHERE source_id = ? AND id = ?',
  );
  const put = db.prepareWrite(
    `INSERT INTO payment_intent (source_id, id, ${COLUMNS.join(', ')}) VALUES (?, ?${', ?'.repeat(COLUMNS.length)})
     ON CONFLICT (source_id, id) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
     WHERE (${COLUMNS.map((column) => `payment_intent.${column}`).join(', ')})
       IS NOT (${COLUMNS.map((column) => `excluded.${column}`).join(', ')})`,
  );
  const drop = db.prepareWrite<[number, string]>('DELETE FROM payment_intent WHERE source_id = ? AND id = ?');
  const settle = db.prepareWrite<[number, string, string, string]>(
    `DELETE FROM payment_intent WHERE source_id = ? AND id = ? AND charge_id = ?
     AND (status <> 'succeeded' OR ? = 'succeeded')`,
  );

  function isTold({ chargeId, status }: PaymentIntent): boolean {
    const found = chargeId === null ? undefined : charge.first(sourceId, chargeId);
    return found !== undefined && (status !== 'succeeded' || found.status === 'succeeded');
  }

  return {
    intent(i) {
      if (isTold(i)) return drop.run(sourceId, i.id).changes > 0;
      const { changes } = put.run(
        sourceId,
        i.id,
        i.customerId,
        i.invoiceId,
        i.status,
        i.currency,
        i.amountMinor,
        i.createdAt,
        i.canceledAt,
        i.cancellationReason,
        i.nextAction,
        i.failureCode,
        i.declineCode,
        i.failureMessage,
        i.chargeId,
      );
      return changes > 0;
    },
    charged({ id, paymentIntentId, status }) {
      if (paymentIntentId !== null) settle.run(sourceId, paymentIntentId, id, status);
    },
  };
}
