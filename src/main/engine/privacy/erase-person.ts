/** Takes out of the database what tells who a customer is, and keeps it out. The figures stay: the ledger must add up. */
import { eraseRows } from '../files/index.ts';
import { addErased, rereadErased, type SubjectKind } from '../store/tables/erasures.ts';
import { noteFactsChanged } from '../store/fact-version.ts';
import type { WriteDb } from '../store/index.ts';
import { eraseKeptRecords, eraseQuarantined, forgetDigests, quarantinedTexts, type SyncDeps } from '../sync/index.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import { fileRowsHeld, idsHeld, PERSON, type HeldKind } from './person-graph.ts';
import { PERSON_TABLES } from './person-tables.ts';
import { assertStandsForItself, LOOSE, namesPerson, nameOf, personTexts } from './person-texts.ts';

interface Erasure {
  /** What the customer is called from now on. */
  readonly name: string;
  /** Rows in which something was replaced, or which went. */
  readonly rows: number;
  /** Sentences about what still tells who it was. */
  readonly remains: readonly string[];
}

const SUBJECTS: readonly { readonly kind: SubjectKind; readonly of: HeldKind }[] = [
  { kind: 'customer', of: 'billing' },
  { kind: 'account', of: 'account' },
  { kind: 'person', of: 'person' },
  { kind: 'deal', of: 'deal' },
];

/**
 * Erases names, addresses, further fields and everything that people wrote, of the customer, its companies and its
 * people, and puts the vendors' ids on the list by which the next sync or import erases them again. Cannot be undone.
 * @param typed the customer's name, as a sign that this one is meant.
 * @throws AppError `not_found`; `invalid_input` where the name is another; `conflict` for one that was merged away.
 */
export function erasePerson({ db, clock }: SyncDeps, customerId: number, typed: string): Erasure {
  const name = nameOf(db, customerId);
  if (typed.trim() !== name.trim())
    throw new AppError('invalid_input', `Nothing was erased: the name that was typed is not “${name}”`);
  assertStandsForItself(db, customerId);
  const texts = personTexts(db, customerId);
  // Asked before: a match that stood on an address alone goes with it.
  const vendors = vendorsOf(db, customerId);
  try {
    const rows = db.transaction(() => eraseAll(db, customerId, texts, clock.now()));
    noteFactsChanged(db);
    return { name: nameOf(db, customerId), rows, remains: remainsOf(db, customerId, texts, vendors) };
  } catch (error) {
    // What was put on the list in memory stands no longer.
    rereadErased(db);
    throw error;
  }
}

function eraseAll(db: WriteDb, customerId: number, texts: readonly string[], now: Instant): number {
  const erasureId = db.run(
    db.build.insertInto('erasure').values({ customer_id: customerId, made_at: now, row_count: 0 }),
  ).lastId;
  for (const { kind, of } of SUBJECTS)
    for (const { sourceId, id } of idsHeld(db, customerId, of))
      addErased(db, { erasureId, customerId }, { sourceId, kind, id });
  let rows = eraseRecords(db, customerId) + eraseLoose(db, texts);
  // Rows of files are written anew with what follows from them: ids that are addresses go with that.
  const ofFiles = fileRowsHeld(db, customerId);
  rows += eraseTables(db, customerId);
  for (const [sourceId, ids] of ofFiles) rows += eraseRows(db, sourceId, ids, now);
  // What the ledger says of it in words is worked out from names.
  db.prepareWrite<[number]>('INSERT OR IGNORE INTO dirty_customer (customer_id) VALUES (?)').run(customerId);
  db.run(db.build.updateTable('erasure').set({ row_count: rows }).where('erasure_id', '=', erasureId));
  return rows;
}

function eraseTables(db: WriteDb, customerId: number): number {
  let rows = 0;
  // Those by which the others are found come last.
  for (const { table, rows: where, erase, drops } of PERSON_TABLES) {
    if (drops) rows += run(db, `DELETE FROM ${table} AS t WHERE ${where}`, customerId);
    if (!erase) continue;
    const columns = Object.entries(erase);
    const set = columns.map(([column, value]) => `${column} = ${value}`).join(', ');
    const differs = columns.map(([column, value]) => `t.${column} IS NOT ${value}`).join(' OR ');
    rows += run(db, `UPDATE ${table} AS t SET ${set} WHERE ${where} AND (${differs})`, customerId);
  }
  // A group of a help desk is called by the address that its people share, and the match with it stood on that.
  rows += run(
    db,
    `DELETE FROM support_account AS t WHERE instr(t.id, '@') > 0 AND (t.source_id, t.id) IN (SELECT source_id, id FROM account)`,
    customerId,
  );
  rows += run(
    db,
    `DELETE FROM identity_link AS t WHERE instr(t.account_id, '@') > 0 AND t.customer_id IN (SELECT customer_id FROM who)`,
    customerId,
  );
  return rows;
}

