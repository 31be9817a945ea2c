/**
 * What stands for a company outside of billing: accounts of a CRM, of the
 * product, of a help desk. Each kind lies in a table of its own and is read
 * here through one set of columns; a further kind is one entry more.
 */
import { ACCOUNT_SAID } from '../crm-fields/index.ts';

/** SQL with the columns `kind`, `source_id`, `id`, `name`, `domain`, `billing_id` (the billing system's id of the same company), `own_id` (the founder's own id of it) and `emails` (JSON, lower case). Deleted ones are left out. */
const CRM_ACCOUNTS = `SELECT 'crm' AS kind, a.source_id, a.id, a.name, a.domain,
    -- What the founder says of a field comes before the field that was named when connecting.
    coalesce((SELECT trim(s.value) FROM (${ACCOUNT_SAID}) s WHERE s.source_id = a.source_id AND s.account_id = a.id
      AND s.meaning = 'billing_customer'), a.billing_customer_id) AS billing_id, NULL AS own_id,
    (SELECT json_group_array(DISTINCT lower(t.email)) FROM crm_contact t
     WHERE t.source_id = a.source_id AND t.account_id = a.id AND t.email IS NOT NULL AND t.deleted_at IS NULL) AS emails
  FROM crm_account a WHERE a.deleted_at IS NULL`;

const PRODUCT_ACCOUNTS = `SELECT 'product' AS kind, a.source_id, a.id, a.name, a.domain, a.billing_customer_id AS billing_id,
    a.id AS own_id, a.emails
  FROM product_account a WHERE a.deleted_at IS NULL AND a.id <> ''`;

const SUPPORT_ACCOUNTS = `SELECT 'support' AS kind, a.source_id, a.id, a.name, a.domain, NULL AS billing_id, a.external_id AS own_id,
    (SELECT json_group_array(DISTINCT lower(t.email)) FROM support_contact t
     WHERE t.source_id = a.source_id AND t.account_id = a.id AND t.email IS NOT NULL) AS emails
  FROM support_account a`;

/** Every account that is alive, of whatever kind. SQLite looks a single one up in each table by its key. */
export const EVERY_ACCOUNT = [CRM_ACCOUNTS, PRODUCT_ACCOUNTS, SUPPORT_ACCOUNTS].join('\nUNION ALL\n');
