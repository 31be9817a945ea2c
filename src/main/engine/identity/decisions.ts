/** Writes down what was decided, carries it out, and takes it back. */
import { z } from 'zod';
import { IDENTITY_ACTIONS } from '../../../shared/contract/identity.ts';
import { AppError, unreachable } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';

const ActionSchema = z.enum(IDENTITY_ACTIONS);

interface Decision {
  readonly action: z.output<typeof ActionSchema>;
  readonly sourceId: number;
  /** The CRM's account; for merge and split the billing system's customer. */
  readonly recordId: string;
  readonly customerId: number;
  readonly fromCustomerId: number | null;
  readonly evidence: string;
}

type LinkRule = 'billing_id' | 'metadata' | 'domain' | 'email' | 'hand';

function note(db: WriteDb, at: Instant, byHand: boolean, decision: Decision, undoes: number | null): number {
  return db.run(
    db.build.insertInto('identity_decision').values({
      decided_at: at,
      by_hand: byHand ? 1 : 0,
      action: decision.action,
      source_id: decision.sourceId,
      record_id: decision.recordId,
      customer_id: decision.customerId,
      from_customer_id: decision.fromCustomerId,
      evidence: decision.evidence,
      undoes_id: undoes,
    }),
  ).lastId;
}

/** Links an account to a customer; a link to somebody else is replaced. Inside the caller's transaction. */
export function link(
  db: WriteDb,
  at: Instant,
  { sourceId, accountId, customerId }: { sourceId: number; accountId: string; customerId: number },
  rule: LinkRule,
  evidence: string,
  undoes: number | null = null,
): number {
  const former = linkedTo(db, sourceId, accountId);
  const decisionId = note(
    db,
    at,
    rule === 'hand',
    { action: 'link', sourceId, recordId: accountId, customerId, fromCustomerId: former, evidence },
    undoes,
  );
  db.run(
    db.build
      .insertInto('identity_link')
      .values({ source_id: sourceId, account_id: accountId, customer_id: customerId, rule, decision_id: decisionId })
      .onConflict((conflict) =>
        conflict
          .columns(['source_id', 'account_id'])
          .doUpdateSet({ customer_id: customerId, rule, decision_id: decisionId }),
      ),
  );
  db.run(
    db.build.deleteFrom('identity_suggestion').where('source_id', '=', sourceId).where('account_id', '=', accountId),
  );
  return decisionId;
}

function unlink(db: WriteDb, at: Instant, sourceId: number, accountId: string, undoes: number | null): number {
  const customerId = linkedTo(db, sourceId, accountId);
  if (customerId === null) throw new AppError('not_found', `The account ${accountId} is linked to nobody`);
  db.run(db.build.deleteFrom('identity_link').where('source_id', '=', sourceId).where('account_id', '=', accountId));
  return note(
    db,
    at,
    true,
    { action: 'unlink', sourceId, recordId: accountId, customerId, fromCustomerId: customerId, evidence: 'By hand' },
    undoes,
  );
}

/** Moves a billing record to another customer, and marks both for the ledger. */
function move(db: WriteDb, sourceId: number, recordId: string, from: number, to: number): void {
  const moved = db.run(
    db.build
      .updateTable('billing_customer')
      .set({ customer_id: to })
      .where('source_id', '=', sourceId)
      .where('id', '=', recordId)
      .where('customer_id', '=', from),
  );
  if (moved.changes === 0)
    throw new AppError('conflict', `The record ${recordId} belongs to somebody else by now; look again`);
  for (const customer_id of [from, to])
    db.run(
      db.build
        .insertInto('dirty_customer')
        .values({ customer_id })
        .onConflict((conflict) => conflict.doNothing()),
    );
}

/** @returns the decision's id, for taking it back. @throws AppError `not_found`. */
export function decide(
  db: WriteDb,
  at: Instant,
  request: {
    readonly action: 'link' | 'unlink' | 'reject';
    readonly sourceId: number;
    readonly accountId: string;
    readonly customerId: number;
  },
): number {
  const { action, sourceId, accountId, customerId } = request;
  return db.transaction(() => {
    assertKnown(db, sourceId, accountId, customerId);
    if (action === 'link') return link(db, at, request, 'hand', 'Confirmed by hand');
    if (action === 'unlink') return unlink(db, at, sourceId, accountId, null);
    db.run(
      db.build
        .deleteFrom('identity_suggestion')
        .where('source_id', '=', sourceId)
        .where('account_id', '=', accountId)
        .where('customer_id', '=', customerId),
    );
    return note(
      db,
      at,
      true,
      { action, sourceId, recordId: accountId, customerId, fromCustomerId: null, evidence: 'Not the same, by hand' },
      null,
    );
  });
}

/**
 * Makes two customers one: the records of `customerId` go over to `into`, one
 * decision each. @returns the decisions. @throws AppError `not_found`, `invalid_input`.
 */
export function merge(db: WriteDb, at: Instant, customerId: number, into: number): number[] {
  if (customerId === into) throw new AppError('invalid_input', 'A customer cannot be merged with itself');
  return db.transaction(() => {
    assertCustomer(db, into);
    const records = db.all(
      db.build.selectFrom('billing_customer').select(['source_id', 'id']).where('customer_id', '=', customerId),
    );
    if (records.length === 0) throw new AppError('not_found', `The customer ${customerId} has no billing record`);
    const decisions = records.map(({ source_id, id }) => {
      move(db, source_id, id, customerId, into);
      return note(
        db,
        at,
        true,
        {
          action: 'merge',
          sourceId: source_id,
          recordId: id,
          customerId: into,
          fromCustomerId: customerId,
          evidence: 'Merged by hand',
        },
        null,
      );
    });
    const accounts = db.all(
      db.build.selectFrom('identity_link').select(['source_id', 'account_id']).where('customer_id', '=', customerId),
    );
    for (const { source_id, account_id } of accounts)
      decisions.push(
        link(db, at, { sourceId: source_id, accountId: account_id, customerId: into }, 'hand', 'Merged by hand'),
      );
    return decisions;
  });
}

