/**
 * Takes facts of one source away again, as if they had never been written: for rows of files that are taken back. A
 * vendor's objects are never erased; they are marked as gone.
 */
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { WriteDb, WriteStatement } from '../handles.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import { dirtyMarks } from './dirty-customer.ts';

/** Takes the facts of an object away: `charge`, `ch_1`. */
export type FactEraser = (objectType: string, id: string) => void;

/** Whether there is a table of a vendor's objects of this type, and under which name. */
export const OBJECT_TABLES: Readonly<Record<string, string>> = {
  customer: 'billing_customer',
  subscription: 'subscription',
  invoice: 'invoice',
  charge: 'charge',
  balance_transaction: 'balance_transaction',
  payout: 'payout',
  crm_deal: 'crm_deal',
};

type ById = WriteStatement<[number, string]>;
type ByRange = WriteStatement<[number, string, string]>;

/** @param provider under which exchange rates of the source stand. @param at when it is done. */
export function factEraser(db: WriteDb, sourceId: number, provider: string, at: Instant): FactEraser {
  const dirty = dirtyMarks(db, sourceId);
  const own = (table: string, column = 'id'): ById =>
    db.prepareWrite<[number, string]>(`DELETE FROM ${table} WHERE source_id = ? AND ${column} = ?`);
  /** What belongs to the object is named after it: `in_1/…`. */
  const below = (table: string): ByRange =>
    db.prepareWrite<[number, string, string]>(`DELETE FROM ${table} WHERE source_id = ? AND id >= ? AND id < ?`);
  const ownerOf = (table: string) =>
    db.prepare<[number, string], { id: string | null }>(
      `SELECT billing_customer_id AS id FROM ${table} WHERE source_id = ? AND id = ?`,
    );
  const owners = { invoice: ownerOf('invoice'), subscription: ownerOf('subscription'), charge: ownerOf('charge') };
  const tables: Readonly<Record<string, { readonly own: readonly ById[]; readonly below: readonly ByRange[] }>> = {
    invoice: {
      own: [own('invoice'), own('invoice_line', 'invoice_id')],
      below: [below('charge'), below('refund'), below('invoice_payment')],
    },
    subscription: { own: [own('subscription'), own('subscription_sighting', 'subscription_id')], below: [] },
    charge: { own: [own('charge')], below: [below('refund'), below('dispute')] },
    balance_transaction: { own: [own('balance_transaction')], below: [] },
    payout: { own: [own('payout'), own('payout_part', 'payout_id')], below: [] },
    crm_deal: { own: [own('crm_deal'), own('crm_deal_stage', 'deal_id')], below: [below('crm_contact')] },
    crm_account: { own: [own('crm_account')], below: [] },
    crm_owner: { own: [own('crm_owner')], below: [] },
    crm_pipeline: { own: [own('crm_pipeline')], below: [] },
    nps_response: { own: [own('nps_response')], below: [] },
    support_contact: { own: [own('support_contact')], below: [] },
    support_ticket: { own: [own('support_ticket')], below: [] },
    release: { own: [own('release')], below: [] },
  };
  const usage = db.prepareWrite<[number, string, string, string]>(
    'DELETE FROM meter_usage WHERE source_id = ? AND billing_customer_id = ? AND meter_id = ? AND used_on = ?',
  );
  const rate = db.prepareWrite<[string, string, string]>(
    `DELETE FROM exchange_rate WHERE provider = ? AND base = 'EUR' AND quote = ? AND rate_on = ?`,
  );
  const eraseCustomer = customerEraser(db, sourceId, at);

  return (objectType, id) => {
    if (objectType === 'customer') return eraseCustomer(id);
    if (objectType === 'meter_usage') {
      const [customer = '', meter = '', day = ''] = id.split('|');
      usage.run(sourceId, customer, meter, day);
      return;
    }
    if (objectType === 'exchange_rate') {
      const [day = '', currency = ''] = id.split(' ');
      rate.run(provider, currency, day);
      return;
    }
    const found = tables[objectType];
    if (!found) return;
    if (objectType === 'invoice' || objectType === 'subscription' || objectType === 'charge') {
      const row = owners[objectType].first(sourceId, id);
      // Whatever belongs to it was written with it.
      if (!row) return;
      dirty.ofBillingCustomer(row.id);
    }
    for (const statement of found.own) statement.run(sourceId, id);
    // '0' is the character after '/'.
    for (const statement of found.below) statement.run(sourceId, `${id}/`, `${id}0`);
  };
}

/**
 * A record of a customer goes; the customer behind it goes with the last of its records, or, where the ledger speaks of
 * it, which only grows, loses its name.
 */
function customerEraser(db: WriteDb, sourceId: number, at: Instant): (id: string) => void {
  const find = db.prepare<[number, string], { customer_id: number }>(
    'SELECT customer_id FROM billing_customer WHERE source_id = ? AND id = ?',
  );
  const drop = db.prepareWrite<[number, string]>('DELETE FROM billing_customer WHERE source_id = ? AND id = ?');
  const other = db.prepare<[number], { one: number }>('SELECT 1 AS one FROM billing_customer WHERE customer_id = ?');
  const forget = db.prepareWrite<[number]>('DELETE FROM customer WHERE customer_id = ?');
  const unname = db.prepareWrite<[number, number]>(
    `UPDATE customer SET name = 'Deleted customer', email = NULL, country = NULL, erased_at = ? WHERE customer_id = ?`,
  );
  const dirty = dirtyMarks(db, sourceId);
  return (id) => {
    const customerId = find.first(sourceId, id)?.customer_id;
    if (customerId === undefined) return;
    dirty.ofCustomer(customerId);
    drop.run(sourceId, id);
    if (other.first(customerId)) return;
    if (!isFree(() => forget.run(customerId), db)) unname.run(at, customerId);
  };
}

/** Whether nothing refers to what was deleted; else the deletion is taken back. */
function isFree(remove: () => void, db: WriteDb): boolean {
  try {
    db.transaction(remove);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) && error instanceof Error && error.message.includes('FOREIGN KEY')) return false;
    throw error;
  }
}
