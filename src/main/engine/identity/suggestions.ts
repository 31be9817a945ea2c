/** What may belong together and nobody has confirmed: made anew by every run, of which only the difference is written. */
import type { WriteDb } from '../store/index.ts';
import type { Candidate } from './candidates.ts';
import type { KnownAccount } from './records.ts';

interface Row extends Candidate {
  readonly sourceId: number;
  readonly accountId: string;
}

interface Suggestions {
  add(account: KnownAccount, candidates: readonly Candidate[]): void;
  /** Brings what is stored to what was added; writes nothing where that is as it was. */
  store(): void;
}

export function suggestionsOf(db: WriteDb): Suggestions {
  const wanted = new Map<string, Row>();
  return {
    add({ sourceId, accountId }, candidates) {
      for (const candidate of candidates) {
        const row = { ...candidate, sourceId, accountId };
        wanted.set(keyOf(row), row);
      }
    },
    store() {
      const put = db.prepareWrite<[number, string, number, string, number, string]>(
        `INSERT OR REPLACE INTO identity_suggestion (source_id, account_id, customer_id, rule, score, evidence)
         VALUES (?, ?, ?, ?, ?, ?)`,
      );
      const drop = db.prepareWrite<[number, string, number]>(
        'DELETE FROM identity_suggestion WHERE source_id = ? AND account_id = ? AND customer_id = ?',
      );
      const stored = db
        .prepare<[], Row>(
          `SELECT source_id AS sourceId, account_id AS accountId, customer_id AS customerId, rule, score, evidence
           FROM identity_suggestion`,
        )
        .all();
      const unchanged = new Set<string>();
      for (const row of stored) {
        const { rule, score, evidence } = wanted.get(keyOf(row)) ?? {};
        if (rule === undefined) drop.run(row.sourceId, row.accountId, row.customerId);
        else if (rule === row.rule && score === row.score && evidence === row.evidence) unchanged.add(keyOf(row));
      }
      for (const [key, { sourceId, accountId, customerId, rule, score, evidence }] of wanted)
        if (!unchanged.has(key)) put.run(sourceId, accountId, customerId, rule, score, evidence);
    },
  };
}

function keyOf({ sourceId, accountId, customerId }: Row): string {
  return `${sourceId} ${customerId} ${accountId}`;
}
