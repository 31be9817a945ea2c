import type { Migration } from './migration.ts';

/** What each table adds to `flow_rollup` from here on: a kind, the moment it counts at, the amount, and when it counts at all. */
const FLOWS = [
  {
    table: 'charge',
    kind: 'charged',
    at: '{row}.created_at',
    amount: 'coalesce({row}.amount_captured_minor, {row}.amount_minor)',
    counts: `{row}.status = 'succeeded'`,
  },
  {
    table: 'charge',
    kind: 'customer_charged',
    at: '{row}.created_at',
    amount: 'coalesce({row}.amount_captured_minor, {row}.amount_minor)',
    counts: `{row}.status = 'succeeded' AND {row}.billing_customer_id IS NOT NULL`,
  },
  {
    table: 'balance_transaction',
    kind: 'fee',
    at: '{row}.created_at',
    amount: `{row}.fee_minor - CASE WHEN {row}.reporting_category IN ('fee', 'network_cost') THEN {row}.amount_minor ELSE 0 END`,
    counts: `({row}.fee_minor <> 0 OR {row}.reporting_category IN ('fee', 'network_cost'))`,
  },
  {
    table: 'dispute',
    kind: 'disputed',
    at: '{row}.created_at',
    amount: '{row}.amount_minor',
    counts: `{row}.status NOT LIKE 'warning%' AND {row}.status <> 'prevented'`,
  },
  {
    table: 'dispute',
    kind: 'dispute_won',
    at: 'coalesce({row}.reinstated_at, {row}.created_at)',
    amount: '{row}.amount_minor',
    counts: `({row}.reinstated_at IS NOT NULL OR {row}.status = 'won')`,
  },
  {
    table: 'dispute',
    kind: 'dispute_lost',
    at: '{row}.created_at',
    amount: '{row}.amount_minor',
    counts: `{row}.status = 'lost'`,
  },
  {
    table: 'invoice',
    kind: 'tax_paid',
    at: '{row}.paid_at',
    amount: '{row}.tax_minor',
    counts: `{row}.status = 'paid' AND {row}.paid_at IS NOT NULL AND {row}.tax_minor <> 0`,
  },
  {
    table: 'credit_note',
    kind: 'tax_credited',
    at: '{row}.created_at',
    amount: '({row}.total_minor - {row}.total_excluding_tax_minor)',
    counts: `{row}.status = 'issued' AND {row}.total_minor <> {row}.total_excluding_tax_minor`,
  },
] as const;

function booked({ kind, at, amount, counts }: (typeof FLOWS)[number], row: 'OLD' | 'NEW', sign: '+' | '-'): string {
  return `
        INSERT INTO flow_rollup (flowed_on, kind, currency, amount_minor, entries)
        SELECT (SELECT day FROM calendar_day WHERE starts_at <= ${at.replaceAll('{row}', row)} ORDER BY starts_at DESC LIMIT 1),
               '${kind}', ${row}.currency, ${sign}(${amount.replaceAll('{row}', row)}), ${sign}1
        WHERE ${counts.replaceAll('{row}', row)}
        ON CONFLICT DO UPDATE SET amount_minor = amount_minor + excluded.amount_minor, entries = entries + excluded.entries;`;
}

function flowTriggers(): string {
  return FLOWS.map(
    (flow) => `
      CREATE TRIGGER ${flow.table}_${flow.kind}_insert AFTER INSERT ON ${flow.table} BEGIN${booked(flow, 'NEW', '+')}
      END;
      CREATE TRIGGER ${flow.table}_${flow.kind}_delete AFTER DELETE ON ${flow.table} BEGIN${booked(flow, 'OLD', '-')}
      END;
      CREATE TRIGGER ${flow.table}_${flow.kind}_update AFTER UPDATE ON ${flow.table} BEGIN${booked(flow, 'OLD', '-')}${booked(flow, 'NEW', '+')}
      END;`,
  ).join('');
}

/** The flows of rows that are there already. */
function bookStored(): string {
  return FLOWS.filter(({ kind }) => kind !== 'charged')
    .map(
      ({ table, kind, at, amount, counts }) => `
      INSERT INTO flow_rollup (flowed_on, kind, currency, amount_minor, entries)
      SELECT (SELECT day FROM calendar_day WHERE starts_at <= ${at.replaceAll('{row}', 'f')} ORDER BY starts_at DESC LIMIT 1) AS flowed_on,
             '${kind}', currency, sum(${amount.replaceAll('{row}', 'f')}), count(*)
      FROM ${table} f WHERE ${counts.replaceAll('{row}', 'f')} GROUP BY 1, 3;`,
    )
    .join('');
}

