/**
 * What stands for a company outside of billing: accounts of a CRM, of the
 * product, of a help desk. Each kind lies in a table of its own and is read
 * here through one set of columns; a further kind is one entry more.
 */
import type { AccountKind } from '../../../shared/contract/identity.ts';
import { BILLING_CUSTOMER_SAID } from '../crm-fields/index.ts';

interface AccountTable {
  readonly kind: AccountKind;
  /** The table as `a`, without what is deleted. */
  readonly from: string;
  /** SQL: the billing system's id of the same company; the founder's own id of it; JSON of its people's addresses. */
  readonly billingId: string;
  readonly ownId: string;
  readonly emails: string;
}

const TABLES: readonly AccountTable[] = [
  {
    kind: 'crm',
    from: 'crm_account a WHERE a.deleted_at IS NULL',
    // What the founder says of a field comes before the field that was named when connecting.
    billingId: `coalesce(${BILLING_CUSTOMER_SAID}, a.billing_customer_id)`,
    ownId: 'NULL',
    emails: emailsIn('crm_contact', 't.deleted_at IS NULL'),
  },
  {
    kind: 'product',
    from: 'product_account a WHERE a.deleted_at IS NULL',
    billingId: 'a.billing_customer_id',
    ownId: 'a.id',
    emails: 'a.emails',
  },
  {
    kind: 'support',
    from: 'support_account a',
    billingId: 'NULL',
    ownId: 'a.external_id',
    emails: emailsIn('support_contact', '1'),
  },
];

/** The index is named: without statistics the planner reads all people of the source for every account. */
function emailsIn(table: string, condition: string): string {
  return `(SELECT json_group_array(DISTINCT lower(t.email)) FROM ${table} t INDEXED BY ${table}_by_account
    WHERE t.source_id = a.source_id AND t.account_id = a.id AND t.email IS NOT NULL AND ${condition})`;
}

/** SQL: `kind`, `source_id`, `id`, `name` and `domain` of every account that is alive. A single one is looked up by its key. */
export const EVERY_ACCOUNT = TABLES.map(
  ({ kind, from }) => `SELECT '${kind}' AS kind, a.source_id, a.id, a.name, a.domain FROM ${from}`,
).join('\nUNION ALL\n');

/** SQL: the same with what speaks for a customer: `billing_id`, `own_id`, and `emails` (JSON, lower case). */
export const EVERY_ACCOUNT_WITH_EVIDENCE = TABLES.map(
  ({ kind, from, billingId, ownId, emails }) =>
    `SELECT '${kind}' AS kind, a.source_id, a.id, a.name, a.domain, ${billingId} AS billing_id, ${ownId} AS own_id,
       ${emails} AS emails FROM ${from}`,
).join('\nUNION ALL\n');
