/** Writes customers of a billing system, and the founder's customer that each one stands for. */
import type { BillingCustomer, CustomerDiscount, Discount } from '../../domain/index.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../handles.ts';
import { nameCustomer, NAMING_ORDER } from './customer-name.ts';
import { discountsRead, discountTold } from './customer-discounts.ts';
import type { DirtyMarks } from './dirty-customer.ts';
import { bit, upsert } from './upsert.ts';

export interface BillingCustomerWriter {
  write(customer: BillingCustomer): void;
  /** @returns whether it was news; word of a customer who is not known says nothing. */
  discount(told: CustomerDiscount): boolean;
  /** Marks it deleted; one that was never seen alive gets a row, because invoices still speak of it. */
  markDeleted(id: string, at: Instant): void;
}

const COLUMNS = [
  'source_id',
  'id',
  'customer_id',
  'name',
  'email',
  'description',
  'currency',
  'country',
  'created_at',
  'delinquent',
  'balance_minor',
  'discounts',
  'metadata',
];

export function billingCustomerWriter(db: WriteDb, sourceId: number, dirty: DirtyMarks): BillingCustomerWriter {
  const find = db.prepare<[number, string], { customer_id: number; discounts: string }>(
    'SELECT customer_id, discounts FROM billing_customer WHERE source_id = ? AND id = ?',
  );
  const keepDiscounts = db.prepareWrite<[string, number, string]>(
    'UPDATE billing_customer SET discounts = ? WHERE source_id = ? AND id = ?',
  );
  // A record that comes back belongs to whom a person has given it: the last decision about it says to whom.
  const decided = db.prepare<[number, string], { customer_id: number }>(
    `SELECT customer_id FROM identity_decision WHERE source_id = ? AND record_id = ? AND action IN ('merge', 'split')
     ORDER BY decision_id DESC LIMIT 1`,
  );
  const add = db.prepareWrite<[string, string | null, string | null, number]>(
    'INSERT INTO customer (name, email, country, created_at) VALUES (?, ?, ?, ?)',
  );
  // A customer that stands for several records is shown as the one that names it says.
  const rename = db.prepareWrite<[string, string | null, string | null, number, number, number, string]>(
    `UPDATE customer SET name = ?, email = ?, country = ?, created_at = ?
     WHERE customer_id = ? AND erased_at IS NULL AND (?, ?) = (
       SELECT b.source_id, b.id FROM billing_customer b WHERE b.customer_id = customer.customer_id ORDER BY ${NAMING_ORDER} LIMIT 1
     )`,
  );
  const put = upsert(db, 'billing_customer', ['source_id', 'id'], COLUMNS);
  const bury = db.prepareWrite<[number, number, string]>(
    'UPDATE billing_customer SET deleted_at = coalesce(deleted_at, ?) WHERE source_id = ? AND id = ?',
  );
  const oldest = db.prepare<[number, string, number, string, number, string], { at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(created_at) AS at FROM invoice WHERE source_id = ? AND billing_customer_id = ?
       UNION ALL SELECT min(started_at) FROM subscription WHERE source_id = ? AND billing_customer_id = ?
       UNION ALL SELECT min(created_at) FROM charge WHERE source_id = ? AND billing_customer_id = ?)`,
  );

  function row(customer: BillingCustomer, customerId: number, discounts: readonly Discount[]): void {
    put.run(
      sourceId,
      customer.id,
      customerId,
      customer.name,
      customer.email,
      customer.description,
      customer.currency,
      customer.country,
      customer.createdAt,
      bit(customer.delinquent),
      customer.balanceMinor,
      JSON.stringify(discounts),
      JSON.stringify(customer.metadata),
    );
  }

  function write(customer: BillingCustomer): void {
    const name = shownName(customer);
    const known = find.first(sourceId, customer.id);
    let customerId = known?.customer_id;
    if (known === undefined || customerId === undefined) {
      const given = decided.first(sourceId, customer.id)?.customer_id;
      customerId = given ?? add.run(name, customer.email, customer.country, customer.createdAt).lastId;
      row(customer, customerId, customer.discounts);
      if (given !== undefined) nameCustomer(db, given);
    } else {
      row(customer, customerId, discountsRead(parsed(known), customer.discounts, customer.seenAt));
      rename.run(name, customer.email, customer.country, customer.createdAt, customerId, sourceId, customer.id);
    }
    dirty.ofCustomer(customerId);
  }

  return {
    write,
    discount(told) {
      const known = find.first(sourceId, told.customerId);
      const before = known && parsed(known);
      const after = before && discountTold(before, told);
      if (after === before || after === undefined) return false;
      keepDiscounts.run(JSON.stringify(after), sourceId, told.customerId);
      dirty.ofBillingCustomer(told.customerId);
      return true;
    },
    markDeleted(id, at) {
      if (!find.first(sourceId, id)) {
        const createdAt = oldest.first(sourceId, id, sourceId, id, sourceId, id)?.at ?? at;
        write({ ...NOBODY, id, createdAt: createdAt as Instant, seenAt: at });
      }
      bury.run(at, sourceId, id);
      dirty.ofBillingCustomer(id);
    },
  };
}

const NOBODY = {
  name: null,
  email: null,
  description: null,
  currency: null,
  country: null,
  deleted: true,
  delinquent: false,
  balanceMinor: 0,
  discounts: [],
  metadata: {},
} as const;

function parsed({ discounts }: { readonly discounts: string }): readonly Discount[] {
  return JSON.parse(discounts) as Discount[];
}

function shownName({ id, name, email }: BillingCustomer): string {
  return name?.trim() || email?.trim() || id;
}
