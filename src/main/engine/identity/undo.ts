/** Takes decisions back: what stood before them stands again, and the log says so. */
import { unreachable } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';
import { linkOf, unlink, writeLink } from './links.ts';
import { actsToUndo, beginAct, movedOn, type Act, type MadeDecision } from './log.ts';
import { moveRecord, settle } from './merging.ts';

const EVIDENCE = 'Taken back';

/**
 * Takes decisions back with all that were made together with them, the last first, all or none, each by a decision of
 * its own. @returns whether the ledger has to be computed again.
 * @throws AppError `not_found`, `conflict` where one was taken back already or a later one stands on it.
 */
export function undo(db: WriteDb, at: Instant, decisionIds: readonly number[]): boolean {
  return db.transaction(() => {
    const act = beginAct(db, at, true);
    const decisions = actsToUndo(db, decisionIds);
    for (const decision of decisions) takeBack(db, act, decision);
    return decisions.some(({ action }) => action === 'merge' || action === 'split');
  });
}

function takeBack(db: WriteDb, act: Act, decision: MadeDecision): void {
  const { decisionId, action, sourceId, recordId, customerId, fromCustomerId, former } = decision;
  const account = { sourceId, accountId: recordId };
  const same = { sourceId, recordId, evidence: EVIDENCE };
  switch (action) {
    case 'link': {
      const standing = linkOf(db, account);
      if (standing?.customerId !== customerId) throw movedOn(recordId);
      if (former === null) {
        unlink(db, act, account, decisionId);
        return;
      }
      const moved = { customerId: former.customerId, fromCustomerId: customerId, former: standing };
      act.note({ action: 'link', ...same, ...moved }, decisionId);
      writeLink(db, account, former);
      return;
    }
    case 'unlink': {
      if (linkOf(db, account) !== null) throw movedOn(recordId);
      const noted = act.note({ action: 'link', ...same, customerId, fromCustomerId: null }, decisionId);
      writeLink(db, account, former ?? { customerId, rule: 'hand', decisionId: noted });
      return;
    }
    case 'reject':
      act.note({ action, ...same, customerId, fromCustomerId: null }, decisionId);
      return;
    case 'merge':
    case 'split': {
      const back = fromCustomerId ?? customerId;
      moveRecord(db, sourceId, recordId, customerId, back);
      settle(db, customerId, back);
      const opposite = action === 'merge' ? 'split' : 'merge';
      act.note({ action: opposite, ...same, customerId: back, fromCustomerId: customerId }, decisionId);
      return;
    }
    default:
      unreachable(action);
  }
}
