/**
 * Remembers which names were compared, so that after a sync only what is new or was changed is compared again: names
 * are by far the dearest evidence, and nearly all of them stay what they are.
 */
import { hash } from 'node:crypto';
import type { WriteDb } from '../store/index.ts';
import { comparableName } from './company-name.ts';
import type { KnownAccount, KnownCustomer } from './records.ts';
import { similarNames, type Likenesses } from './similar-names.ts';

/** Beyond this share of changed customers everything is compared anew, which is then no dearer. */
const MOST_CHANGED = 0.2;

export interface ComparedNames {
  /**
   * Customers whose names are like the account's, as a comparison with all of them would say.
   * @param hasStronger whether anything but its name speaks for somebody: then what is stored is not all that was found.
   */
  like(account: KnownAccount, hasStronger: boolean): Likenesses<KnownCustomer>;
  /** Remembers what was compared. Called inside a transaction, before the suggestions are stored. */
  store(): void;
}

interface Found {
  readonly customerId: number;
  readonly score: number;
}

/** @param decidedOf the last decision about an account: with every other one it is compared anew. */
export function comparedNames(
  db: WriteDb,
  customers: readonly KnownCustomer[],
  decidedOf: (account: KnownAccount) => number,
): ComparedNames {
  const digests = new Map(customers.map(({ customerId, name }) => [customerId, digestOf(comparableName(name))]));
  const place = new Map(customers.map(({ customerId }, index) => [customerId, index]));
  const known = new Map(
    db
      .prepare<[], { id: number; digest: Uint8Array }>(
        'SELECT customer_id AS id, digest FROM identity_compared_customer',
      )
      .all()
      .map(({ id, digest }) => [id, Buffer.from(digest).toString('hex')]),
  );
  const gone = [...known.keys()].filter((id) => !digests.has(id));
  const changed = customers.filter(({ customerId }) => known.get(customerId) !== digests.get(customerId));
  const touched = new Set([...gone, ...changed.map(({ customerId }) => customerId)]);
  const isAnew = touched.size > customers.length * MOST_CHANGED;
  const before = new Map(
    db
      .prepare<[], { source_id: number; account_id: string; digest: Uint8Array; is_whole: number }>(
        'SELECT source_id, account_id, digest, is_whole FROM identity_compared_account',
      )
      .all()
      .map((row) => [`${row.source_id} ${row.account_id}`, row]),
  );
  const suggested = suggestionsByAccount(db);
  const amongAll = namesAmong(customers);
  const amongChanged = namesAmong(changed);
  const compared = new Map<string, { account: KnownAccount; digest: string; isWhole: boolean }>();

  return {
    like(account, hasStronger) {
      const key = `${account.sourceId} ${account.accountId}`;
      const comparable = comparableName(account.name ?? '');
      const digest = digestOf(`${comparable}\n${decidedOf(account)}`);
      const last = before.get(key);
      const found = suggested.get(key) ?? { byName: [], hasStronger: false };
      const isKnown =
        !isAnew &&
        !hasStronger &&
        !found.hasStronger &&
        last !== undefined &&
        Buffer.from(last.digest).toString('hex') === digest &&
        found.byName.every(({ customerId }) => !touched.has(customerId));
      const likenesses = isKnown
        ? joined(found.byName, amongChanged(comparable), last.is_whole === 1)
        : amongAll(comparable);
      compared.set(key, { account, digest, isWhole: likenesses.isWhole });
      return likenesses;
    },
    store() {
      storeCustomers(
        db,
        changed.map(({ customerId }) => [customerId, digests.get(customerId) ?? '']),
        gone,
      );
      const put = db.prepareWrite<[number, string, Uint8Array, number]>(
        `INSERT INTO identity_compared_account (source_id, account_id, digest, is_whole) VALUES (?, ?, ?, ?)
         ON CONFLICT (source_id, account_id) DO UPDATE SET digest = excluded.digest, is_whole = excluded.is_whole
         WHERE digest <> excluded.digest OR is_whole <> excluded.is_whole`,
      );
      const drop = db.prepareWrite<[number, string]>(
        'DELETE FROM identity_compared_account WHERE source_id = ? AND account_id = ?',
      );
      for (const [key, row] of before) if (!compared.has(key)) drop.run(row.source_id, row.account_id);
      for (const { account, digest, isWhole } of compared.values())
        put.run(account.sourceId, account.accountId, Buffer.from(digest, 'hex'), isWhole ? 1 : 0);
    },
  };

  /** What was found before, with who is new among the names. */
  function joined(
    found: readonly Found[],
    added: Likenesses<KnownCustomer>,
    wasWhole: boolean,
  ): Likenesses<KnownCustomer> {
    const kept = found.flatMap(({ customerId, score }) => {
      const named = customers[place.get(customerId) ?? -1];
      return named === undefined ? [] : [{ named, score }];
    });
    return {
      compared: added.compared,
      isWhole: wasWhole,
      similar: [...kept, ...added.similar].toSorted(
        (a, b) => b.score - a.score || (place.get(a.named.customerId) ?? 0) - (place.get(b.named.customerId) ?? 0),
      ),
    };
  }
}

/** Made when it is first asked for: once everybody is linked, nobody is looked for by name. */
export function namesAmong(customers: readonly KnownCustomer[]): (comparable: string) => Likenesses<KnownCustomer> {
  let similar: ReturnType<typeof similarNames<KnownCustomer>> | null = null;
  return (comparable) => {
    similar ??= similarNames(customers.map((named) => ({ named, comparable: comparableName(named.name) })));
    return similar(comparable);
  };
}

/** 64 bits tell a name from the one before it. */
function digestOf(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}

function storeCustomers(db: WriteDb, changed: readonly (readonly [number, string])[], gone: readonly number[]): void {
  const put = db.prepareWrite<[number, Uint8Array]>(
    `INSERT INTO identity_compared_customer (customer_id, digest) VALUES (?, ?)
     ON CONFLICT (customer_id) DO UPDATE SET digest = excluded.digest`,
  );
  const drop = db.prepareWrite<[number]>('DELETE FROM identity_compared_customer WHERE customer_id = ?');
  for (const id of gone) drop.run(id);
  for (const [id, digest] of changed) put.run(id, Buffer.from(digest, 'hex'));
}

function suggestionsByAccount(db: WriteDb): Map<string, { byName: Found[]; hasStronger: boolean }> {
  const found = new Map<string, { byName: Found[]; hasStronger: boolean }>();
  const rows = db
    .prepare<[], { source_id: number; account_id: string; customer_id: number; rule: string; score: number }>(
      'SELECT source_id, account_id, customer_id, rule, score FROM identity_suggestion',
    )
    .all();
  for (const { source_id, account_id, customer_id, rule, score } of rows) {
    const key = `${source_id} ${account_id}`;
    const of = found.get(key) ?? { byName: [], hasStronger: false };
    found.set(key, of);
    if (rule === 'name') of.byName.push({ customerId: customer_id, score });
    else of.hasStronger = true;
  }
  return found;
}
