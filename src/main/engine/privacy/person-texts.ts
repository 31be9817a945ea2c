/** What is known to tell who somebody is: to look for it where nothing says whose a text is. */
import { AppError } from '../../../shared/kernel/errors.ts';
import type { ReadDb } from '../store/index.ts';
import { PERSON } from './person-graph.ts';

/** Shorter ones stand in too much that is somebody else's. */
const SHORTEST = 4;

/** Names, addresses and domains of a customer, of its companies and of its people, longest first. */
export function personTexts(db: ReadDb, customerId: number): string[] {
  const rows = db
    .prepare<[number], { text: string | null }>(
      `${PERSON}
       SELECT name AS text FROM customer WHERE customer_id IN (SELECT customer_id FROM who)
       UNION SELECT email FROM customer WHERE customer_id IN (SELECT customer_id FROM who)
       UNION SELECT b.name FROM billing_customer b WHERE (b.source_id, b.id) IN (SELECT source_id, id FROM billing)
       UNION SELECT b.email FROM billing_customer b WHERE (b.source_id, b.id) IN (SELECT source_id, id FROM billing)
       UNION SELECT a.name FROM crm_account a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT a.domain FROM crm_account a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT p.name FROM crm_contact p WHERE (p.source_id, p.id) IN (SELECT source_id, id FROM person)
       UNION SELECT p.email FROM crm_contact p WHERE (p.source_id, p.id) IN (SELECT source_id, id FROM person)
       UNION SELECT a.name FROM product_account a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT a.domain FROM product_account a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT e.value FROM product_account a JOIN json_each(a.emails) e
         WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT a.name FROM support_company a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT a.domain FROM support_company a WHERE (a.source_id, a.id) IN (SELECT source_id, id FROM account)
       UNION SELECT p.name FROM support_contact p WHERE (p.source_id, p.id) IN (SELECT source_id, id FROM person)
       UNION SELECT p.email FROM support_contact p WHERE (p.source_id, p.id) IN (SELECT source_id, id FROM person)`,
    )
    .all(customerId);
  const texts = rows.flatMap(({ text }) => (text === null ? [] : [text.trim()]));
  return [...new Set(texts.filter((text) => text.length >= SHORTEST && !/^Erased customer \d+$/.test(text)))].toSorted(
    (a, b) => b.length - a.length || (a < b ? -1 : 1),
  );
}

/** Whether a text names somebody, in whatever case; also as it stands in JSON, where quotes and the like are written otherwise. */
export function namesPerson(text: string, texts: readonly string[]): boolean {
  const plain = text.toLowerCase();
  return texts.some((each) => {
    const sought = each.toLowerCase();
    return plain.includes(sought) || plain.includes(JSON.stringify(sought).slice(1, -1));
  });
}

/** Where people write freely, and what may repeat a row. */
export const LOOSE: readonly { readonly title: string; readonly sql: string; readonly isOwn: boolean }[] = [
  { title: 'Rows of files that did not fit', sql: 'SELECT text, NULL AS at FROM file_reject', isOwn: false },
  {
    title: 'Results of work',
    sql: 'SELECT result AS text, ended_at AS at FROM job WHERE result IS NOT NULL',
    isOwn: false,
  },
  { title: 'Notes on charts', sql: 'SELECT text, created_at AS at FROM annotation', isOwn: true },
  { title: 'Saved filters', sql: `SELECT name || ' ' || filter AS text, created_at AS at FROM segment`, isOwn: true },
  {
    title: 'Notes on costs',
    sql: 'SELECT note AS text, changed_at AS at FROM cost WHERE note IS NOT NULL',
    isOwn: true,
  },
  {
    title: 'Files that are not imported yet',
    sql: 'SELECT reading AS text, begun_at AS at FROM file_upload WHERE reading IS NOT NULL',
    isOwn: true,
  },
];

/** @throws AppError `not_found`. */
export function nameOf(db: ReadDb, customerId: number): string {
  return db.one(db.build.selectFrom('customer').select('name').where('customer_id', '=', customerId), 'customer').name;
}

/** @throws AppError `conflict` where the customer stands for somebody else now. */
export function assertStandsForItself(db: ReadDb, customerId: number): void {
  const row = db.first(db.build.selectFrom('customer').select('merged_into_id').where('customer_id', '=', customerId));
  if (row !== undefined && row.merged_into_id !== null)
    throw new AppError('conflict', 'This customer was merged into another one; erase that one');
}
