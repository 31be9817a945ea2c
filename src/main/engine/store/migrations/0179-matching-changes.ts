import type { Migration } from './migration.ts';

/** What matching reads of a table: a change of anything else is none to it. */
const READ: Readonly<Record<string, readonly string[]>> = {
  customer: ['name', 'erased_at', 'merged_into_id'],
  billing_customer: ['id', 'customer_id', 'name', 'email', 'metadata'],
  crm_account: ['name', 'domain', 'billing_customer_id', 'fields', 'deleted_at'],
  crm_contact: ['account_id', 'email', 'deleted_at'],
  crm_field_meaning: ['meaning'],
  product_account: ['name', 'domain', 'emails', 'billing_customer_id', 'deleted_at'],
  support_company: ['name', 'domain', 'external_id'],
  support_contact: ['company_id', 'name', 'email', 'external_id'],
  identity_decision: ['undoes_id'],
};

const COUNT = `UPDATE ledger_head SET value = value + 1 WHERE name = 'matching';`;

function counted(table: string, columns: readonly string[]): string {
  const differs = columns.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ');
  return `
    CREATE TRIGGER ${table}_matching_insert AFTER INSERT ON ${table} BEGIN ${COUNT} END;
    CREATE TRIGGER ${table}_matching_delete AFTER DELETE ON ${table} BEGIN ${COUNT} END;
    CREATE TRIGGER ${table}_matching_update AFTER UPDATE OF ${columns.join(', ')} ON ${table} WHEN ${differs} BEGIN ${COUNT} END;`;
}

/** A number that changes with everything that matching reads, so that a sync of invoices alone matches nobody again. */
export const matchingChanges: Migration = {
  version: 179,
  name: 'matching changes',
  sql: `
    INSERT INTO ledger_head (name, value) VALUES ('matching', 1);
    ${Object.entries(READ)
      .map(([table, columns]) => counted(table, columns))
      .join('')}
  `,
};