/** Charges with one key are tries at one payment. */
const PAYMENT = (row: string): string => `coalesce(${row}.payment_intent_id, ${row}.invoice_id, ${row}.id)`;

/**
 * Looks the payment of a row up anew: its first try, if that failed, and the success that followed. The index is named,
 * because without statistics the planner reads all charges of the source instead.
 */
function refreshPayment(row: 'OLD' | 'NEW'): string {
  const same = (alias: string) =>
    `${alias}.source_id = ${row}.source_id AND ${alias}.billing_customer_id = ${row}.billing_customer_id AND ${PAYMENT(alias)} = ${PAYMENT(row)}`;
  return `
        DELETE FROM failed_payment WHERE source_id = ${row}.source_id AND payment_id = ${PAYMENT(row)};
        INSERT INTO failed_payment (source_id, payment_id, billing_customer_id, charge_id, invoice_id, currency, amount_minor,
          failed_at, failed_tries, failure_code, recovered_at)
        SELECT f.source_id, ${PAYMENT('f')}, f.billing_customer_id, f.id, f.invoice_id, f.currency, f.amount_minor, f.created_at,
               (SELECT count(*) FROM charge t INDEXED BY charge_by_customer WHERE ${same('t')} AND t.status = 'failed'), f.failure_code,
               (SELECT min(s.created_at) FROM charge s INDEXED BY charge_by_customer WHERE ${same('s')} AND s.status = 'succeeded')
        FROM charge f INDEXED BY charge_by_customer
        WHERE ${same('f')} AND f.status = 'failed'
          AND NOT EXISTS (SELECT 1 FROM charge s INDEXED BY charge_by_customer WHERE ${same('s')} AND s.status = 'succeeded' AND s.created_at < f.created_at)
        ORDER BY f.created_at, f.id LIMIT 1;`;
}

/** Payments that go well at once, which nearly all do, cost one look-up. */
function paymentTrigger(event: 'INSERT' | 'UPDATE' | 'DELETE'): string {
  const rows: readonly ('OLD' | 'NEW')[] = event === 'INSERT' ? ['NEW'] : event === 'DELETE' ? ['OLD'] : ['OLD', 'NEW'];
  const concerns = rows
    .map(
      (row) =>
        `(${row}.billing_customer_id IS NOT NULL AND (${row}.status = 'failed' OR EXISTS (SELECT 1 FROM failed_payment p WHERE p.source_id = ${row}.source_id AND p.payment_id = ${PAYMENT(row)})))`,
    )
    .join(' OR ');
  return `
      CREATE TRIGGER charge_payment_${event.toLowerCase()} AFTER ${event} ON charge WHEN ${concerns} BEGIN${rows.map(refreshPayment).join('')}
      END;`;
}

const PAID = (row: string): string =>
  `${row}.status = 'paid' AND ${row}.paid_at IS NOT NULL AND ${row}.amount_paid_minor > 0`;

/** The first invoice that a customer paid money for, looked up anew. */
function refreshFirst(row: 'OLD' | 'NEW'): string {
  return `
        DELETE FROM first_payment WHERE source_id = ${row}.source_id AND billing_customer_id = ${row}.billing_customer_id;
        INSERT INTO first_payment (source_id, billing_customer_id, invoice_id, paid_at)
        SELECT i.source_id, i.billing_customer_id, i.id, i.paid_at FROM invoice i INDEXED BY invoice_by_customer
        WHERE i.source_id = ${row}.source_id AND i.billing_customer_id = ${row}.billing_customer_id AND ${PAID('i')}
        ORDER BY i.paid_at, i.id LIMIT 1;`;
}

const IS_FIRST = (row: 'OLD' | 'NEW'): string =>
  `EXISTS (SELECT 1 FROM first_payment p WHERE p.source_id = ${row}.source_id AND p.billing_customer_id = ${row}.billing_customer_id AND p.invoice_id = ${row}.id)`;
const TAKE_EARLIER = `
        INSERT INTO first_payment (source_id, billing_customer_id, invoice_id, paid_at)
        VALUES (NEW.source_id, NEW.billing_customer_id, NEW.id, NEW.paid_at)
        ON CONFLICT DO UPDATE SET invoice_id = excluded.invoice_id, paid_at = excluded.paid_at
          WHERE (excluded.paid_at, excluded.invoice_id) < (first_payment.paid_at, first_payment.invoice_id);`;

