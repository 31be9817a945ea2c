/** Makes several customers one, and takes a billing record out of one again. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/index.ts';
import { noteFactsChanged } from '../store/fact-version.ts';
import { nameCustomer, NAMING_ORDER } from '../store/tables/customer-name.ts';
import { assertCustomer, link } from './links.ts';
import { beginAct } from './log.ts';

/** Moves a billing record to another customer, and marks both for the ledger. @throws AppError `conflict`. */
export function moveRecord(db: WriteDb, sourceId: number, recordId: string, from: number, to: number): void {
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
  noteFactsChanged(db);
}

/**
 * After records went from one customer to another: says of an emptied one where they are, and names who has any. A
 * choice of the naming record is kept only while it differs from the oldest one.
 */
export function settle(db: WriteDb, from: number, to: number): void {
  const hasRecords = db.prepare<[number], { one: number }>(
    `SELECT 1 AS one FROM billing_customer WHERE customer_id = ? LIMIT 1`,
  );
  const mark = db.prepareWrite<[number | null, number]>(`UPDATE customer SET merged_into_id = ? WHERE customer_id = ?`);
  const forgetChoice = db.prepareWrite<[number]>(
    `UPDATE customer SET named_source_id = NULL, named_record_id = NULL
     WHERE customer_id = ? AND named_record_id IS NOT NULL AND ((named_source_id, named_record_id) = (
         SELECT source_id, id FROM billing_customer b WHERE b.customer_id = customer.customer_id
         ORDER BY created_at, source_id, id LIMIT 1)
       OR NOT EXISTS (SELECT 1 FROM billing_customer b WHERE b.customer_id = customer.customer_id
         AND b.source_id = named_source_id AND b.id = named_record_id))`,
  );
  for (const [customerId, other] of [
    [from, to],
    [to, from],
  ] as const) {
    mark.run(hasRecords.first(customerId) ? null : other, customerId);
    forgetChoice.run(customerId);
    nameCustomer(db, customerId);
  }
}

/**
 * Makes customers one: the records and accounts of each go over to `into`, which keeps its name, one decision each,
 * all of them taken back together. From then on the ledger, logo counts and cohorts know one customer.
 * @returns the decisions. @throws AppError `not_found`, `invalid_input`.
 */
export function merge(db: WriteDb, at: Instant, customerIds: readonly number[], into: number): number[] {
  if (customerIds.includes(into)) throw new AppError('invalid_input', 'A customer cannot be merged with itself');
  return db.transaction(() => {
    assertCustomer(db, into);
    const act = beginAct(db, at, true);
    keepName(db, into);
    for (const customerId of new Set(customerIds)) {
      assertCustomer(db, customerId);
      const evidence = `Merged by hand with ${nameOf(db, customerId)}`;
      const records = db.all(
        db.build.selectFrom('billing_customer').select(['source_id', 'id']).where('customer_id', '=', customerId),
      );
      if (records.length === 0) throw new AppError('not_found', `The customer ${customerId} has no billing record`);
      for (const { source_id, id } of records) {
        moveRecord(db, source_id, id, customerId, into);
        const moved = { sourceId: source_id, recordId: id, customerId: into, fromCustomerId: customerId };
        act.note({ action: 'merge', ...moved, evidence });
      }
      const accounts = db.all(
        db.build.selectFrom('identity_link').select(['source_id', 'account_id']).where('customer_id', '=', customerId),
      );
      for (const { source_id, account_id } of accounts) {
        const account = { sourceId: source_id, accountId: account_id };
        link(db, act, account, { customerId: into, rule: 'hand', evidence });
      }
      suggestInstead(db, customerId, into);
      settle(db, customerId, into);
    }
    return [...act.decisionIds];
  });
}

/** The record that names the customer now goes on naming it, however old those are that come to it. */
function keepName(db: WriteDb, customerId: number): void {
  db.prepareWrite<[number]>(
    `UPDATE customer SET (named_source_id, named_record_id) = (
       SELECT b.source_id, b.id FROM billing_customer b WHERE b.customer_id = customer.customer_id ORDER BY ${NAMING_ORDER} LIMIT 1)
     WHERE customer_id = ?`,
  ).run(customerId);
}

