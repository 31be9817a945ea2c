/** The founder's notes on days in the database. Nothing that was written is lost: a note is taken away, not erased. */
import type { Note } from '../../../shared/contract/annotations.ts';
import type { PlainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import type { Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/handles.ts';

interface Row {
  readonly annotation_id: number;
  readonly noted_on: PlainDay;
  readonly text: string;
  readonly created_at: Instant;
  readonly changed_at: Instant;
}

const COLUMNS = 'annotation_id, noted_on, text, created_at, changed_at';

function noteOf(row: Row): Note {
  return {
    noteId: row.annotation_id,
    on: row.noted_on,
    text: row.text,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** All that are not taken away, by day and then as they were written. */
export function standingNotes(db: ReadDb): Note[] {
  return db
    .prepare<[], Row>(`SELECT ${COLUMNS} FROM annotation WHERE removed_at IS NULL ORDER BY noted_on, annotation_id`)
    .all()
    .map(noteOf);
}

export interface NoteChange {
  readonly noteId?: number | undefined;
  readonly on: PlainDay;
  readonly text: string;
}

/** Writes a new note, or the day and text of one that stands. @throws AppError `not_found`. */
export function saveNote(db: WriteDb, { noteId, on, text }: NoteChange, now: Instant): Note {
  if (noteId === undefined) {
    const { lastId } = db
      .prepareWrite<[string, string, number, number]>(
        'INSERT INTO annotation (noted_on, text, created_at, changed_at) VALUES (?, ?, ?, ?)',
      )
      .run(on, text, now, now);
    return { noteId: lastId, on, text, createdAt: now, changedAt: now };
  }
  const { createdAt } = standing(db, noteId);
  db.prepareWrite<[string, string, number, number]>(
    'UPDATE annotation SET noted_on = ?, text = ?, changed_at = ? WHERE annotation_id = ?',
  ).run(on, text, now, noteId);
  return { noteId, on, text, createdAt, changedAt: now };
}

/** @throws AppError `not_found`, also for one that was taken away already. */
export function removeNote(db: WriteDb, noteId: number, now: Instant): Note {
  const note = standing(db, noteId);
  db.prepareWrite<[number, number]>('UPDATE annotation SET removed_at = ? WHERE annotation_id = ?').run(now, noteId);
  return note;
}

/** Brings a note back that was taken away; one that stands stays as it is. @throws AppError `not_found`. */
export function restoreNote(db: WriteDb, noteId: number): Note {
  db.prepareWrite<[number]>('UPDATE annotation SET removed_at = NULL WHERE annotation_id = ?').run(noteId);
  return standing(db, noteId);
}

function standing(db: ReadDb, noteId: number): Note {
  const row = db
    .prepare<[number], Row>(`SELECT ${COLUMNS} FROM annotation WHERE annotation_id = ? AND removed_at IS NULL`)
    .first(noteId);
  if (!row) throw new AppError('not_found', `There is no note ${noteId}; it may have been taken away`);
  return noteOf(row);
}
