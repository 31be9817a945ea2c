/**
 * What fields with a meaning say, read off the stored accounts and deals when
 * it is asked for. Nothing is copied: a meaning that is said holds for what was
 * stored before, and one that is taken back leaves nothing behind.
 */
import type { CrmMeaning } from '../../../shared/contract/crm-fields.ts';
import { unreachable } from '../../../shared/kernel/errors.ts';
import type { ReadDb } from '../store/index.ts';

/** SQL with the columns `source_id`, `account_id`, `meaning`, `slice`, `value`: what the fields of living accounts say. */
const ACCOUNT_SAID = `SELECT m.source_id, a.id AS account_id, m.meaning, m.slice, a.fields ->> ('$."' || m.key || '"') AS value
  FROM crm_field_meaning m JOIN crm_account a ON a.source_id = m.source_id AND a.deleted_at IS NULL
  WHERE m.object = 'account' AND trim(a.fields ->> ('$."' || m.key || '"')) <> ''`;

/**
 * SQL: what a field of the account `a` that means the billing system's id says, or NULL. Looked up in the account's own
 * row: a search through what all accounts say, for each of them, would take time with their square.
 */
export const BILLING_CUSTOMER_SAID = `(SELECT trim(a.fields ->> ('$."' || m.key || '"')) FROM crm_field_meaning m
  WHERE m.source_id = a.source_id AND m.object = 'account' AND m.meaning = 'billing_customer'
    AND trim(a.fields ->> ('$."' || m.key || '"')) <> '' LIMIT 1)`;

const DEAL_SAID = `SELECT m.source_id, d.account_id, m.meaning, m.slice, d.fields ->> ('$."' || m.key || '"') AS value, d.created_at
  FROM crm_field_meaning m JOIN crm_deal d ON d.source_id = m.source_id AND d.deleted_at IS NULL AND d.account_id IS NOT NULL
  WHERE m.object = 'deal' AND trim(d.fields ->> ('$."' || m.key || '"')) <> ''`;

/**
 * SQL with the columns `customer_id`, `key` and `value`: by what figures of customers can be sliced, `channel` among
 * the keys. Later rows win: an account's own field before its deals', the first deal before later ones, the source that
 * was connected first before others.
 */
export const CUSTOMER_SAID = `SELECT customer_id, key, value FROM (
    SELECT l.customer_id, iif(s.meaning = 'channel', 'channel', s.slice) AS key, s.value, 0 AS rank, -s.created_at AS age, s.source_id
    FROM (${DEAL_SAID}) s JOIN identity_link l ON l.source_id = s.source_id AND l.account_id = s.account_id
    WHERE s.meaning IN ('channel', 'slice')
    UNION ALL
    SELECT l.customer_id, iif(s.meaning = 'channel', 'channel', s.slice), s.value, 1, 0, s.source_id
    FROM (${ACCOUNT_SAID}) s JOIN identity_link l ON l.source_id = s.source_id AND l.account_id = s.account_id
    WHERE s.meaning IN ('channel', 'slice')
  ) ORDER BY rank, source_id DESC, age, value`;

/** Something that a field says of a deal, in words. */
export interface DealWord {
  readonly meaning: CrmMeaning;
  readonly text: string;
}

/** What the fields of one deal say beyond its own columns: why it was lost, against whom, its contract. */
export function dealWords(db: ReadDb): (sourceId: number, dealId: string) => DealWord[] {
  const said = db.prepare<[number, string], { meaning: CrmMeaning; value: string }>(
    `SELECT m.meaning, d.fields ->> ('$."' || m.key || '"') AS value
     FROM crm_field_meaning m JOIN crm_deal d ON d.source_id = m.source_id
     WHERE d.source_id = ? AND d.id = ? AND m.object = 'deal' AND trim(d.fields ->> ('$."' || m.key || '"')) <> ''
     ORDER BY m.key`,
  );
  return (sourceId, dealId) =>
    said.all(sourceId, dealId).flatMap(({ meaning, value }) => {
      const text = wordOf(meaning, value.trim());
      return text === null ? [] : [{ meaning, text }];
    });
}

/** Channels and slices speak of the customer, and an id of matching: of those a deal says nothing. */
function wordOf(meaning: CrmMeaning, value: string): string | null {
  switch (meaning) {
    case 'loss_reason':
    case 'competitor':
    case 'annual_amount':
      return value;
    // A field may hold the whole span: `2026-10-01/2027-09-30`.
    case 'contract_start':
      return value.split('/')[0] ?? value;
    case 'contract_end':
      return value.split('/').at(-1) ?? value;
    case 'billing_customer':
    case 'channel':
    case 'slice':
      return null;
    default:
      return unreachable(meaning);
  }
}
