/** Holds every close against its seal, and every seal against the one before it. */
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb } from '../store/index.ts';
import { hashOf } from './freeze.ts';

export interface CloseVerification {
  readonly closes: number;
  /** A sentence for each close that is not what was sealed; empty when all hold. */
  readonly broken: readonly string[];
}

interface Row {
  [column: string]: SqlValue;
  close_id: number;
  month: string;
  version: number;
  previous_hash: string;
  hash: string;
}

/** Reads all closes in the order in which they were made, those opened again among them. */
export function verifyCloses(db: ReadDb): CloseVerification {
  const broken: string[] = [];
  let before = '';
  let closes = 0;
  for (const row of db.prepare<[], Row>(`SELECT * FROM month_close ORDER BY close_id`).iterate()) {
    const { close_id: _id, hash, ...sealed } = row;
    const name = `close of ${row.month}, version ${row.version}`;
    if (hashOf(Object.values(sealed)) !== hash) broken.push(`${name}: it is not what was sealed`);
    if (row.previous_hash !== before) broken.push(`${name}: the close before it is missing or another one`);
    before = hash;
    closes += 1;
  }
  return { closes, broken };
}
