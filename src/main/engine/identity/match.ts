/** Puts accounts and customers together after a sync: what is beyond doubt is linked, the rest is suggested. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { matcher } from './candidates.ts';
import { link } from './decisions.ts';
import { knownCustomers, openAccounts } from './records.ts';

export interface Matched {
  readonly linked: number;
  readonly suggested: number;
}

/**
 * Looks at every account that is linked to nobody. Suggestions are made anew;
 * what a person has said (not the same, no longer linked) is never said again.
 */
export function matchAccounts(db: WriteDb, now: Instant): Matched {
  const accounts = openAccounts(db);
  if (accounts.length === 0) return { linked: 0, suggested: 0 };
  const find = matcher(knownCustomers(db), accounts);
  const rejected = rejectedPairs(db);
  return db.transaction(() => {
    db.run(db.build.deleteFrom('identity_suggestion'));
    let linked = 0;
    let suggested = 0;
    for (const account of accounts) {
      const { sourceId, accountId } = account;
      const { candidates, certain } = find(account, (customerId) =>
        rejected.has(`${sourceId} ${accountId} ${customerId}`),
      );
      if (certain !== null && certain.rule !== 'name') {
        link(db, now, { sourceId, accountId, customerId: certain.customerId }, certain.rule, certain.evidence);
        linked += 1;
        continue;
      }
      for (const { customerId, rule, score, evidence } of candidates)
        db.run(
          db.build
            .insertInto('identity_suggestion')
            .values({ source_id: sourceId, account_id: accountId, customer_id: customerId, rule, score, evidence }),
        );
      if (candidates.length > 0) suggested += 1;
    }
    return { linked, suggested };
  });
}

/**
 * Pairs of which a person has said that they are not the same, or no longer, and has not taken it back. Taking back
 * what a rule has linked says so too; taking back one's own link does not.
 */
function rejectedPairs(db: ReadDb): ReadonlySet<string> {
  const rows = db
    .prepare<[], { source_id: number; record_id: string; customer_id: number }>(
      `SELECT d.source_id, d.record_id, d.customer_id FROM identity_decision d
       WHERE d.action IN ('reject', 'unlink') AND d.by_hand = 1
         AND (d.undoes_id IS NULL OR EXISTS (
           SELECT 1 FROM identity_decision m WHERE m.decision_id = d.undoes_id AND m.action = 'link' AND m.by_hand = 0))
         AND NOT EXISTS (SELECT 1 FROM identity_decision u WHERE u.undoes_id = d.decision_id)`,
    )
    .all();
  return new Set(rows.map(({ source_id, record_id, customer_id }) => `${source_id} ${record_id} ${customer_id}`));
}