function suggestInstead(db: WriteDb, from: number, to: number): void {
  db.prepareWrite<[number, number]>(
    `UPDATE OR IGNORE identity_suggestion SET customer_id = ? WHERE customer_id = ?`,
  ).run(to, from);
  db.run(db.build.deleteFrom('identity_suggestion').where('customer_id', '=', from));
}

/**
 * Takes a billing record out of a customer. One that came by a merge goes back to whom it came from, together with the
 * accounts that came with it, if it was the only record of theirs; any other gets a customer of its own.
 * @returns the first decision and the record's customer. @throws AppError `not_found`, `invalid_input`.
 */
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
        .select('customer_id')
        .where('source_id', '=', sourceId)
        .where('id', '=', recordId),
    );
    if (!record) throw new AppError('not_found', `There is no billing record ${recordId}`);
    const whole = record.customer_id;
    const siblings = db.all(
      db.build.selectFrom('billing_customer').select('id').where('customer_id', '=', whole).limit(2),
    );
    if (siblings.length < 2)
      throw new AppError('invalid_input', 'The customer has one billing record only: there is nothing to split');
    const origin = originOf(db, sourceId, recordId, whole);
    const customerId = origin?.customerId ?? addCustomer(db, at);
    const act = beginAct(db, at, true);
    moveRecord(db, sourceId, recordId, whole, customerId);
    const decided = { customerId, fromCustomerId: whole, evidence: 'Split by hand' };
    const decisionId = act.note({ action: 'split', sourceId, recordId, ...decided });
    if (origin?.records === 1)
      for (const account of accountsOfAct(db, origin.actId, customerId, whole))
        link(db, act, account, { customerId, rule: 'hand', evidence: 'Split by hand' });
    settle(db, whole, customerId);
    return { decisionId, customerId };
  });
}

interface Origin {
  readonly customerId: number;
  readonly actId: number;
  /** How many records the merge took from the customer. */
  readonly records: number;
}

/** Whom a record belonged to before the standing merge that brought it, if nobody else is that customer by now. */
function originOf(db: WriteDb, sourceId: number, recordId: string, whole: number): Origin | null {
  const row = db
    .prepare<[number, string, number], { customer_id: number; act_id: number; records: number }>(
      `SELECT d.from_customer_id AS customer_id, coalesce(d.act_id, d.decision_id) AS act_id,
              (SELECT count(*) FROM identity_decision m WHERE m.action = 'merge' AND m.from_customer_id = d.from_customer_id
                 AND coalesce(m.act_id, m.decision_id) = coalesce(d.act_id, d.decision_id)) AS records
       FROM identity_decision d JOIN customer c ON c.customer_id = d.from_customer_id AND c.merged_into_id IS NOT NULL
       WHERE d.source_id = ? AND d.record_id = ? AND d.action = 'merge' AND d.customer_id = ? AND d.undoes_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM identity_decision u WHERE u.undoes_id = d.decision_id)
       ORDER BY d.decision_id DESC LIMIT 1`,
    )
    .first(sourceId, recordId, whole);
  return row ? { customerId: row.customer_id, actId: row.act_id, records: row.records } : null;
}

/** Accounts that a merge took over from a customer and that nothing else was decided about since. */
function accountsOfAct(
  db: WriteDb,
  actId: number,
  from: number,
  whole: number,
): { sourceId: number; accountId: string }[] {
  return db
    .prepare<[number, number, number, number], { source_id: number; account_id: string }>(
      `SELECT l.source_id, l.account_id FROM identity_decision d JOIN identity_link l ON l.decision_id = d.decision_id
       WHERE (d.decision_id = ? OR d.act_id = ?) AND d.action = 'link' AND d.from_customer_id = ? AND l.customer_id = ?`,
    )
    .all(actId, actId, from, whole)
    .map(({ source_id, account_id }) => ({ sourceId: source_id, accountId: account_id }));
}

/** An empty customer, named when it gets its record. */
function addCustomer(db: WriteDb, at: Instant): number {
  return db.run(db.build.insertInto('customer').values({ name: '', created_at: at })).lastId;
}

function nameOf(db: WriteDb, customerId: number): string {
  return db.one(db.build.selectFrom('customer').select('name').where('customer_id', '=', customerId), 'customer').name;
}