/**
 * What is collected, and what is not: fees, disputes and tax by day; payments
 * whose first try failed, with their recovery; each customer's first payment.
 * All of it is derived from facts and kept by triggers, so that what a sync
 * costs grows with what changed.
 */
export const revenue: Migration = {
  version: 75,
  name: 'revenue',
  sql: `
    -- What was captured of an authorised amount; null: all of it (a record read before this was kept).
    ALTER TABLE charge ADD COLUMN amount_captured_minor INTEGER;

    DROP TRIGGER charge_flow_insert;
    DROP TRIGGER charge_flow_delete;
    DROP TRIGGER charge_flow_update;
    ${flowTriggers()}
    ${bookStored()}

    -- Payments of customers whose first try failed.
    CREATE TABLE failed_payment (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      payment_id          TEXT NOT NULL,          -- the payment intent; before those, the invoice; else the charge
      billing_customer_id TEXT NOT NULL,
      charge_id           TEXT NOT NULL,          -- the first try
      invoice_id          TEXT,
      currency            TEXT NOT NULL,
      amount_minor        INTEGER NOT NULL,
      failed_at           INTEGER NOT NULL,
      failed_tries        INTEGER NOT NULL,
      failure_code        TEXT,
      recovered_at        INTEGER,                -- the first try that succeeded
      PRIMARY KEY (source_id, payment_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX failed_payment_by_time ON failed_payment (failed_at);
    INSERT INTO failed_payment (source_id, payment_id, billing_customer_id, charge_id, invoice_id, currency, amount_minor,
      failed_at, failed_tries, failure_code, recovered_at)
    SELECT source_id, payment_id, billing_customer_id, id, invoice_id, currency, amount_minor, created_at, failed_tries,
           failure_code, recovered_at
    FROM (
      SELECT c.*, ${PAYMENT('c')} AS payment_id,
             row_number() OVER payment AS place,
             count(*) FILTER (WHERE c.status = 'failed') OVER whole AS failed_tries,
             min(c.created_at) FILTER (WHERE c.status = 'succeeded') OVER whole AS recovered_at
      FROM charge c WHERE c.billing_customer_id IS NOT NULL AND c.status IN ('failed', 'succeeded')
      WINDOW whole AS (PARTITION BY c.source_id, c.billing_customer_id, ${PAYMENT('c')}),
             payment AS (PARTITION BY c.source_id, c.billing_customer_id, ${PAYMENT('c')} ORDER BY c.created_at, c.id)
    ) WHERE place = 1 AND status = 'failed';
    ${paymentTrigger('INSERT')}${paymentTrigger('UPDATE')}${paymentTrigger('DELETE')}

    -- The first invoice that each of the vendor's customers paid money for.
    CREATE TABLE first_payment (
      source_id           INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      billing_customer_id TEXT NOT NULL,
      invoice_id          TEXT NOT NULL,
      paid_at             INTEGER NOT NULL,
      PRIMARY KEY (source_id, billing_customer_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX first_payment_by_time ON first_payment (paid_at);
    INSERT INTO first_payment (source_id, billing_customer_id, invoice_id, paid_at)
    SELECT source_id, billing_customer_id, id, paid_at FROM (
      SELECT i.*, row_number() OVER (PARTITION BY i.source_id, i.billing_customer_id ORDER BY i.paid_at, i.id) AS place
      FROM invoice i WHERE ${PAID('i')}
    ) WHERE place = 1;
    CREATE TRIGGER invoice_first_insert AFTER INSERT ON invoice WHEN ${PAID('NEW')} BEGIN${TAKE_EARLIER}
    END;
    CREATE TRIGGER invoice_first_update AFTER UPDATE ON invoice WHEN ${PAID('NEW')} AND NOT ${IS_FIRST('OLD')} BEGIN${TAKE_EARLIER}
    END;
    CREATE TRIGGER invoice_first_change AFTER UPDATE ON invoice WHEN ${IS_FIRST('OLD')}
      AND (NOT (${PAID('NEW')}) OR NEW.paid_at <> OLD.paid_at OR NEW.billing_customer_id <> OLD.billing_customer_id) BEGIN${refreshFirst('OLD')}${refreshFirst('NEW')}
    END;
    CREATE TRIGGER invoice_first_delete AFTER DELETE ON invoice WHEN ${IS_FIRST('OLD')} BEGIN${refreshFirst('OLD')}
    END;

    -- States with a discount, for what discounts give away; most states have none. Discounts are the lists "d" and those of items.
    CREATE INDEX subscription_state_discounted ON subscription_state (effective_on)
      WHERE instr(body, '"d":[[') > 0 OR instr(body, ',[[') > 0;
  `,
};
