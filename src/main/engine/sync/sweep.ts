/** Finds out what became of objects that a listing no longer shows, and of customers whom no listing shows. */
import type { SourceRecord, Stream } from '../sources/kit/index.ts';
import type { WriteDb } from '../store/handles.ts';
import { factWriter } from '../store/tables/fact-writer.ts';
import { missingCustomers } from './facts-held.ts';
import type { RawStore } from './raw-store.ts';
import { stateOf, writePage, type RunContext } from './stream-run.ts';

/** The ids that a repeated listing has shown so far; kept in the database, so that a killed run loses none. */
export interface ListedIds {
  note(type: string, id: string): void;
  /** Stored objects of a type that the listing did not show. */
  missing(type: string): string[];
  /** Forgets the ids of a type, once the sweep is over. */
  forget(type: string): void;
  clear(): void;
}

export function listedIds(db: WriteDb, sourceId: number): ListedIds {
  const note = db.prepareWrite<[number, string, string]>(
    'INSERT OR IGNORE INTO relisted (source_id, type, object_id) VALUES (?, ?, ?)',
  );
  const missing = db.prepare<[number, string], { id: string }>(
    `SELECT r.object_id AS id FROM raw_object r WHERE r.source_id = ? AND r.type = ?
       AND NOT EXISTS (SELECT 1 FROM relisted l WHERE l.source_id = r.source_id AND l.type = r.type AND l.object_id = r.object_id)
       ORDER BY r.object_id`,
  );
  const clear = db.prepareWrite<[number]>('DELETE FROM relisted WHERE source_id = ?');
  const forget = db.prepareWrite<[number, string]>('DELETE FROM relisted WHERE source_id = ? AND type = ?');
  return {
    note: (type, id) => void note.run(sourceId, type, id),
    missing: (type) => missing.all(sourceId, type).map(({ id }) => id),
    forget: (type) => void forget.run(sourceId, type),
    clear: () => void clear.run(sourceId),
  };
}

/**
 * Asks for every object that is stored and was not listed. Absence alone is no
 * proof of deletion: the vendor is asked for each by name.
 * @returns how many were not listed.
 */
export async function sweep(context: RunContext, stream: Stream, raw: RawStore, listed: ListedIds): Promise<number> {
  let unlisted = 0;
  for (const { type } of stream.objectTypes) {
    const ids = listed.missing(type);
    unlisted += ids.length;
    const asked = ids.filter((id) => !raw.isGone(type, id));
    if (stream.reread && asked.length > 0)
      for await (const records of stream.reread(asked, context.runOf(stream))) store(context, stream, records);
  }
  return unlisted;
}

/**
 * Customers of whom invoices and subscriptions speak and whom the list leaves
 * out: deleted ones, above all. Where customers are refused altogether, they
 * stand under their ids alone, so that what they pay is counted.
 */
export async function readMissingCustomers(context: RunContext): Promise<void> {
  const { db, sourceId } = context;
  const stream = context.streams.find(({ objectTypes }) => objectTypes.some(({ type }) => type === 'customer'));
  if (!stream?.reread) return;
  const missing = missingCustomers(db, sourceId);
  if (missing.length === 0) return;
  if (context.refused.has('customer')) {
    const write = factWriter(db, sourceId, stream.id);
    db.transaction(() => {
      for (const { id, since } of missing)
        write({ kind: 'customer', value: { ...UNNAMED, id, createdAt: since, seenAt: since } });
    });
    return;
  }
  const ids = missing.map(({ id }) => id);
  for await (const records of stream.reread(ids, context.runOf(stream))) store(context, stream, records);
}

const UNNAMED = {
  name: null,
  email: null,
  description: null,
  currency: null,
  country: null,
  deleted: false,
  delinquent: false,
  balanceMinor: 0,
  discounts: [],
  metadata: {},
} as const;

function store(context: RunContext, stream: Stream, records: readonly SourceRecord[]): void {
  const { cursor } = stateOf(context, stream.id);
  writePage(context, stream, { records, cursor, remaining: null, listing: false });
}
