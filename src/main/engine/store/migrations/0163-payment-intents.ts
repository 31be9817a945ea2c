import type { Migration } from './migration.ts';

/**
 * Payments of which the charges do not tell: asked for and never made, or said to be made by a charge that is not here.
 * All others are known by their charges and have no row.
 */
export const paymentIntents: Migration = {
  version: 163,
  name: 'payment-intents',
  sql: `
    CREATE TABLE payment_intent (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id                  TEXT NOT NULL,
      billing_customer_id TEXT,
      invoice_id          TEXT,             -- where the object names it; newer ones are tied to it by invoice_payment
      status              TEXT NOT NULL CHECK (status IN ('requires_payment_method', 'requires_confirmation',
                            'requires_action', 'requires_capture', 'processing', 'canceled', 'succeeded')),
      currency            TEXT NOT NULL,
      amount_minor        INTEGER NOT NULL,
      created_at          INTEGER NOT NULL,
      canceled_at         INTEGER,
      cancellation_reason TEXT,
      next_action         TEXT,             -- what is asked of the customer: 'use_stripe_sdk'
      failure_code        TEXT,             -- of the last try
      decline_code        TEXT,
      failure_message     TEXT,
      charge_id           TEXT,             -- the newest charge that it names; null: it never came to one
      PRIMARY KEY (source_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX payment_intent_by_customer ON payment_intent (source_id, billing_customer_id, created_at);
    CREATE INDEX payment_intent_by_time ON payment_intent (created_at) WHERE charge_id IS NULL;
    CREATE INDEX payment_intent_unproven ON payment_intent (source_id) WHERE charge_id IS NOT NULL;
  `,
};
