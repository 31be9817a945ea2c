/** Kept records: small, read back as they were, also those of older versions. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { objectType } from '../../../src/main/engine/sources/kit/index.ts';
import { rawStore } from '../../../src/main/engine/sync/raw-store.ts';
import { instant } from '../../../src/shared/kernel/instant.ts';
import { testStore } from '../../support/store.ts';

const DICTIONARY = '{"id":"","amount":0,"lines":[{"price":"","product":""}]}';
const type = objectType({
  type: 'bill',
  version: 1,
  dictionaries: [DICTIONARY],
  schema: z.object({ id: z.string(), price: z.string() }),
  id: ({ id }) => id,
  normalise: () => [],
});
const NOW = instant(1_700_000_000_000);

function filled() {
  const { db } = testStore();
  const source = { source_id: 1, vendor: 'stripe', name: 'Acme', config: '{}', state: 'ready', connected_at: 0 };
  db.run(db.build.insertInto('source').values(source));
  const price = (id: string) =>
    db.run(
      db.build
        .insertInto('price')
        .values({ source_id: 1, id, product_id: `prod_of_${id}`, currency: 'USD', body: '{}' }),
    );
  const keep = (id: string, kept: object) => {
    const store = rawStore(db, 1);
    const json = JSON.stringify(kept);
    const hash = store.changedHash(type.type, id, json);
    if (hash) store.put(type, id, json, hash, NOW);
    return hash !== null;
  };
  const size = (id: string) =>
    db.first(db.build.selectFrom('raw_object').select('payload').where('object_id', '=', id))!.payload.length;
  return { db, price, keep, size };
}

describe('kept records', () => {
  it('come back as they were, and an equal one is not written again', () => {
    const { db, keep } = filled();
    const record = { id: 'in_1', price: 'price_unknown', note: 'é 💶' };
    expect(keep('in_1', record)).toBe(true);
    expect(keep('in_1', record)).toBe(false);
    expect(keep('in_1', { ...record, note: '' })).toBe(true);
    expect(rawStore(db, 1).get(type, 'in_1')).toEqual({ ...record, note: '' });
  });

  it('hold neither their own id nor the ids of known prices a second time', () => {
    const { price, keep, size } = filled();
    const id = 'in_1Qq7WEzJ0w8dV3rTkYxPLm2A';
    const priceId = 'price_1Qx9RfHbN5sKcGu7MtZaVw3E';
    keep(`${id}x`, { id: `${id}x`, price: priceId });
    price(priceId);
    keep(id, { id, price: priceId });
    expect(size(id)).toBeLessThan(size(`${id}x`) - 15);
  });

  it('are read with the list of prices that they were written with, whatever prices came since', () => {
    const { db, price, keep } = filled();
    price('price_b');
    keep('in_1', { id: 'in_1', price: 'price_b' });
    price('price_a');
    keep('in_2', { id: 'in_2', price: 'price_a' });
    const store = rawStore(db, 1);
    expect(store.get(type, 'in_1')).toEqual({ id: 'in_1', price: 'price_b' });
    expect(store.get(type, 'in_2')).toEqual({ id: 'in_2', price: 'price_a' });
  });

  it('do not count on a list whose transaction was rolled back', () => {
    const { db, price } = filled();
    price('price_a');
    const store = rawStore(db, 1);
    const put = (id: string) => {
      const json = JSON.stringify({ id, price: 'price_a' });
      store.put(type, id, json, store.changedHash(type.type, id, json) ?? new Uint8Array(), NOW);
    };
    expect(() =>
      db.transaction(() => {
        put('in_1');
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    put('in_2');
    expect(rawStore(db, 1).get(type, 'in_2')).toEqual({ id: 'in_2', price: 'price_a' });
  });

  it('of an older version are still read', () => {
    const { db } = filled();
    const kept = { id: 'in_old', price: 'price_a' };
    const body = deflateRawSync(JSON.stringify(kept), { dictionary: Buffer.from(DICTIONARY) });
    db.run(
      db.build.insertInto('raw_object').values({
        source_id: 1,
        type: type.type,
        object_id: 'in_old',
        hash: Buffer.alloc(12),
        fetched_at: NOW,
        payload: Buffer.concat([Buffer.from([1]), body]),
      }),
    );
    expect(rawStore(db, 1).get(type, 'in_old')).toEqual(kept);
  });
});