/** Gives a billing record a customer of its own. @returns both ids. @throws AppError `not_found`, `invalid_input`. */
export function split(
  db: WriteDb,
  at: Instant,
  sourceId: number,
  recordId: string,
): { readonly decisionId: number; readonly customerId: number } {
  return db.transaction(() => {
    const record = db.first(
      db.build
        .selectFrom('billing_customer')
        .select(['customer_id', 'name', 'email', 'country', 'created_at'])
        .where('source_id', '=', sourceId)
        .where('id', '=', recordId),
    );
    if (!record) throw new AppError('not_found', `There is no billing record ${recordId}`);
    const siblings = db.all(
      db.build.selectFrom('billing_customer').select('id').where('customer_id', '=', record.customer_id).limit(2),
    );
    if (siblings.length < 2)
      throw new AppError('invalid_input', 'The customer has one billing record only: there is nothing to split');
    const { name, email, country, created_at } = record;
    const customerId = db.run(
      db.build
        .insertInto('customer')
        .values({ name: name?.trim() || email?.trim() || recordId, email, country, created_at }),
    ).lastId;
    move(db, sourceId, recordId, record.customer_id, customerId);
    const decisionId = note(
      db,
      at,
      true,
      {
        action: 'split',
        sourceId,
        recordId,
        customerId,
        fromCustomerId: record.customer_id,
        evidence: 'Split by hand',
      },
      null,
    );
    return { decisionId, customerId };
  });
}

/**
 * Takes decisions back, the last first, all or none, each by a decision of its own.
 * @returns whether the ledger has to be computed again.
 * @throws AppError `not_found`, `conflict` where one was taken back already or a later one stands on it.
 */
export function undo(db: WriteDb, at: Instant, decisionIds: readonly number[]): boolean {
  return db.transaction(() => {
    const undone = decisionIds.toSorted((a, b) => b - a).map((decisionId) => takeBack(db, at, decisionId));
    return undone.some((touchesLedger) => touchesLedger);
  });
}

function takeBack(db: WriteDb, at: Instant, decisionId: number): boolean {
  const { action, sourceId, recordId, customerId, fromCustomerId: former } = undoable(db, decisionId);
  const evidence = 'Taken back';
  switch (action) {
    case 'link':
      if (linkedTo(db, sourceId, recordId) !== customerId) throw movedOn(recordId);
      if (former === null) unlink(db, at, sourceId, recordId, decisionId);
      else link(db, at, { sourceId, accountId: recordId, customerId: former }, 'hand', evidence, decisionId);
      return false;
    case 'unlink':
      if (linkedTo(db, sourceId, recordId) !== null) throw movedOn(recordId);
      link(db, at, { sourceId, accountId: recordId, customerId }, 'hand', evidence, decisionId);
      return false;
    case 'reject':
      note(db, at, true, { action, sourceId, recordId, customerId, fromCustomerId: null, evidence }, decisionId);
      return false;
    case 'merge':
    case 'split': {
      const back = former ?? customerId;
      move(db, sourceId, recordId, customerId, back);
      const opposite = action === 'merge' ? 'split' : 'merge';
      const decision = {
        action: opposite,
        sourceId,
        recordId,
        customerId: back,
        fromCustomerId: customerId,
        evidence,
      } as const;
      note(db, at, true, decision, decisionId);
      return true;
    }
    default:
      return unreachable(action);
  }
}

/** @throws AppError `not_found`, `conflict`. */
function undoable(db: WriteDb, decisionId: number): Decision {
  const made = db.first(
    db.build
      .selectFrom('identity_decision')
      .select(['action', 'source_id', 'record_id', 'customer_id', 'from_customer_id', 'undoes_id', 'evidence'])
      .where('decision_id', '=', decisionId),
  );
  if (!made) throw new AppError('not_found', `There is no decision ${decisionId}`);
  const takenBack = db.first(
    db.build.selectFrom('identity_decision').select('decision_id').where('undoes_id', '=', decisionId),
  );
  if (takenBack || made.undoes_id !== null) throw new AppError('conflict', 'This was taken back already');
  return {
    action: ActionSchema.parse(made.action),
    sourceId: made.source_id,
    recordId: made.record_id,
    customerId: made.customer_id,
    fromCustomerId: made.from_customer_id,
    evidence: made.evidence,
  };
}

function movedOn(recordId: string): AppError {
  return new AppError('conflict', `Something else was decided about ${recordId} since; take that back first`);
}

function linkedTo(db: WriteDb, sourceId: number, accountId: string): number | null {
  const row = db.first(
    db.build
      .selectFrom('identity_link')
      .select('customer_id')
      .where('source_id', '=', sourceId)
      .where('account_id', '=', accountId),
  );
  return row?.customer_id ?? null;
}

function assertKnown(db: WriteDb, sourceId: number, accountId: string, customerId: number): void {
  const account = db.first(
    db.build.selectFrom('crm_account').select('id').where('source_id', '=', sourceId).where('id', '=', accountId),
  );
  if (!account) throw new AppError('not_found', `There is no account ${accountId}`);
  assertCustomer(db, customerId);
}

function assertCustomer(db: WriteDb, customerId: number): void {
  const customer = db.first(
    db.build
      .selectFrom('customer')
      .select('customer_id')
      .where('customer_id', '=', customerId)
      .where('erased_at', 'is', null),
  );
  if (!customer) throw new AppError('not_found', `There is no customer ${customerId}`);
}
