/**
 * What the packed records of a source have in common, and need not each hold
 * for themselves: the shape of their type, the ids of the prices they name, and
 * their own id, by which they are stored anyway.
 */
import { z } from 'zod';
import type { WriteDb } from '../store/handles.ts';

/** A record's packing names a list of words by one byte. */
const MOST_LISTS = 255;
/** Some 3 kB: beside a type's own dictionary and the record it fits into a window of 8 kB. */
const MOST_PRICES = 40;

export interface PriceWords {
  /** The present list, written down the first time it is asked for; null while no price is known. */
  latest(): { readonly number: number; readonly text: string } | null;
  /** A list that records were packed with. @throws RangeError where there is none of that number. */
  of(number: number): string;
}

/** Where a source's lists of words are kept: under this name and a number. */
export function wordsSetting(sourceId: number): string {
  return `source.${sourceId}.words.`;
}

/** Lists of the prices of a source, as records name them. A list never changes, since records were packed with it. */
export function priceWords(db: WriteDb, sourceId: number): PriceWords {
  const known = new Map<number, string>();
  let latest: { number: number; text: string } | null = null;
  const read = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?');
  const isThere = db.prepare<[string], { one: 1 }>('SELECT 1 AS one FROM setting WHERE name = ?');
  const textOf = (number: number): string | undefined => {
    let text = known.get(number);
    if (text === undefined) {
      const row = read.first(`${wordsSetting(sourceId)}${number}`);
      if (!row) return undefined;
      text = z.string().parse(JSON.parse(row.value));
      known.set(number, text);
    }
    return text;
  };
  return {
    latest() {
      // Looked up each time: the transaction that wrote it down may have been rolled back.
      if (latest === null || !isThere.first(`${wordsSetting(sourceId)}${latest.number}`)) {
        known.clear();
        latest = presentList(db, sourceId, textOf);
      }
      return latest;
    },
    of(number) {
      const text = textOf(number);
      if (text === undefined) throw new RangeError(`Source ${sourceId} has no list of words ${number}`);
      return text;
    },
  };
}

function presentList(db: WriteDb, sourceId: number, textOf: (number: number) => string | undefined) {
  let number = 0;
  while (textOf(number + 1) !== undefined) number += 1;
  const stored = textOf(number);
  const text = db
    .prepare<[number, number], { id: string; product_id: string | null }>(
      'SELECT id, product_id FROM price WHERE source_id = ? ORDER BY id LIMIT ?',
    )
    .all(sourceId, MOST_PRICES)
    .map(({ id, product_id }) => `{"price":"${id}","product":"${product_id ?? ''}"}`)
    .join('');
  if (text === '' || text === stored || number === MOST_LISTS)
    return stored === undefined ? null : { number, text: stored };
  db.prepareWrite<[string, string]>('INSERT INTO setting (name, value) VALUES (?, ?)').run(
    `${wordsSetting(sourceId)}${number + 1}`,
    JSON.stringify(text),
  );
  return { number: number + 1, text };
}
