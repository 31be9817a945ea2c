import type { Migration } from './migration.ts';

/** What money that flows is read from, beside the parts of the company that it belongs to. */
const FACTS = [
  'charge',
  'refund',
  'dispute',
  'invoice',
  'invoice_payment',
  'credit_note',
  'balance_transaction',
] as const;

function counted(event: string, table: string, name = event.toLowerCase()): string {
  return `
      CREATE TRIGGER ${table}_flows_${name} AFTER ${event} ON ${table} BEGIN
        UPDATE ledger_head SET value = value + 1 WHERE name = 'flows';
      END;`;
}

/**
 * Money that flows, by parts of the company: invoices by the time at which they
 * count, and a number that changes with every fact that such a sum is made of, so
 * that sums are worked out anew then and only then. An invoice is written with
 * its lines.
 */
export const flowParts: Migration = {
  version: 168,
  name: 'flow parts',
  sql: `
    CREATE INDEX invoice_by_finalization ON invoice (finalized_at) WHERE finalized_at IS NOT NULL;
    CREATE INDEX invoice_taxed_by_payment ON invoice (paid_at) WHERE status = 'paid' AND tax_minor <> 0;

    INSERT INTO ledger_head (name, value) VALUES ('flows', 0);
    ${FACTS.flatMap((table) => [counted('INSERT', table), counted('UPDATE', table), counted('DELETE', table)]).join('')}
    ${counted('INSERT', 'billing_customer')}${counted('UPDATE OF customer_id', 'billing_customer', 'moved')}${counted('DELETE', 'billing_customer')}
  `,
};
