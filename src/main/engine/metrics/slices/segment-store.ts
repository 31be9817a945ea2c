/** The saved segments: their names and filters in the database. */
import { CustomerFilterSchema, type CustomerFilter, type Segment } from '../../../../shared/contract/segments.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../../store/handles.ts';
import { listed } from './conditions.ts';

interface Row {
  segment_id: number;
  name: string;
  filter: string;
  created_at: Instant;
}

const COLUMNS = `segment_id, name, filter, created_at`;

function segmentOf(row: Row): Segment {
  return {
    segmentId: row.segment_id,
    name: row.name,
    filter: CustomerFilterSchema.parse(JSON.parse(row.filter)),
    createdAt: row.created_at,
  };
}

/** All that are not taken away, by name. */
export function storedSegments(db: ReadDb): Segment[] {
  return db
    .prepare<[], Row>(`SELECT ${COLUMNS} FROM segment WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE`)
    .all()
    .map(segmentOf);
}

/** A segment by its id or its name, in any case. @throws AppError `invalid_input` where there is none, naming those there are. */
export function findSegment(db: ReadDb, text: string): Segment {
  const row = db
    .prepare<[string, string], Row>(
      `SELECT ${COLUMNS} FROM segment WHERE removed_at IS NULL AND (CAST(segment_id AS TEXT) = ? OR name = ? COLLATE NOCASE)
       ORDER BY segment_id LIMIT 1`,
    )
    .first(text, text);
  if (row) return segmentOf(row);
  const known = storedSegments(db).map(({ segmentId, name }) => ({ value: String(segmentId), label: name }));
  throw new AppError('invalid_input', `There is no segment “${text}”; ${listed(known)}`, {
    details: { dimension: 'segment', value: text },
  });
}

export interface SegmentChange {
  readonly segmentId?: number | undefined;
  readonly name?: string | undefined;
  readonly filter?: CustomerFilter | undefined;
}

/**
 * Saves a new segment, or what is given of one there is.
 * @throws AppError `invalid_input` without a name or filter, `conflict` where another has the name, `not_found`.
 */
export function saveSegment(db: WriteDb, change: SegmentChange, now: Instant): Segment {
  const before = change.segmentId === undefined ? null : inForce(db, change.segmentId);
  const name = change.name ?? before?.name;
  const filter = change.filter ?? before?.filter;
  if (name === undefined || filter === undefined)
    throw new AppError('invalid_input', 'A new segment needs a name and a filter');
  if (Object.keys(filter).length === 0)
    throw new AppError('invalid_input', 'The filter has no condition: a segment of all customers says nothing');
  expectFree(db, name, before?.segmentId);
  const text = JSON.stringify(filter);
  if (before) {
    db.prepareWrite<[string, string, number]>(`UPDATE segment SET name = ?, filter = ? WHERE segment_id = ?`).run(
      name,
      text,
      before.segmentId,
    );
    return { ...before, name, filter };
  }
  const { lastId } = db
    .prepareWrite<[string, string, number]>(`INSERT INTO segment (name, filter, created_at) VALUES (?, ?, ?)`)
    .run(name, text, now);
  return { segmentId: lastId, name, filter, createdAt: now };
}

/** Takes a segment away; nothing of it is lost. @throws AppError `not_found`. */
export function removeSegment(db: WriteDb, segmentId: number, now: Instant): Segment {
  const segment = inForce(db, segmentId);
  db.prepareWrite<[number, number]>(`UPDATE segment SET removed_at = ? WHERE segment_id = ?`).run(now, segmentId);
  return segment;
}

/** Brings a segment back that was taken away. @throws AppError `not_found`, `conflict` where its name was given again. */
export function restoreSegment(db: WriteDb, segmentId: number): Segment {
  const row = db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM segment WHERE segment_id = ?`).first(segmentId);
  if (!row) throw new AppError('not_found', `There is no segment ${segmentId}`);
  expectFree(db, row.name, segmentId);
  db.prepareWrite<[number]>(`UPDATE segment SET removed_at = NULL WHERE segment_id = ?`).run(segmentId);
  return segmentOf(row);
}

function inForce(db: ReadDb, segmentId: number): Segment {
  const row = db
    .prepare<[number], Row>(`SELECT ${COLUMNS} FROM segment WHERE segment_id = ? AND removed_at IS NULL`)
    .first(segmentId);
  if (!row) throw new AppError('not_found', `There is no segment ${segmentId}`);
  return segmentOf(row);
}

function expectFree(db: ReadDb, name: string, own: number | undefined): void {
  const other = db
    .prepare<[string, number], { name: string }>(
      `SELECT name FROM segment WHERE removed_at IS NULL AND name = ? COLLATE NOCASE AND segment_id <> ?`,
    )
    .first(name, own ?? 0);
  if (other) throw new AppError('conflict', `A segment “${other.name}” exists already; take another name`);
}