function run(db: WriteDb, sql: string, customerId: number): number {
  return db.prepareWrite<[number]>(`${PERSON} ${sql}`).run(customerId).changes;
}

function eraseRecords(db: WriteDb, customerId: number): number {
  const bySource = new Map<number, string[]>();
  for (const { sourceId, id } of idsHeld(db, customerId, 'held'))
    bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), id]);
  return [...bySource].reduce((sum, [sourceId, ids]) => sum + eraseKeptRecords({ db }, sourceId, ids), 0);
}

/** What only by its words is about somebody: what the program wrote goes, what the founder wrote is told. */
function eraseLoose(db: WriteDb, texts: readonly string[]): number {
  let rows = forgetDigests(db, new Set(texts));
  for (const { quarantineId, text } of quarantinedTexts(db))
    if (namesPerson(text, texts)) {
      eraseQuarantined(db, quarantineId);
      rows += 1;
    }
  const rejects = db
    .prepare<[], { importId: number; line: number; text: string; reason: string }>(
      'SELECT file_import_id AS importId, line, text, reason FROM file_reject',
    )
    .all()
    .filter(({ text, reason }) => namesPerson(`${text} ${reason}`, texts));
  const blank = db.prepareWrite<[number, number]>(
    `UPDATE file_reject SET text = 'Erased', reason = 'The row is about somebody who is erased' WHERE file_import_id = ? AND line = ?`,
  );
  for (const { importId, line } of rejects) rows += blank.run(importId, line).changes;
  const jobs = db
    .prepare<[], { id: number; text: string }>(
      `SELECT job_id AS id, payload || ' ' || coalesce(result, '') || ' ' || coalesce(error_message, '') AS text
       FROM job WHERE ended_at IS NOT NULL`,
    )
    .all()
    .filter(({ text }) => namesPerson(text, texts));
  const drop = db.prepareWrite<[number]>('DELETE FROM job WHERE job_id = ?');
  for (const { id } of jobs) rows += drop.run(id).changes;
  return rows;
}

/** What is out of reach, and what is the founder's own to change. */
function remainsOf(db: WriteDb, customerId: number, texts: readonly string[], vendors: readonly string[]): string[] {
  const own = LOOSE.filter(({ isOwn }) => isOwn).flatMap(({ title, sql }) => {
    const count = db
      .prepare<[], { text: string }>(sql)
      .all()
      .filter(({ text }) => namesPerson(text, texts)).length;
    return count === 0
      ? []
      : [
          `${title}: ${count} still ${count === 1 ? 'names' : 'name'} the customer; change or remove ${count === 1 ? 'it' : 'them'} by hand.`,
        ];
  });
  const ids = idsHeld(db, customerId, 'held').filter(({ id }) => id.includes('@') || namesPerson(id, texts)).length;
  return [
    ...(vendors.length === 0
      ? []
      : [
          `The records still lie at ${vendors.join(', ')}; erase them there as well. What is read of them again is erased here at once.`,
        ]),
    'Backups that were made before still hold them; remove those, or let them be replaced.',
    'Reports, digests and exports that were saved as files still name the customer.',
    ...(ids === 0
      ? []
      : [
          `${ids} ids that a vendor or a file gave are themselves a name or an address; the ledger is kept under them.`,
        ]),
    ...own,
  ];
}

/** The connected vendors that know the customer, as the founder calls them. */
function vendorsOf(db: WriteDb, customerId: number): string[] {
  return db
    .prepare<[number], { name: string }>(
      `${PERSON} SELECT DISTINCT s.name FROM held h JOIN source s USING (source_id) WHERE s.vendor <> 'files' ORDER BY s.name`,
    )
    .all(customerId)
    .map(({ name }) => name);
}
