/** Kept records: compressed, and recognised by a hash so that an unchanged one is not written again. */
import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ObjectType } from '../sources/kit/index.ts';
import { goneType } from './gone.ts';
import { priceWords, type PriceWords } from './record-dictionary.ts';
import type { WriteDb } from '../store/handles.ts';

/** Enough to tell a record from the one before it; older databases hold twelve. */
const HASH_BYTES = 8;

export interface RawStore {
  /** The hash if the record is new or different, null if it is stored like this already. */
  changedHash(type: string, id: string, json: string): Uint8Array | null;
  put(type: ObjectType, id: string, json: string, hash: Uint8Array, fetchedAt: Instant): void;
  /** Keeps nothing of a record but that it was read: whom it speaks of is erased. */
  putErased(type: string, id: string, hash: Uint8Array, fetchedAt: Instant): void;
  /** The kept record, or null; also null of one that is erased. */
  get(type: ObjectType, id: string): unknown;
  /** Without those that are erased. */
  all(type: ObjectType): IterableIterator<{ readonly id: string; readonly fetchedAt: Instant; readonly kept: unknown }>;
  /** Makes the next record of the object count as different: it was gone, and is news if it comes back the same. */
  forgetHash(type: string, id: string): void;
  /** Takes word of a deletion back, when the object is there again. */
  forget(type: ObjectType, id: string): void;
  /** Whether word of the object's deletion is stored. */
  isGone(type: string, id: string): boolean;
  count(type: string): number;
}

interface Row {
  object_id: string;
  fetched_at: Instant;
  payload: Uint8Array;
}

export function rawStore(db: WriteDb, sourceId: number): RawStore {
  const words = priceWords(db, sourceId);
  const hashOf = db.prepare<[number, string, string], { hash: Uint8Array }>(
    'SELECT hash FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?',
  );
  const write = db.prepareWrite<[number, string, string, Uint8Array, number, Uint8Array]>(
    `INSERT INTO raw_object (source_id, type, object_id, hash, fetched_at, payload) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source_id, type, object_id) DO UPDATE
     SET hash = excluded.hash, fetched_at = excluded.fetched_at, payload = excluded.payload`,
  );
  const one = db.prepare<[number, string, string], Row>(
    'SELECT object_id, fetched_at, payload FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?',
  );
  const count = db.prepare<[number, string], { n: number }>(
    'SELECT count(*) AS n FROM raw_object WHERE source_id = ? AND type = ?',
  );
  const after = db.prepare<[number, string, string], Row>(
    `SELECT object_id, fetched_at, payload FROM raw_object
     WHERE source_id = ? AND type = ? AND object_id > ? ORDER BY object_id LIMIT 500`,
  );

  const unsettle = db.prepareWrite<[number, string, string]>(
    `UPDATE raw_object SET hash = x'' WHERE source_id = ? AND type = ? AND object_id = ?`,
  );
  const remove = db.prepareWrite<[number, string, string]>(
    'DELETE FROM raw_object WHERE source_id = ? AND type = ? AND object_id = ?',
  );

  return {
    changedHash(type, id, json) {
      const digest = Buffer.from(hash('sha256', json, 'hex').slice(0, 2 * HASH_BYTES), 'hex');
      const known = hashOf.first(sourceId, type, id);
      return known && digest.equals(known.hash.subarray(0, HASH_BYTES)) ? null : digest;
    },
    put: (type, id, json, digest, fetchedAt) =>
      void write.run(sourceId, type.type, id, digest, fetchedAt, pack(type, id, json, words)),
    putErased: (type, id, digest, fetchedAt) => void write.run(sourceId, type, id, digest, fetchedAt, ERASED_PAYLOAD),
    get(type, id) {
      const row = one.first(sourceId, type.type, id);
      return row && !isErased(row) ? unpack(type, row, words) : null;
    },
    *all(type) {
      let last = '';
      for (;;) {
        // Batches, because the one writer connection cannot write while a query is open.
        const rows = after.all(sourceId, type.type, last);
        for (const row of rows)
          if (!isErased(row)) yield { id: row.object_id, fetchedAt: row.fetched_at, kept: unpack(type, row, words) };
        const end = rows.at(-1);
        if (!end) return;
        last = end.object_id;
      }
    },
    forgetHash: (type, id) => void unsettle.run(sourceId, type, id),
    forget: (type, id) => void remove.run(sourceId, type.type, id),
    isGone: (type, id) => hashOf.first(sourceId, goneType.type, `${type}/${id}`) !== undefined,
    count: (type) => count.first(sourceId, type)?.n ?? 0,
  };
}

/** In the place of an erased record: no dictionary, and an object that no vendor sends. */
export const ERASED_PAYLOAD: Uint8Array = Buffer.concat([Buffer.of(0), deflateRawSync('{"erased":true}')]);

function isErased({ payload }: Row): boolean {
  return Buffer.compare(payload, ERASED_PAYLOAD) === 0;
}

/** Added to the first byte where the dictionary goes on with a list of words, whose number follows, and with the record's id. */
const EXTENDED = 64;

/**
 * The first byte is the generation of the type's dictionary, 0 for none. The
 * record's own id, under which it is stored, always belongs to the dictionary;
 * the ids of prices do where the record names one.
 */
function pack(type: ObjectType, id: string, json: string, words: PriceWords): Uint8Array {
  const generation = type.dictionaries.length;
  const list = json.includes('"price":"') ? words.latest() : null;
  const dictionary = dictionaryOf(type, generation, list?.text ?? '', id);
  const body = deflateRawSync(json, { ...SETTING, dictionary });
  const packed = new Uint8Array(body.length + 2);
  packed[0] = generation + EXTENDED;
  packed[1] = list?.number ?? 0;
  packed.set(body, 2);
  return packed;
}

/** A window of 8 kB holds any usual record, and a small chunk its result: more memory would cost more time than the record. */
const SETTING = { level: 6, windowBits: 13, memLevel: 4, chunkSize: 2_048 };

/** What the records of a type share, in bytes: the last of each, which nearly all are packed with. */
const shared = new WeakMap<
  ObjectType,
  { readonly generation: number; readonly words: string; readonly bytes: Buffer }
>();

function dictionaryOf(type: ObjectType, generation: number, words: string, id: string): Buffer {
  let known = shared.get(type);
  if (known?.generation !== generation || known.words !== words) {
    const bytes = Buffer.from((type.dictionaries[generation - 1] ?? '') + words);
    shared.set(type, (known = { generation, words, bytes }));
  }
  return Buffer.concat([known.bytes, Buffer.from(id)]);
}

function unpack(type: ObjectType, { object_id, payload }: Row, words: PriceWords): unknown {
  const [first = 0, number = 0] = payload;
  const isExtended = first >= EXTENDED;
  const generation = isExtended ? first - EXTENDED : first;
  if (generation > type.dictionaries.length)
    throw new AppError(
      'storage_failed',
      `The stored ${type.type} ${object_id} was written by a newer version of Vario`,
    );
  const list = isExtended && number > 0 ? words.of(number) : '';
  const dictionary = dictionaryOf(type, generation, list, isExtended ? object_id : '');
  const body = payload.subarray(isExtended ? 2 : 1);
  return JSON.parse(inflateRawSync(body, dictionary.length === 0 ? {} : { dictionary }).toString());
}
