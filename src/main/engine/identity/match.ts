/** Puts accounts and customers together after a sync: what is beyond doubt is linked, the rest is suggested. */
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { matcher } from './candidates.ts';
import { comparedNames } from './compared-names.ts';
import { link } from './links.ts';
import { beginAct } from './log.ts';
import { knownAccounts, knownCustomers, type KnownAccount } from './records.ts';
import { matchedBefore, noteMatched } from './matched-before.ts';
import { suggestionsOf } from './suggestions.ts';
import { gatherSupportAccounts } from './support-accounts.ts';

export interface Matched {
  readonly linked: number;
  readonly suggested: number;
  /** Accounts whose name is made of parts too common to look for every name like it; equal names are found all the same. */
  readonly partlyCompared: number;
}

/**
 * Looks at every account, unless nothing has changed of what it reads. Who is linked to nobody is linked where it is beyond doubt, and suggested otherwise; of who
 * is linked it is noted where an id speaks for somebody else. Suggestions are made anew; what a person has said (not
 * the same, no longer linked) is never said again, nor is a link of theirs changed.
 */
export function matchAccounts(db: WriteDb, now: Instant): Matched {
  const before = matchedBefore(db);
  if (before !== null) return { linked: 0, ...before };
  gatherSupportAccounts(db);
  const accounts = knownAccounts(db);
  if (accounts.length === 0) {
    noteMatched(db, { suggested: 0, partlyCompared: 0 });
    return { linked: 0, suggested: 0, partlyCompared: 0 };
  }
  const customers = knownCustomers(db);
  const isRejected = rejections(db);
  const names = comparedNames(db, customers, lastDecisions(db));
  const find = matcher(customers, accounts, names.like);
  const suggestions = suggestionsOf(db);
  return db.transaction(() => {
    const sum = { linked: 0, suggested: 0, partlyCompared: 0 };
    for (const account of accounts) {
      const ruledOut = (customerId: number) => isRejected(account, customerId);
      if (account.linkedTo !== null) {
        const others = find.contradictions(account, account.linkedTo);
        suggestions.add(
          account,
          others.filter(({ customerId }) => !ruledOut(customerId)),
        );
        continue;
      }
      const { candidates, certain, isWhole } = find.findings(account, ruledOut);
      if (certain !== null && certain.rule !== 'name') {
        const { customerId, rule, evidence } = certain;
        link(db, beginAct(db, now, false), account, { customerId, rule, evidence });
        sum.linked += 1;
        continue;
      }
      suggestions.add(account, candidates);
      if (candidates.length > 0) sum.suggested += 1;
      if (!isWhole) sum.partlyCompared += 1;
    }
    names.store();
    suggestions.store();
    noteMatched(db, sum);
    return sum;
  });
}

/**
 * Pairs of which a person has said that they are not the same, or no longer, and has not taken it back. Taking back
 * what a rule has linked says so too; taking back one's own link does not. Who is not a customer is not the one either
 * that the customer was merged into.
 */
function rejections(db: ReadDb): (account: KnownAccount, customerId: number) => boolean {
  const rows = db
    .prepare<[], { source_id: number; record_id: string; customer_id: number }>(
      `WITH RECURSIVE rejected AS (
         SELECT d.source_id, d.record_id, d.customer_id FROM identity_decision d
         WHERE d.action IN ('reject', 'unlink') AND d.by_hand = 1
           AND (d.undoes_id IS NULL OR EXISTS (
             SELECT 1 FROM identity_decision m WHERE m.decision_id = d.undoes_id AND m.action = 'link' AND m.by_hand = 0))
           AND NOT EXISTS (SELECT 1 FROM identity_decision u WHERE u.undoes_id = d.decision_id)
         UNION
         SELECT r.source_id, r.record_id, c.merged_into_id FROM rejected r
         JOIN customer c ON c.customer_id = r.customer_id WHERE c.merged_into_id IS NOT NULL)
       SELECT * FROM rejected`,
    )
    .all();
  const pairs = new Set(
    rows.map(({ source_id, record_id, customer_id }) => `${source_id} ${record_id} ${customer_id}`),
  );
  return ({ sourceId, accountId }, customerId) => pairs.has(`${sourceId} ${accountId} ${customerId}`);
}

/** The last thing that was decided about an account, by a rule or by hand; 0 where nothing was. */
function lastDecisions(db: ReadDb): (account: KnownAccount) => number {
  const rows = db
    .prepare<[], { source_id: number; record_id: string; last: number }>(
      'SELECT source_id, record_id, max(decision_id) AS last FROM identity_decision GROUP BY source_id, record_id',
    )
    .all();
  const last = new Map(rows.map((row) => [`${row.source_id} ${row.record_id}`, row.last]));
  return ({ sourceId, accountId }) => last.get(`${sourceId} ${accountId}`) ?? 0;
}
