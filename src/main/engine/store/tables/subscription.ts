/** Writes subscriptions as last read, and every sighting of them. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { Subscription, SubscriptionSighting } from '../../domain/index.ts';
import type { SqlValue, WriteDb } from '../handles.ts';
import type { DirtyMarks } from './dirty-customer.ts';

export interface SubscriptionWriter {
  write(sighting: SubscriptionSighting): void;
  /** Ends a subscription that the vendor no longer knows on the moment at which that was found. */
  markGone(id: string, at: Instant): void;
}

const COLUMNS =
  'source_id, id, billing_customer_id, status, currency, created_at, started_at, trial_end_at, cancel_at, canceled_at, ended_at, seen_at, body';

export function subscriptionWriter(db: WriteDb, sourceId: number, dirty: DirtyMarks): SubscriptionWriter {
  const places = COLUMNS.replaceAll(/\w+/g, '?');
  // A reading is always newer than what was read before; an event only speaks where nothing has been read.
  const read = db.prepareWrite<readonly SqlValue[]>(
    `INSERT OR REPLACE INTO subscription (${COLUMNS}) VALUES (${places})`,
  );
  const hearsay = db.prepareWrite<readonly SqlValue[]>(
    `INSERT OR IGNORE INTO subscription (${COLUMNS}) VALUES (${places})`,
  );
  const sight = db.prepareWrite<readonly SqlValue[]>(
    `INSERT INTO subscription_sighting (source_id, subscription_id, seen_at, seen_by, event_id, event_type, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, subscription_id, seen_at, event_id) DO UPDATE SET body = excluded.body`,
  );
  const known = db.prepare<[number, string], { body: string }>(
    'SELECT body FROM subscription WHERE source_id = ? AND id = ?',
  );

  const self: SubscriptionWriter = {
    markGone(id, at) {
      const row = known.first(sourceId, id);
      if (!row) return;
      const last = JSON.parse(row.body) as Subscription;
      if (last.status === 'canceled' || last.status === 'incomplete_expired') return;
      const gone: Subscription = { ...last, status: 'canceled', endedAt: at, goneAt: at };
      self.write({ subscription: gone, seenAt: at, by: 'read', eventId: null, eventType: null });
    },
    write({ subscription: s, seenAt, by, eventId, eventType }) {
      const body = JSON.stringify(s);
      const statement = by === 'read' ? read : hearsay;
      statement.run(
        sourceId,
        s.id,
        s.customerId,
        s.status,
        s.currency,
        s.createdAt,
        s.startedAt,
        s.trialEnd,
        s.cancelAt,
        s.canceledAt,
        s.endedAt,
        seenAt,
        body,
      );
      sight.run(sourceId, s.id, seenAt, by, eventId ?? '', eventType, body);
      dirty.ofBillingCustomer(s.customerId);
    },
  };
  return self;
}
