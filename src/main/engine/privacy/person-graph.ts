/** SQL: everything that stands for one customer, across all that was merged into it and every account linked to it. */
import type { ReadDb } from '../store/index.ts';

/** Before a statement whose first parameter is the customer's number: tables of what is the customer's, by source and id. */
export const PERSON = `WITH RECURSIVE
  me(customer_id) AS (SELECT CAST(? AS INTEGER)),
  who(customer_id) AS (
    SELECT customer_id FROM me UNION SELECT c.customer_id FROM who w JOIN customer c ON c.merged_into_id = w.customer_id),
  billing(source_id, id) AS MATERIALIZED (
    SELECT source_id, id FROM billing_customer WHERE customer_id IN (SELECT customer_id FROM who)),
  account(source_id, id) AS MATERIALIZED (
    SELECT source_id, account_id FROM identity_link WHERE customer_id IN (SELECT customer_id FROM who)),
  person(source_id, id) AS MATERIALIZED (
    SELECT p.source_id, p.id FROM account a JOIN crm_contact p ON p.source_id = a.source_id AND p.account_id = a.id
    UNION SELECT p.source_id, p.id FROM account a JOIN support_contact p ON p.source_id = a.source_id AND p.account_id = a.id
    UNION SELECT p.source_id, p.id FROM account a JOIN support_contact p ON p.source_id = a.source_id AND p.company_id = a.id),
  deal(source_id, id) AS MATERIALIZED (
    SELECT d.source_id, d.id FROM account a JOIN crm_deal d ON d.source_id = a.source_id AND d.account_id = a.id),
  invoiced(source_id, id) AS MATERIALIZED (
    SELECT i.source_id, i.id FROM billing b JOIN invoice i ON i.source_id = b.source_id AND i.billing_customer_id = b.id),
  subscribed(source_id, id) AS MATERIALIZED (
    SELECT s.source_id, s.id FROM billing b JOIN subscription s ON s.source_id = b.source_id AND s.billing_customer_id = b.id),
  charged(source_id, id) AS MATERIALIZED (
    SELECT c.source_id, c.id FROM billing b JOIN charge c ON c.source_id = b.source_id AND c.billing_customer_id = b.id),
  answered(source_id, id) AS MATERIALIZED (
    SELECT n.source_id, n.id FROM person p JOIN nps_response n ON n.source_id = p.source_id AND n.contact_id = p.id),
  asked(source_id, id) AS MATERIALIZED (
    SELECT t.source_id, t.id FROM person p JOIN support_ticket t ON t.source_id = p.source_id AND t.contact_id = p.id
    UNION SELECT t.source_id, t.id FROM account a JOIN support_ticket t ON t.source_id = a.source_id AND t.company_id = a.id),
  moved(source_id, id) AS MATERIALIZED (
    SELECT r.source_id, r.id FROM charged c JOIN refund r ON r.source_id = c.source_id AND r.charge_id = c.id
    UNION SELECT d.source_id, d.id FROM charged c JOIN dispute d ON d.source_id = c.source_id AND d.charge_id = c.id
    UNION SELECT n.source_id, n.id FROM billing b JOIN credit_note n ON n.source_id = b.source_id AND n.billing_customer_id = b.id
    UNION SELECT q.source_id, q.id FROM billing b JOIN quote q ON q.source_id = b.source_id AND q.billing_customer_id = b.id
    UNION SELECT i.source_id, i.id FROM billing b JOIN payment_intent i ON i.source_id = b.source_id AND i.billing_customer_id = b.id),
  held(source_id, id) AS MATERIALIZED (
    SELECT * FROM billing UNION SELECT * FROM account UNION SELECT * FROM person UNION SELECT * FROM deal
    UNION SELECT * FROM invoiced UNION SELECT * FROM subscribed UNION SELECT * FROM charged
    UNION SELECT * FROM answered UNION SELECT * FROM asked UNION SELECT * FROM moved),
  file_row(id) AS MATERIALIZED (
    SELECT r.file_record_id FROM held h JOIN file_stream s ON s.source_id = h.source_id
    JOIN file_record r ON r.file_stream_id = s.file_stream_id AND r.record_key = h.id
    UNION SELECT r.file_record_id FROM invoiced i JOIN file_record r ON r.part_of = 'invoice/' || i.id
    JOIN file_stream s ON s.file_stream_id = r.file_stream_id AND s.source_id = i.source_id
    UNION SELECT r.file_record_id FROM subscribed i JOIN file_record r ON r.part_of = 'subscription/' || i.id
    JOIN file_stream s ON s.file_stream_id = r.file_stream_id AND s.source_id = i.source_id
    UNION SELECT r.file_record_id FROM subscribed i JOIN file_also o ON o.object = 'subscription/' || i.id
    JOIN file_record r USING (file_record_id) JOIN file_stream s ON s.file_stream_id = r.file_stream_id AND s.source_id = i.source_id)`;

export interface HeldId {
  readonly sourceId: number;
  readonly id: string;
}

export type HeldKind = 'billing' | 'account' | 'person' | 'deal' | 'held';

/** Ids of one kind that are the customer's. */
export function idsHeld(db: ReadDb, customerId: number, kind: HeldKind): HeldId[] {
  return db
    .prepare<[number], HeldId>(`${PERSON} SELECT source_id AS sourceId, id FROM ${kind} ORDER BY source_id, id`)
    .all(customerId);
}

/** Rows of files that are the customer's, by source. */
export function fileRowsHeld(db: ReadDb, customerId: number): ReadonlyMap<number, readonly number[]> {
  const rows = db
    .prepare<[number], { sourceId: number; id: number }>(
      `${PERSON} SELECT s.source_id AS sourceId, r.file_record_id AS id FROM file_row f
       JOIN file_record r ON r.file_record_id = f.id JOIN file_stream s USING (file_stream_id) ORDER BY 1, 2`,
    )
    .all(customerId);
  const bySource = new Map<number, number[]>();
  for (const { sourceId, id } of rows) bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), id]);
  return bySource;
}
