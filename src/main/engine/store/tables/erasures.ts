/** Who is not to be known any more: looked up for every fact that a vendor sends, and nearly always empty. */
import { hash } from 'node:crypto';
import type { ReadDb, WriteDb } from '../handles.ts';

/** What of a vendor stands for somebody: a billing customer; a company in a CRM, product or help desk; a person there; a deal. */
export type SubjectKind = 'customer' | 'account' | 'person' | 'deal';

/** The number of the erased customer that an object of the source belongs to; null of everybody else. */
export type Erased = (kind: SubjectKind, id: string | null) => number | null;

const lists = new WeakMap<ReadDb, Map<string, number>>();

/** By hex digest the customer's number. One list a connection, so that whoever is writing already sees what is added. */
function listOf(db: ReadDb): Map<string, number> {
  let list = lists.get(db);
  if (!list) {
    const rows = db
      .prepare<[], { digest: Uint8Array; customerId: number }>(
        'SELECT s.digest, e.customer_id AS customerId FROM erased_subject s JOIN erasure e USING (erasure_id)',
      )
      .all();
    list = new Map(rows.map(({ digest, customerId }) => [Buffer.from(digest).toString('hex'), customerId]));
    lists.set(db, list);
  }
  return list;
}

interface SourceAccount {
  readonly vendor: string;
  readonly account: string;
}

function accountOf(db: ReadDb, sourceId: number): SourceAccount {
  const row = db
    .prepare<[number], { vendor: string; account: string | null }>(
      'SELECT vendor, account_id AS account FROM source WHERE source_id = ?',
    )
    .first(sourceId);
  return { vendor: row?.vendor ?? '', account: row?.account ?? '' };
}

/** By the vendor's account and not by our source: who disconnects and connects it again finds the same people erased. */
function digestOf({ vendor, account }: SourceAccount, kind: SubjectKind, id: string): string {
  return hash('sha256', JSON.stringify([vendor, account, kind, id]), 'hex').slice(0, 32);
}

/** Whether there is anybody on the list: where looking each row up would cost more than its import. */
export function isAnybodyErased(db: ReadDb): boolean {
  return listOf(db).size > 0;
}

export function erasedOf(db: ReadDb, sourceId: number): Erased {
  const list = listOf(db);
  const account = accountOf(db, sourceId);
  return (kind, id) => (list.size === 0 || id === null ? null : (list.get(digestOf(account, kind, id)) ?? null));
}

/** Puts an object on the list; twice is once. Called inside the transaction of an erasure. */
export function addErased(
  db: WriteDb,
  erasure: { readonly erasureId: number; readonly customerId: number },
  subject: { readonly sourceId: number; readonly kind: SubjectKind; readonly id: string },
): void {
  const digest = digestOf(accountOf(db, subject.sourceId), subject.kind, subject.id);
  db.prepareWrite<[Uint8Array, number]>(
    `INSERT INTO erased_subject (digest, erasure_id) VALUES (?, ?)
     ON CONFLICT (digest) DO UPDATE SET erasure_id = excluded.erasure_id`,
  ).run(Buffer.from(digest, 'hex'), erasure.erasureId);
  listOf(db).set(digest, erasure.customerId);
}

/** Forgets what is in memory of the list: it is read again from the table. For a transaction that was undone. */
export function rereadErased(db: ReadDb): void {
  lists.delete(db);
}

/** What a customer is called whose name is erased. @example erasedName(12) // 'Erased customer 12' */
export function erasedName(customerId: number): string {
  return `Erased customer ${customerId}`;
}
