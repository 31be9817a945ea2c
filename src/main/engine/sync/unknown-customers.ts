/** Customers whom no source speaks of any more. */
import { inflateRawSync } from 'node:zlib';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { WriteDb } from '../store/handles.ts';

/**
 * Customers of whom no source speaks any more lose their names, and the id of the record that named them. Their numbers
 * stay in the ledger, which only grows: its reversals empty them, and nothing in it says who they were. Warnings about
 * them and digests that name them go.
 */
export function eraseUnknown(db: WriteDb, customers: readonly { readonly customer_id: number }[], now: Instant): void {
  const known = db.prepare<[number], { one: number }>('SELECT 1 AS one FROM billing_customer WHERE customer_id = ?');
  const nameOf = db.prepare<[number], { name: string; email: string | null }>(
    'SELECT name, email FROM customer WHERE customer_id = ? AND erased_at IS NULL',
  );
  const erase = db.prepareWrite<[string, number, number]>(
    `UPDATE customer SET name = ?, email = NULL, country = NULL, named_source_id = NULL, named_record_id = NULL,
       erased_at = ? WHERE customer_id = ?`,
  );
  const forget = db.prepareWrite<[number]>('DELETE FROM alert WHERE customer_id = ?');
  const forgetName = db.prepareWrite<[number]>('DELETE FROM identity_compared_customer WHERE customer_id = ?');
  const names = new Set<string>();
  for (const { customer_id } of customers) {
    if (known.first(customer_id)) continue;
    const { name, email } = nameOf.first(customer_id) ?? { name: '', email: null };
    for (const text of [name, email ?? '']) if (text !== '') names.add(text);
    erase.run('Deleted customer', now, customer_id);
    forget.run(customer_id);
    forgetName.run(customer_id);
  }
  if (names.size > 0) forgetDigests(db, names);
}

/** A digest is a text that was made of what was known: one that names somebody cannot be kept without the name. */
export function forgetDigests(db: WriteDb, names: ReadonlySet<string>): number {
  const digests = db
    .prepare<[], { digest_id: number; headline: string; body: Uint8Array }>(
      'SELECT digest_id, headline, body FROM digest',
    )
    .all();
  const drop = db.prepareWrite<[number]>('DELETE FROM digest WHERE digest_id = ?');
  let dropped = 0;
  for (const { digest_id, headline, body } of digests) {
    // As it stands in JSON, where quotes and the like are written otherwise.
    const text = `${JSON.stringify(headline)} ${inflateRawSync(body).toString()}`;
    if ([...names].some((name) => text.includes(JSON.stringify(name).slice(1, -1))))
      dropped += drop.run(digest_id).changes;
  }
  return dropped;
}
