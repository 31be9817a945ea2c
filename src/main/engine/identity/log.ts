/** The log of what was decided: append-only, and what was decided together is taken back together. */
import { z } from 'zod';
import { IDENTITY_ACTIONS, type LinkRule } from '../../../shared/contract/identity.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';

const ActionSchema = z.enum(IDENTITY_ACTIONS);

/** What a link stood on. */
export interface Standing {
  readonly customerId: number;
  readonly rule: LinkRule;
  readonly decisionId: number;
}

export interface Decision {
  readonly action: z.output<typeof ActionSchema>;
  readonly sourceId: number;
  /** The account of a CRM, a product or a help desk; for merge and split the billing system's customer. */
  readonly recordId: string;
  readonly customerId: number;
  readonly fromCustomerId: number | null;
  readonly evidence: string;
  /** For links: what the record was linked by before. */
  readonly former?: Standing | null;
}

export interface MadeDecision extends Decision {
  readonly decisionId: number;
  readonly former: Standing | null;
}

/** Decisions that are made, and later taken back, together. */
export interface Act {
  readonly at: Instant;
  readonly byHand: boolean;
  /** In the order in which they were made. */
  readonly decisionIds: readonly number[];
  note(decision: Decision, undoes?: number | null): number;
}

export function beginAct(db: WriteDb, at: Instant, byHand: boolean): Act {
  const decisionIds: number[] = [];
  return {
    at,
    byHand,
    decisionIds,
    note({ action, sourceId, recordId, customerId, fromCustomerId, evidence, former }, undoes = null) {
      const { lastId } = db.run(
        db.build.insertInto('identity_decision').values({
          decided_at: at,
          by_hand: byHand ? 1 : 0,
          action,
          source_id: sourceId,
          record_id: recordId,
          customer_id: customerId,
          from_customer_id: fromCustomerId,
          evidence,
          undoes_id: undoes,
          act_id: decisionIds[0] ?? null,
          former_rule: former?.rule ?? null,
          former_decision_id: former?.decisionId ?? null,
        }),
      );
      decisionIds.push(lastId);
      return lastId;
    },
  };
}

/**
 * The decisions of the acts that the given ones belong to, the last first.
 * @throws AppError `not_found`; `conflict` for what was taken back, or takes something back itself.
 */
export function actsToUndo(db: WriteDb, decisionIds: readonly number[]): MadeDecision[] {
  const heads = new Set(decisionIds.map((decisionId) => headOf(db, decisionId)));
  const found = [...heads].flatMap((head) =>
    db.all(
      db.build
        .selectFrom('identity_decision as d')
        .leftJoin('identity_decision as u', 'u.undoes_id', 'd.decision_id')
        .selectAll('d')
        .select('u.decision_id as undone_by')
        .where((is) => is.or([is('d.decision_id', '=', head), is('d.act_id', '=', head)])),
    ),
  );
  for (const { undone_by, undoes_id } of found)
    if (undone_by !== null || undoes_id !== null) throw new AppError('conflict', 'This was taken back already');
  return found
    .toSorted((a, b) => b.decision_id - a.decision_id)
    .map((row) => ({
      decisionId: row.decision_id,
      action: ActionSchema.parse(row.action),
      sourceId: row.source_id,
      recordId: row.record_id,
      customerId: row.customer_id,
      fromCustomerId: row.from_customer_id,
      evidence: row.evidence,
      former: formerOf(row),
    }));
}

interface FormerRow {
  readonly from_customer_id: number | null;
  readonly former_rule: string | null;
  readonly former_decision_id: number | null;
}

function formerOf({ from_customer_id, former_rule, former_decision_id }: FormerRow): Standing | null {
  if (from_customer_id === null || former_rule === null || former_decision_id === null) return null;
  return { customerId: from_customer_id, rule: former_rule as LinkRule, decisionId: former_decision_id };
}

function headOf(db: WriteDb, decisionId: number): number {
  const row = db.first(db.build.selectFrom('identity_decision').select('act_id').where('decision_id', '=', decisionId));
  if (!row) throw new AppError('not_found', `There is no decision ${decisionId}`);
  return row.act_id ?? decisionId;
}

/** For a decision that cannot be taken back, because another stands on it. */
export function movedOn(recordId: string): AppError {
  return new AppError('conflict', `Something else was decided about ${recordId} since; take that back first`);
}
