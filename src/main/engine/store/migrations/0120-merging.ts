import type { Migration } from './migration.ts';

/**
 * Customers that became part of another one, which of a customer's records
 * names it, and decisions that were made together and restore exactly what
 * stood before them.
 */
export const merging: Migration = {
  version: 120,
  name: 'merging',
  sql: `
    -- Set while all records of the customer belong to another one: it is nobody by itself, and shown nowhere.
    ALTER TABLE customer ADD COLUMN merged_into_id INTEGER REFERENCES customer;
    -- The record after which the customer is called, where a merge has chosen it; else its oldest one.
    ALTER TABLE customer ADD COLUMN named_source_id INTEGER;
    ALTER TABLE customer ADD COLUMN named_record_id TEXT;
    CREATE INDEX customer_merged_into ON customer (merged_into_id) WHERE merged_into_id IS NOT NULL;

    -- The first decision of those that were made together; null: it stands alone, or is the first.
    ALTER TABLE identity_decision ADD COLUMN act_id INTEGER REFERENCES identity_decision ON DELETE SET NULL;
    -- What a link stood on before the decision, for putting it back.
    ALTER TABLE identity_decision ADD COLUMN former_rule TEXT
      CHECK (former_rule IN ('billing_id', 'metadata', 'domain', 'email', 'hand'));
    ALTER TABLE identity_decision ADD COLUMN former_decision_id INTEGER;
    CREATE INDEX identity_decision_by_act ON identity_decision (act_id) WHERE act_id IS NOT NULL;
  `,
};
