/** `identity.accounts`: accounts of CRMs, the product and help desks with whom they are, or may be. */
import {
  ACCOUNT_STATES,
  type AccountKind,
  type AccountMatch,
  type AccountState,
  type IdentityRule,
} from '../../../shared/contract/identity.ts';
import type { CustomerId, SourceId } from '../../../shared/kernel/ids.ts';
import type { ReadDb } from '../store/index.ts';
import { EVERY_ACCOUNT } from './account-tables.ts';
import { recordPages, type RecordPages } from './record-page.ts';

export interface AccountsInput {
  readonly state: AccountState;
  readonly kind?: AccountKind | undefined;
  readonly search?: string | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

export interface AccountsPage {
  rows: AccountMatch[];
  counts: Record<AccountState, number>;
  cursor: string | null;
}

interface AccountRow {
  kind: AccountKind;
  source_id: number;
  source_name: string;
  id: string;
  name: string | null;
  domain: string | null;
  open_deals: number;
}

/** SQL: deals that are open, by account: those whose stage neither wins nor loses, or is no longer in the pipeline. */
const OPEN_DEALS = `WITH ended AS MATERIALIZED (
    SELECT p.source_id, p.id AS pipeline_id, g.value ->> '$.id' AS stage_id FROM crm_pipeline p, json_each(p.stages) g
    WHERE g.value ->> '$.outcome' <> 'open'),
  open_deal AS MATERIALIZED (
    SELECT d.source_id, d.account_id, count(*) AS deals FROM crm_deal d
    LEFT JOIN ended e ON e.source_id = d.source_id AND e.pipeline_id = d.pipeline_id AND e.stage_id = d.stage_id
    WHERE d.deleted_at IS NULL AND d.account_id IS NOT NULL AND e.stage_id IS NULL GROUP BY d.source_id, d.account_id)`;

const COLUMNS = `a.kind, a.source_id, s.name AS source_name, a.id, a.name, a.domain, coalesce(o.deals, 0) AS open_deals`;
const WITH_DEALS = `JOIN source s ON s.source_id = a.source_id
  LEFT JOIN open_deal o ON o.source_id = a.source_id AND o.account_id = a.id`;

const IS_LINKED = `EXISTS (SELECT 1 FROM identity_link l WHERE l.source_id = a.source_id AND l.account_id = a.id)`;
const HAS_SUGGESTION = `EXISTS (SELECT 1 FROM identity_suggestion g WHERE g.source_id = a.source_id AND g.account_id = a.id)`;
const HAS_SEVERAL_IDS = `(SELECT count(*) FROM identity_suggestion g WHERE g.source_id = a.source_id AND g.account_id = a.id
  AND g.rule IN ('billing_id', 'metadata')) > 1`;
const IS_SUGGESTED = `(NOT ${IS_LINKED} AND ${HAS_SUGGESTION})`;

const IN_STATE: Readonly<Record<AccountState, string>> = {
  suggested: IS_SUGGESTED,
  conflicts: `(${HAS_SUGGESTION} AND (${IS_LINKED} OR ${HAS_SEVERAL_IDS}))`,
  linked: IS_LINKED,
  unlinked: `NOT ${IS_LINKED} AND NOT ${HAS_SUGGESTION}`,
  all: '1',
};

/** Those with open deals first, then by name. The cursor is the number of rows passed. */
export function listAccounts(db: ReadDb, { state, kind, search, cursor, limit }: AccountsInput): AccountsPage {
  const pages = recordPages(db);
  const passed = cursor == null ? 0 : Number(cursor);
  const wanted = (search ?? '').trim();
  const pattern = `%${wanted.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = db
    .prepare<[string | null, string | null, string, string, string, number, number], AccountRow>(
      `${OPEN_DEALS} SELECT ${COLUMNS} FROM (${EVERY_ACCOUNT}) a ${WITH_DEALS}
       WHERE (? IS NULL OR a.kind = ?) AND ${IN_STATE[state]}
         AND (coalesce(a.name, '') LIKE ? ESCAPE '\\' OR coalesce(a.domain, '') LIKE ? ESCAPE '\\' OR a.id = ?)
       ORDER BY open_deals > 0 DESC, a.name COLLATE NOCASE, a.source_id, a.id LIMIT ? OFFSET ?`,
    )
    .all(kind ?? null, kind ?? null, pattern, pattern, wanted, limit + 1, passed);
  return {
    rows: rows.slice(0, limit).map((row) => accountMatch(db, row, pages)),
    counts: counts(db),
    cursor: rows.length > limit ? String(passed + limit) : null,
  };
}

/** The accounts that are linked to a customer. */
export function accountsOf(db: ReadDb, customerId: number): AccountMatch[] {
  const pages = recordPages(db);
  return db
    .prepare<[number], AccountRow>(
      `${OPEN_DEALS} SELECT ${COLUMNS} FROM identity_link l
       JOIN (${EVERY_ACCOUNT}) a ON a.source_id = l.source_id AND a.id = l.account_id
       ${WITH_DEALS} WHERE l.customer_id = ? ORDER BY a.kind, a.name, a.id`,
    )
    .all(customerId)
    .map((row) => accountMatch(db, row, pages));
}

function counts(db: ReadDb): AccountsPage['counts'] {
  const sums = ACCOUNT_STATES.map((state) => `coalesce(sum(${IN_STATE[state]}), 0) AS "${state}"`).join(', ');
  return (
    db.prepare<[], AccountsPage['counts']>(`SELECT ${sums} FROM (${EVERY_ACCOUNT}) a`).first() ?? {
      suggested: 0,
      conflicts: 0,
      linked: 0,
      unlinked: 0,
      all: 0,
    }
  );
}

interface MatchRow {
  customer_id: number;
  name: string;
  rule: IdentityRule;
  score: number;
  evidence: string;
}

function accountMatch(db: ReadDb, row: AccountRow, pages: RecordPages): AccountMatch {
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
    kind: row.kind,
    sourceId: row.source_id as SourceId,
    sourceName: row.source_name,
    accountId: row.id,
    name: row.name,
    domain: row.domain,
    page: row.kind === 'crm' ? pages(row.source_id, 'account', row.id) : null,
    openDeals: row.open_deals,
    linked: linked ? matchOf(linked) : null,
    suggestions: suggestions.map(matchOf),
  };
}

function matchOf({ customer_id, name, rule, score, evidence }: MatchRow): AccountMatch['suggestions'][number] {
  return { customerId: customer_id as CustomerId, customerName: name, rule, score, evidence };
}
