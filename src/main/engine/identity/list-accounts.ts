/** `identity.accounts`: accounts of a CRM with whom they are, or may be. */
import type { AccountMatch, IdentityRule } from '../../../shared/contract/identity.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';

export interface AccountsInput {
  readonly state: 'suggested' | 'linked' | 'unlinked';
  readonly search?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

export interface AccountsPage {
  rows: AccountMatch[];
  counts: { suggested: number; linked: number; unlinked: number };
  cursor: string | null;
}

interface AccountRow {
  source_id: number;
  source_name: string;
  id: string;
  name: string | null;
  domain: string | null;
  open_deals: number;
}

/** Deals whose stage neither wins nor loses, or whose stage the pipeline no longer has. */
const OPEN_DEALS = `(SELECT count(*) FROM crm_deal d WHERE d.source_id = a.source_id AND d.account_id = a.id
  AND d.deleted_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM crm_pipeline p, json_each(p.stages) g WHERE p.source_id = d.source_id AND p.id = d.pipeline_id
      AND g.value ->> '$.id' = d.stage_id AND g.value ->> '$.outcome' <> 'open'))`;

const COLUMNS = `a.source_id, s.name AS source_name, a.id, a.name, a.domain, ${OPEN_DEALS} AS open_deals`;

const IS_LINKED = `EXISTS (SELECT 1 FROM identity_link l WHERE l.source_id = a.source_id AND l.account_id = a.id)`;
const IS_SUGGESTED = `NOT ${IS_LINKED} AND EXISTS (SELECT 1 FROM identity_suggestion g WHERE g.source_id = a.source_id AND g.account_id = a.id)`;

const IN_STATE: Readonly<Record<AccountsInput['state'], string>> = {
  suggested: IS_SUGGESTED,
  linked: IS_LINKED,
  unlinked: `NOT ${IS_LINKED} AND NOT (${IS_SUGGESTED})`,
};

/** Those with open deals first, then by name. The cursor is the number of rows passed. */
export function listAccounts(db: ReadDb, { state, search, cursor, limit }: AccountsInput): AccountsPage {
  const passed = cursor == null ? 0 : Number(cursor);
  const pattern = `%${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = db
    .prepare<[string, string, number, number], AccountRow>(
      `SELECT ${COLUMNS} FROM crm_account a JOIN source s ON s.source_id = a.source_id
       WHERE a.deleted_at IS NULL AND ${IN_STATE[state]}
         AND (coalesce(a.name, '') LIKE ? ESCAPE '\\' OR coalesce(a.domain, '') LIKE ? ESCAPE '\\')
       ORDER BY open_deals > 0 DESC, a.name COLLATE NOCASE, a.source_id, a.id LIMIT ? OFFSET ?`,
    )
    .all(pattern, pattern, limit + 1, passed);
  return {
    rows: rows.slice(0, limit).map((row) => accountMatch(db, row)),
    counts: counts(db),
    cursor: rows.length > limit ? String(passed + limit) : null,
  };
}

/** The accounts that are linked to a customer. */
export function accountsOf(db: ReadDb, customerId: number): AccountMatch[] {
  return db
    .prepare<[number], AccountRow>(
      `SELECT ${COLUMNS} FROM identity_link l
       JOIN crm_account a ON a.source_id = l.source_id AND a.id = l.account_id
       JOIN source s ON s.source_id = a.source_id WHERE l.customer_id = ? ORDER BY a.name, a.id`,
    )
    .all(customerId)
    .map((row) => accountMatch(db, row));
}

function counts(db: ReadDb): AccountsPage['counts'] {
  const { linked, suggested, everyone } = db
    .prepare<[], { linked: number; suggested: number; everyone: number }>(
      `SELECT count(*) AS everyone, sum(${IS_LINKED}) AS linked, sum(${IS_SUGGESTED}) AS suggested
       FROM crm_account a WHERE a.deleted_at IS NULL`,
    )
    .first() ?? { linked: 0, suggested: 0, everyone: 0 };
  return { linked: linked ?? 0, suggested: suggested ?? 0, unlinked: everyone - (linked ?? 0) - (suggested ?? 0) };
}

interface MatchRow {
  customer_id: number;
  name: string;
  rule: IdentityRule;
  score: number;
  evidence: string;
}

function accountMatch(db: ReadDb, row: AccountRow): AccountMatch {
  const linked = db
    .prepare<[number, string], MatchRow>(
      `SELECT l.customer_id, c.name, l.rule, 1.0 AS score, d.evidence FROM identity_link l
       JOIN customer c ON c.customer_id = l.customer_id JOIN identity_decision d ON d.decision_id = l.decision_id
       WHERE l.source_id = ? AND l.account_id = ?`,
    )
    .first(row.source_id, row.id);
  const suggestions = db
    .prepare<[number, string], MatchRow>(
      `SELECT g.customer_id, c.name, g.rule, g.score, g.evidence FROM identity_suggestion g
       JOIN customer c ON c.customer_id = g.customer_id WHERE g.source_id = ? AND g.account_id = ?
       ORDER BY g.score DESC, c.name`,
    )
    .all(row.source_id, row.id);
  return {
    sourceId: row.source_id as SourceId,
    sourceName: row.source_name,
    accountId: row.id,
    name: row.name,
    domain: row.domain,
    openDeals: row.open_deals,
    linked: linked ? matchOf(linked) : null,
    suggestions: linked ? [] : suggestions.map(matchOf),
  };
}

function matchOf({ customer_id, name, rule, score, evidence }: MatchRow): AccountMatch['suggestions'][number] {
  return { customerId: customer_id as CustomerId, customerName: name, rule, score, evidence };
}
