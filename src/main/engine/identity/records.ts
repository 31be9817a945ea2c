/** The records that are to be put together: customers of the ledger with what billing knows, and accounts of other systems. */
import { z } from 'zod';
import type { AccountKind } from '../../../shared/contract/identity.ts';
import type { ReadDb } from '../store/index.ts';
import { EVERY_ACCOUNT_WITH_EVIDENCE } from './account-tables.ts';

export interface KnownCustomer {
  readonly customerId: number;
  readonly name: string;
  /** Ids of its records in billing systems. */
  readonly billingIds: readonly string[];
  /** In lower case. */
  readonly emails: readonly string[];
  /** Ids of accounts that billing keeps in its metadata, and of whom they speak. */
  readonly accountIds: readonly { readonly of: string; readonly id: string }[];
}

/** An account of a CRM, of the product or of a help desk. */
export interface KnownAccount {
  readonly kind: AccountKind;
  readonly vendor: string;
  readonly sourceId: number;
  readonly accountId: string;
  readonly name: string | null;
  readonly domain: string | null;
  readonly billingCustomerId: string | null;
  /** The founder's own id of the company, where the source keeps one. */
  readonly ownId: string | null;
  /** Of its contacts, in lower case. */
  readonly emails: readonly string[];
  /** The customer that it is linked to, or null. */
  readonly linkedTo: number | null;
}

/**
 * Keys of metadata under which billing systems are told another system's id, as integrations and founders name them,
 * and of whom they speak: a vendor, any CRM, or the founder's own records.
 */
const ACCOUNT_KEYS: Readonly<Record<string, string>> = {
  crm_id: 'crm',
  crm_account_id: 'crm',
  hubspot_id: 'hubspot',
  hubspot_company_id: 'hubspot',
  salesforce_id: 'salesforce',
  salesforce_account_id: 'salesforce',
  pipedrive_id: 'pipedrive',
  pipedrive_org_id: 'pipedrive',
  intercom_id: 'intercom',
  intercom_company_id: 'intercom',
  zendesk_id: 'zendesk',
  zendesk_organization_id: 'zendesk',
  account_id: 'own',
  company_id: 'own',
  organization_id: 'own',
  organisation_id: 'own',
  org_id: 'own',
  workspace_id: 'own',
  tenant_id: 'own',
  team_id: 'own',
  user_id: 'own',
};

interface BillingRow {
  customer_id: number;
  name: string;
  billing_ids: string;
  emails: string;
  account_ids: string;
}

export function knownCustomers(db: ReadDb): KnownCustomer[] {
  const keys = Object.keys(ACCOUNT_KEYS)
    .map((key) => `'${key}'`)
    .join(', ');
  return db
    .prepare<[], BillingRow>(
      `SELECT c.customer_id, c.name, json_group_array(b.id) AS billing_ids, json_group_array(lower(b.email)) AS emails,
              json_group_array(json((SELECT json_group_array(json_array(j.key, CAST(j.value AS TEXT))) FROM json_each(b.metadata) j
                WHERE j.key IN (${keys})))) AS account_ids
       FROM customer c JOIN billing_customer b ON b.customer_id = c.customer_id
       WHERE c.erased_at IS NULL GROUP BY c.customer_id`,
    )
    .all()
    .map((row) => ({
      customerId: row.customer_id,
      name: row.name,
      billingIds: TextsSchema.parse(JSON.parse(row.billing_ids)),
      emails: textsOf(row.emails),
      accountIds: PairsSchema.parse(JSON.parse(row.account_ids))
        .flat()
        .map(([key, id]) => ({ of: ACCOUNT_KEYS[key] ?? 'own', id })),
    }));
}

const TextsSchema = z.array(z.string());
/** Of each record the keys of its metadata that name an account, with their values. */
const PairsSchema = z.array(z.array(z.tuple([z.string(), z.string()])));

interface AccountRow {
  kind: AccountKind;
  vendor: string;
  source_id: number;
  id: string;
  name: string | null;
  domain: string | null;
  billing_id: string | null;
  own_id: string | null;
  emails: string;
  linked_to: number | null;
}

/** All accounts that are alive, linked or not. */
export function knownAccounts(db: ReadDb): KnownAccount[] {
  return db
    .prepare<[], AccountRow>(
      `SELECT a.*, s.vendor, l.customer_id AS linked_to FROM (${EVERY_ACCOUNT_WITH_EVIDENCE}) a JOIN source s ON s.source_id = a.source_id
       LEFT JOIN identity_link l ON l.source_id = a.source_id AND l.account_id = a.id ORDER BY a.source_id, a.id`,
    )
    .all()
    .map((row) => ({
      kind: row.kind,
      vendor: row.vendor,
      sourceId: row.source_id,
      accountId: row.id,
      name: row.name,
      domain: row.domain,
      billingCustomerId: row.billing_id,
      ownId: row.own_id,
      emails: textsOf(row.emails),
      linkedTo: row.linked_to,
    }));
}

/** The texts of a JSON array that SQL has made; nulls are left out. */
function textsOf(json: string): string[] {
  const values: unknown = JSON.parse(json);
  return Array.isArray(values) ? values.filter((value): value is string => typeof value === 'string') : [];
}
