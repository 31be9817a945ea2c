/** `identity.decisions`: what was decided about records, by rule or by hand, newest first. */
import type { IdentityDecision } from '../../../shared/contract/identity.ts';
import type { CustomerId } from '../../../shared/kernel/ids.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb } from '../store/index.ts';
import { EVERY_ACCOUNT } from './account-tables.ts';

interface Row {
  decision_id: number;
  decided_at: Instant;
  by_hand: number;
  action: IdentityDecision['action'];
  record_id: string;
  record_name: string | null;
  customer_id: number;
  customer_name: string;
  former_name: string | null;
  evidence: string;
  records: number;
  accounts: number;
  is_final: number;
}

/** One row for decisions that were made together. The cursor is the id below which the next page begins. */
export function listDecisions(
  db: ReadDb,
  { cursor, limit }: { readonly cursor?: string | null | undefined; readonly limit: number },
): { rows: IdentityDecision[]; cursor: string | null } {
  const rows = db
    .prepare<[number, number], Row>(
      `SELECT d.decision_id, d.decided_at, d.by_hand, d.action, d.record_id, coalesce(a.name, b.name, b.email) AS record_name,
              d.customer_id, c.name AS customer_name, f.name AS former_name, d.evidence,
              (SELECT count(*) FROM identity_decision m WHERE (m.decision_id = d.decision_id OR m.act_id = d.decision_id)
                 AND m.action IN ('merge', 'split')) AS records,
              (SELECT count(*) FROM identity_decision m WHERE (m.decision_id = d.decision_id OR m.act_id = d.decision_id)
                 AND m.action NOT IN ('merge', 'split')) AS accounts,
              d.undoes_id IS NOT NULL OR EXISTS (SELECT 1 FROM identity_decision u WHERE u.undoes_id = d.decision_id) AS is_final
       FROM identity_decision d
       JOIN customer c ON c.customer_id = d.customer_id
       LEFT JOIN customer f ON f.customer_id = d.from_customer_id
       LEFT JOIN (${EVERY_ACCOUNT}) a ON a.source_id = d.source_id AND a.id = d.record_id AND d.action NOT IN ('merge', 'split')
       LEFT JOIN billing_customer b ON b.source_id = d.source_id AND b.id = d.record_id
       WHERE d.decision_id < ? AND d.act_id IS NULL ORDER BY d.decision_id DESC LIMIT ?`,
    )
    .all(cursor == null ? Number.MAX_SAFE_INTEGER : Number(cursor), limit + 1);
  const page = rows.slice(0, limit);
  return {
    rows: page.map((row) => ({
      decisionId: row.decision_id,
      at: row.decided_at,
      byHand: row.by_hand === 1,
      action: row.action,
      recordId: row.record_id,
      recordName: row.record_name,
      customerId: row.customer_id as CustomerId,
      customerName: row.customer_name,
      fromCustomerName: row.former_name,
      evidence: row.evidence,
      records: row.records,
      accounts: row.accounts,
      canUndo: row.is_final === 0,
    })),
    cursor: rows.length > limit ? String(page.at(-1)?.decision_id ?? '') : null,
  };
}
