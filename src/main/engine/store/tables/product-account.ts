/** Writes who uses the product. */
import type { EventProperty, ProductAccount } from '../../domain/index.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../handles.ts';

export interface ProductAccountWriter {
  /** The whole account, as its source tells it at once. */
  write(account: ProductAccount): void;
  /** What a part of the events shows of it: the first of everything stays, whatever comes first. */
  see(account: ProductAccount): void;
  /** The row of an account; it is made where there is none. */
  idOf(id: string): number;
  markDeleted(id: string, at: Instant): void;
  /** Forgets the steps of all accounts: they are to be told anew. */
  forgetSteps(): void;
  property(property: EventProperty): boolean;
}

type Columns = readonly (string | number | null)[];

export function productAccountWriter(db: WriteDb, sourceId: number): ProductAccountWriter {
  const insert = `INSERT INTO product_account (source_id, id, name, domain, emails, billing_customer_id, channel,
    first_seen_at, signed_up_at, activated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const replace = db.prepareWrite<Columns>(
    `${insert} ON CONFLICT (source_id, id) DO UPDATE SET name = excluded.name, domain = excluded.domain,
       emails = excluded.emails, billing_customer_id = excluded.billing_customer_id, channel = excluded.channel,
       first_seen_at = excluded.first_seen_at, signed_up_at = excluded.signed_up_at,
       activated_at = excluded.activated_at, deleted_at = NULL`,
  );
  const merge = db.prepareWrite<Columns>(
    `${insert} ON CONFLICT (source_id, id) DO UPDATE SET
       name = coalesce(excluded.name, name), domain = coalesce(excluded.domain, domain),
       emails = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(emails)
                 UNION SELECT value FROM json_each(excluded.emails) ORDER BY value LIMIT 20)),
       billing_customer_id = coalesce(excluded.billing_customer_id, billing_customer_id),
       channel = CASE WHEN excluded.first_seen_at <= coalesce(first_seen_at, excluded.first_seen_at)
                      THEN coalesce(excluded.channel, channel) ELSE coalesce(channel, excluded.channel) END,
       first_seen_at = min(coalesce(first_seen_at, excluded.first_seen_at), coalesce(excluded.first_seen_at, first_seen_at)),
       signed_up_at = min(coalesce(signed_up_at, excluded.signed_up_at), coalesce(excluded.signed_up_at, signed_up_at)),
       activated_at = min(coalesce(activated_at, excluded.activated_at), coalesce(excluded.activated_at, activated_at)),
       deleted_at = NULL`,
  );
  const find = db.prepare<[number, string], { id: number }>(
    'SELECT product_account_id AS id FROM product_account WHERE source_id = ? AND id = ?',
  );
  const bare = db.prepareWrite<[number, string]>(
    `INSERT INTO product_account (source_id, id, emails) VALUES (?, ?, '[]')`,
  );
  const gone = db.prepareWrite<[number, number, string]>(
    'UPDATE product_account SET deleted_at = ? WHERE source_id = ? AND id = ? AND deleted_at IS NULL',
  );
  const forget = db.prepareWrite<[number]>(
    'UPDATE product_account SET channel = NULL, first_seen_at = NULL, signed_up_at = NULL, activated_at = NULL WHERE source_id = ?',
  );
  const property = db.prepareWrite<[number, string, number]>(
    `INSERT INTO event_property (source_id, name, seen) VALUES (?, ?, ?)
     ON CONFLICT (source_id, name) DO UPDATE SET seen = excluded.seen WHERE seen <> excluded.seen`,
  );
  const rows = new Map<string, number>();

  function columns(account: ProductAccount): Columns {
    const { id, name, domain, emails, billingCustomerId, channel, firstSeenAt, signedUpAt, activatedAt } = account;
    const own = [id, name, domain, JSON.stringify(emails.toSorted()), billingCustomerId, channel];
    return [sourceId, ...own, firstSeenAt, signedUpAt, activatedAt];
  }

  return {
    write: (account) => void replace.run(...columns(account)),
    see: (account) => void merge.run(...columns(account)),
    idOf(id) {
      const known = rows.get(id) ?? find.first(sourceId, id)?.id ?? bare.run(sourceId, id).lastId;
      rows.set(id, known);
      return known;
    },
    markDeleted: (id, at) => void gone.run(at, sourceId, id),
    forgetSteps: () => void forget.run(sourceId),
    property: ({ name, seen }) => property.run(sourceId, name, seen).changes > 0,
  };
}
