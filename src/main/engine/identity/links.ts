/** Which account of a CRM, a product or a help desk is which customer: linking, unlinking, ruling out. */
import type { LinkRule } from '../../../shared/contract/identity.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';
import { EVERY_ACCOUNT } from './account-tables.ts';
import { beginAct, type Act, type Standing } from './log.ts';

export interface AccountKey {
  readonly sourceId: number;
  readonly accountId: string;
}

/**
 * Links an account to a customer; a link to somebody else is replaced, and remembered for the way back.
 * Inside the caller's transaction. @returns the decision.
 */
export function link(
  db: WriteDb,
  act: Act,
  account: AccountKey,
  { customerId, rule, evidence }: { customerId: number; rule: LinkRule; evidence: string },
): number {
  const former = linkOf(db, account);
  const decisionId = act.note({
    action: 'link',
    sourceId: account.sourceId,
    recordId: account.accountId,
    customerId,
    fromCustomerId: former?.customerId ?? null,
    evidence,
    former,
  });
  writeLink(db, account, { customerId, rule, decisionId });
  return decisionId;
}

/** Takes the link away and remembers it. @throws AppError `not_found` where there is none. */
export function unlink(db: WriteDb, act: Act, account: AccountKey, undoes: number | null = null): number {
  const former = linkOf(db, account);
  if (former === null) throw new AppError('not_found', `The account ${account.accountId} is linked to nobody`);
  dropLink(db, account);
  const { customerId } = former;
  return act.note(
    {
      action: 'unlink',
      sourceId: account.sourceId,
      recordId: account.accountId,
      customerId,
      fromCustomerId: customerId,
      evidence: undoes === null ? 'By hand' : 'Taken back',
      former,
    },
    undoes,
  );
}

/** Writes a link as it is to stand; what was suggested of the account is settled by it. */
export function writeLink(db: WriteDb, { sourceId, accountId }: AccountKey, link: Standing): void {
  const values = { customer_id: link.customerId, rule: link.rule, decision_id: link.decisionId };
  db.run(
    db.build
      .insertInto('identity_link')
      .values({ source_id: sourceId, account_id: accountId, ...values })
      .onConflict((conflict) => conflict.columns(['source_id', 'account_id']).doUpdateSet(values)),
  );
  db.run(
    db.build.deleteFrom('identity_suggestion').where('source_id', '=', sourceId).where('account_id', '=', accountId),
  );
}

function dropLink(db: WriteDb, { sourceId, accountId }: AccountKey): void {
  db.run(db.build.deleteFrom('identity_link').where('source_id', '=', sourceId).where('account_id', '=', accountId));
}

export function linkOf(db: ReadDb, { sourceId, accountId }: AccountKey): Standing | null {
  const row = db.first(
    db.build
      .selectFrom('identity_link')
      .select(['customer_id', 'rule', 'decision_id'])
      .where('source_id', '=', sourceId)
      .where('account_id', '=', accountId),
  );
  return row ? { customerId: row.customer_id, rule: row.rule as LinkRule, decisionId: row.decision_id } : null;
}

/** @returns the decision's id, for taking it back. @throws AppError `not_found`. */
export function decide(
  db: WriteDb,
  at: Instant,
  request: AccountKey & { readonly action: 'link' | 'unlink' | 'reject'; readonly customerId: number },
): number {
  const { action, sourceId, accountId, customerId } = request;
  return db.transaction(() => {
    assertAccount(db, request);
    assertCustomer(db, customerId);
    const act = beginAct(db, at, true);
    if (action === 'link')
      return link(db, act, request, { customerId, rule: 'hand', evidence: evidenceOf(db, request) });
    if (action === 'unlink') return unlink(db, act, request);
    db.run(
      db.build
        .deleteFrom('identity_suggestion')
        .where('source_id', '=', sourceId)
        .where('account_id', '=', accountId)
        .where('customer_id', '=', customerId),
    );
    const evidence = 'Not the same, by hand';
    return act.note({ action, sourceId, recordId: accountId, customerId, fromCustomerId: null, evidence });
  });
}

/** A confirmed suggestion keeps what spoke for it. */
function evidenceOf(db: ReadDb, { sourceId, accountId, customerId }: AccountKey & { customerId: number }): string {
  const suggested = db.first(
    db.build
      .selectFrom('identity_suggestion')
      .select('evidence')
      .where('source_id', '=', sourceId)
      .where('account_id', '=', accountId)
      .where('customer_id', '=', customerId),
  );
  return suggested ? `Confirmed by hand: ${suggested.evidence}` : 'Linked by hand';
}

function assertAccount(db: ReadDb, { sourceId, accountId }: AccountKey): void {
  const account = db
    .prepare<[number, string], { one: number }>(
      `SELECT 1 AS one FROM (${EVERY_ACCOUNT}) a WHERE a.source_id = ? AND a.id = ?`,
    )
    .first(sourceId, accountId);
  if (!account) throw new AppError('not_found', `There is no account ${accountId}`);
}

/** @throws AppError `not_found` for a customer that does not exist, was erased, or is part of another one. */
export function assertCustomer(db: ReadDb, customerId: number): void {
  const customer = db.first(
    db.build
      .selectFrom('customer')
      .select(['name', 'merged_into_id'])
      .where('customer_id', '=', customerId)
      .where('erased_at', 'is', null),
  );
  if (!customer) throw new AppError('not_found', `There is no customer ${customerId}`);
  if (customer.merged_into_id !== null)
    throw new AppError('not_found', `${customer.name} is part of another customer since they were merged`);
}
