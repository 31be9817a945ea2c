/** The records that are to be put together: customers of the ledger with what billing knows, accounts that no one is linked to. */
import type { ReadDb } from '../store/index.ts';

export interface KnownCustomer {
  readonly customerId: number;
  readonly name: string;
  /** Ids of its records in billing systems. */
  readonly billingIds: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
  /** Ids of a CRM's accounts that billing keeps in its metadata. */
  readonly accountIds: readonly string[];
}

export interface OpenAccount {
  readonly sourceId: number;
  readonly accountId: string;
  readonly name: string | null;
  readonly domain: string | null;
  readonly billingCustomerId: string | null;
  /** Of its contacts, in lower case. */
  readonly emails: readonly string[];
}

/** Keys of metadata under which billing systems are told the CRM's id, as integrations and founders name them. */
const ACCOUNT_KEYS = [
  'crm_id',
  'crm_account_id',
  'hubspot_id',
  'hubspot_company_id',
  'salesforce_id',
  'salesforce_account_id',
  'pipedrive_id',
  'pipedrive_org_id',
];

interface BillingRow {
  customer_id: number;
  name: string;
  billing_ids: string;
  emails: string;
  account_ids: string;
}

export function knownCustomers(db: ReadDb): KnownCustomer[] {
  const keys = ACCOUNT_KEYS.map((key) => `'${key}'`).join(', ');
  return db
    .prepare<[], BillingRow>(
      `SELECT c.customer_id, c.name, json_group_array(b.id) AS billing_ids, json_group_array(lower(b.email)) AS emails,
              json_group_array((SELECT json_group_array(j.value) FROM json_each(b.metadata) j WHERE j.key IN (${keys}))) AS account_ids
       FROM customer c JOIN billing_customer b ON b.customer_id = c.customer_id
       WHERE c.erased_at IS NULL GROUP BY c.customer_id`,
    )
    .all()
    .map((row) => ({
      customerId: row.customer_id,
      name: row.name,
      billingIds: JSON.parse(row.billing_ids),
      emails: textsOf(row.emails),
      accountIds: textsOf(row.account_ids).flatMap(textsOf),
    }));
}

/** Accounts that are alive and linked to nobody. */
export function openAccounts(db: ReadDb): OpenAccount[] {
  return db
    .prepare<
      [],
      {
        source_id: number;
        id: string;
        name: string | null;
        domain: string | null;
        billing: string | null;
        emails: string;
      }
    >(
      `SELECT a.source_id, a.id, a.name, a.domain, a.billing_customer_id AS billing,
              (SELECT json_group_array(DISTINCT lower(t.email)) FROM crm_contact t
               WHERE t.source_id = a.source_id AND t.account_id = a.id AND t.email IS NOT NULL AND t.deleted_at IS NULL) AS emails
       FROM crm_account a
       LEFT JOIN identity_link l ON l.source_id = a.source_id AND l.account_id = a.id
       WHERE a.deleted_at IS NULL AND l.account_id IS NULL ORDER BY a.source_id, a.id`,
    )
    .all()
    .map(({ source_id, id, name, domain, billing, emails }) => ({
      sourceId: source_id,
      accountId: id,
      name,
      domain,
      billingCustomerId: billing,
      emails: textsOf(emails),
    }));
}

/** The texts of a JSON array that SQL has made; nulls are left out. */
function textsOf(json: string): string[] {
  const values: unknown = JSON.parse(json);
  return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
}
