/** What would go with a source: counted before anybody is asked whether it shall. */
import type { ReadDb } from '../store/handles.ts';

export interface Holdings {
  /** Kept records by kind of object, most first. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly setAside: number;
  /** Customers of whom no other source speaks: they lose their names with it. */
  readonly onlyHere: number;
}

/** Counts exactly; on a very large source that takes some seconds. */
export function holdings(db: ReadDb, sourceId: number): Holdings {
  const kinds = db
    .prepare<[number], { kind: string; count: number }>(
      `SELECT type AS kind, count(*) AS count FROM raw_object WHERE source_id = ? AND type <> 'gone'
       GROUP BY type ORDER BY count DESC, type`,
    )
    .all(sourceId);
  const setAside = db
    .prepare<[number], { n: number }>('SELECT count(*) AS n FROM quarantine WHERE source_id = ?')
    .first(sourceId);
  const onlyHere = db
    .prepare<[number, number], { n: number }>(
      `SELECT count(DISTINCT b.customer_id) AS n FROM billing_customer b WHERE b.source_id = ?
       AND NOT EXISTS (SELECT 1 FROM billing_customer o WHERE o.customer_id = b.customer_id AND o.source_id <> ?)`,
    )
    .first(sourceId, sourceId);
  return { kinds, setAside: setAside?.n ?? 0, onlyHere: onlyHere?.n ?? 0 };
}
