/**
 * The work on files that a thread of its own does: reading, detecting, cutting into rows, checking every cell.
 * Answers: what is in the file, and which rows of it fit?
 * Never: writes to the database; what it finds goes to the one writer in batches, which asks for the next one when it
 * has stored the last: memory stays flat whatever the size of the file.
 */
import type { FileColumn, FileDetection, FileMapping, ReadSettings } from '../../../../shared/contract/files.ts';
import { timeZone } from '../../../../shared/kernel/day.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { ReadDb } from '../../store/handles.ts';
import { kindOf } from '../kinds/registry.ts';
import { contentKey, isRejected, rowMapper, type RejectedRow, type RowMapper } from '../mapping/row-mapper.ts';
import type { KindSpec, Values } from '../kinds/kind.ts';
import type { FileRow } from '../reading/delimited.ts';
import { fingerprintOf, type FilePlace } from '../reading/place.ts';
import { ColumnProfile } from '../reading/profile.ts';
import type { OpenFile } from './open-file.ts';
import { SeenKeys } from './seen-keys.ts';

export interface Opened {
  readonly session: number;
  readonly detection: FileDetection;
  readonly header: readonly string[];
  readonly size: number;
}

export interface ProfileStep {
  readonly rows: number;
  readonly read: number;
  /** When all has been read. */
  readonly reading: FileReading | null;
}

/** What is known of a file once it has been read through; kept with the upload. */
export interface FileReading {
  readonly detection: FileDetection;
  readonly columns: readonly FileColumn[];
  readonly rows: number;
  readonly fingerprint: string;
  /** The first rows, for previews. */
  readonly sample: readonly FileRow[];
}

/** Rows that fit, column by column, as they cross the thread cheaply. */
export interface MappedBatch {
  readonly lines: number[];
  readonly keys: string[];
  readonly bodies: string[];
  readonly partOf: (string | null)[];
  readonly alsoOf: (string | null)[];
  readonly rejected: RejectedRow[];
  readonly rows: number;
  readonly read: number;
  readonly done: boolean;
}

interface Session {
  readonly file: OpenFile;
  readonly place: FilePlace;
  rows: number;
  read: number;
  rest: readonly FileRow[];
  profiles: ColumnProfile[];
  sample: FileRow[];
  mapping: { readonly kind: KindSpec; readonly mapper: RowMapper; readonly seen: SeenKeys } | null;
}

const SAMPLE_ROWS = 100;
const PROFILED_AT_ONCE = 50_000;

const sessions = new Map<number, Session>();
let lastSession = 0;

function sessionOf(id: number): Session {
  const session = sessions.get(id);
  if (!session) throw new AppError('internal', 'A file that is not open was asked for its rows');
  return session;
}

async function open(
  _db: ReadDb,
  { place, settings }: { readonly place: FilePlace; readonly settings: ReadSettings },
): Promise<Opened> {
  // Loaded with the first file: threads that only answer queries never need it.
  const { openFile } = await import('./open-file.ts');
  const file = await openFile(place, settings);
  lastSession += 1;
  const profiles = file.header.map(() => new ColumnProfile());
  sessions.set(lastSession, { file, place, rows: 0, read: 0, rest: [], profiles, sample: [], mapping: null });
  return { session: lastSession, detection: file.detection, header: file.header, size: file.size };
}

function profile(_db: ReadDb, { session }: { readonly session: number }): ProfileStep {
  const state = sessionOf(session);
  const { file, profiles } = state;
  for (let until = state.rows + PROFILED_AT_ONCE; state.rows < until;) {
    const { value, done } = file.batches.next();
    if (done === true) return { rows: state.rows, read: file.size, reading: readingOf(state) };
    state.read = value.read;
    state.rows += value.rows.length;
    for (const row of value.rows) {
      if (state.sample.length < SAMPLE_ROWS)
        state.sample.push({ ...row, cells: row.cells.map((cell) => cell.slice(0, 1_000)) });
      if (row.broken === null) for (const [index, column] of profiles.entries()) column.add(row.cells[index] ?? '');
    }
  }
  return { rows: state.rows, read: state.read, reading: null };
}

function readingOf({ file, place, profiles, rows, sample }: Session): FileReading {
  return {
    detection: file.detection,
    columns: profiles.map((column, index) => column.result(index, file.header[index] ?? '')),
    rows,
    fingerprint: fingerprintOf(place),
    sample,
  };
}

export interface RowsInput {
  readonly session: number;
  readonly mapping: FileMapping;
  readonly columns: readonly FileColumn[];
  readonly zone: string;
  /** Rows at the beginning that have been dealt with. */
  readonly skip: number;
  readonly most: number;
}

function rows(_db: ReadDb, { session, mapping, columns, zone, skip, most }: RowsInput): MappedBatch {
  const state = sessionOf(session);
  if (state.mapping === null) {
    const kind = kindOf(mapping.kind);
    state.mapping = { kind, mapper: rowMapper(kind, mapping, columns, timeZone(zone)), seen: new SeenKeys() };
  }
  const { kind, mapper, seen } = state.mapping;
  const batch: MappedBatch = {
    lines: [],
    keys: [],
    bodies: [],
    partOf: [],
    alsoOf: [],
    rejected: [],
    rows: 0,
    read: 0,
    done: false,
  };
  let count = 0;
  let done = false;
  while (count < most) {
    const [next] = state.rest;
    if (next === undefined) {
      const step = state.file.batches.next();
      if (step.done === true) {
        done = true;
        break;
      }
      state.rest = step.value.rows;
      state.read = step.value.read;
      continue;
    }
    const taken = state.rest.slice(0, most - count);
    state.rest = state.rest.slice(taken.length);
    for (const source of taken) {
      state.rows += 1;
      const isPast = state.rows <= skip;
      if (!isPast) count += 1;
      const row = mapper.row(source);
      if (isRejected(row)) {
        if (!isPast) batch.rejected.push(row);
        continue;
      }
      const body = bodyOf(kind, row.values);
      let { key } = row;
      if (key === null) {
        const content = contentKey(body);
        const times = seen.count(content);
        key = times === 1 ? content : `${content}:${times}`;
      }
      if (isPast) continue;
      batch.lines.push(row.line);
      batch.keys.push(key);
      batch.bodies.push(body);
      batch.partOf.push(row.partOf);
      batch.alsoOf.push(row.alsoOf);
    }
  }
  return { ...batch, rows: count, read: state.read, done };
}

/** The same content gives the same text, in whatever order the columns stand. */
function bodyOf(kind: KindSpec, values: Values): string {
  const ordered: Record<string, string> = {};
  for (const { field } of kind.fields) {
    const value = values[field];
    if (value !== undefined) ordered[field] = value;
  }
  if (kind.metadata)
    for (const name of Object.keys(values)
      .filter((each) => each.startsWith('metadata.'))
      .toSorted())
      ordered[name] = values[name] ?? '';
  return JSON.stringify(ordered);
}

function close(_db: ReadDb, { session }: { readonly session: number }): void {
  sessions.get(session)?.file.close();
  sessions.delete(session);
}

/** Served by the threads that prepare work for the writer. */
export const fileReading = {
  'files.open': open,
  'files.profile': profile,
  'files.rows': rows,
  'files.close': close,
} as const;

export type FileReadingCalls = typeof fileReading;
