/** Everything that is held about one customer, by where it came from: for whoever asks what is known of them. */
import { inflateRawSync } from 'node:zlib';
import { isoOfInstant, type Instant } from '../../../shared/kernel/instant.ts';
import { cellOf, headerOf } from '../exports/index.ts';
import type { SqlValue } from '../store/handles.ts';
import type { ReadDb } from '../store/index.ts';
import { keptRecordsOf, quarantinedTexts, type SyncDeps } from '../sync/index.ts';
import { idsHeld, PERSON, fileRowsHeld } from './person-graph.ts';
import { PERSON_TABLES } from './person-tables.ts';
import { LOOSE, namesPerson, nameOf, personTexts } from './person-texts.ts';

type Row = Readonly<Record<string, SqlValue>>;

interface Section {
  readonly title: string;
  readonly table: string;
  readonly rows: readonly unknown[];
}

interface SourcePart {
  readonly source: string;
  readonly vendor: string;
  readonly account: string | null;
  readonly connectedAt: string;
  readonly lastReadAt: string | null;
  readonly tables: Section[];
  /** As the vendor sent them, in the fields that are kept. */
  readonly records: readonly unknown[];
}

interface PersonExport {
  readonly customerId: number;
  readonly name: string;
  /** JSON, indented. */
  readonly text: string;
  readonly rows: number;
  readonly sources: number;
}

/**
 * One document: the customer, then source by source every row and every kept record, with times in ISO 8601 (UTC) and
 * amounts in major units of the currency beside them. Reads only. @throws AppError `not_found`.
 */
export function exportPerson(deps: SyncDeps, customerId: number): PersonExport {
  const { db, clock } = deps;
  const name = nameOf(db, customerId);
  const sources = sourcesOf(db);
  const own: Section[] = [];
  let rows = 0;
  for (const { table, title, rows: where } of PERSON_TABLES) {
    const found = db.prepare<[number], Row>(`${PERSON} SELECT t.* FROM ${table} t WHERE ${where}`).all(customerId);
    rows += found.length;
    for (const [sourceId, part] of bySource(found)) {
      const section = { title, table, rows: part.map(readable) };
      const source = sourceId === null ? undefined : sources.get(sourceId);
      (source?.tables ?? own).push(section);
    }
  }
  for (const [sourceId, ids] of groupedIds(idsHeld(db, customerId, 'held'))) {
    const source = sources.get(sourceId);
    if (!source) continue;
    const records = keptRecordsOf(deps, sourceId, ids).map(({ type, id, fetchedAt, record }) => ({
      type,
      id,
      readAt: isoOfInstant(fetchedAt),
      record: record ?? 'Its source is disconnected: the record is packed and shows when it is connected again',
    }));
    rows += records.length;
    sources.set(sourceId, { ...source, records });
  }
  for (const [sourceId, ids] of fileRowsHeld(db, customerId)) {
    const found = fileRows(db, ids);
    rows += found.length;
    sources.get(sourceId)?.tables.push({ title: 'Rows of files', table: 'file_record', rows: found });
  }
  const spoken = [...sources.values()].filter(({ tables, records }) => tables.length + records.length > 0);
  const loose = looseTexts(db, personTexts(db, customerId));
  const document = {
    about: `Everything that Vario holds about ${name}`,
    customerId,
    exportedAt: isoOfInstant(clock.now()),
    sources: spoken,
    workedOutHere: own,
    namedElsewhere: loose,
    notHeld:
      'Texts of requests, card numbers and bank accounts were never read. What the vendors hold themselves is theirs to tell.',
  };
  return { customerId, name, text: `${JSON.stringify(document, null, 2)}\n`, rows, sources: spoken.length };
}

function sourcesOf(db: ReadDb): Map<number, SourcePart> {
  const rows = db
    .prepare<
      [],
      {
        id: number;
        name: string;
        vendor: string;
        account: string | null;
        connected: Instant;
        read: Instant | null;
      }
    >(
      `SELECT source_id AS id, name, vendor, account_name AS account, connected_at AS connected,
              (SELECT max(synced_at) FROM stream_state s WHERE s.source_id = source.source_id) AS read
       FROM source ORDER BY source_id`,
    )
    .all();
  return new Map(
    rows.map(({ id, name, vendor, account, connected, read }) => [
      id,
      {
        source: name,
        vendor,
        account,
        connectedAt: isoOfInstant(connected),
        lastReadAt: read === null ? null : isoOfInstant(read),
        tables: [],
        records: [],
      },
    ]),
  );
}

function bySource(rows: readonly Row[]): Map<number | null, Row[]> {
  const parts = new Map<number | null, Row[]>();
  for (const row of rows) {
    const source = row['source_id'];
    const key = typeof source === 'number' ? source : null;
    const part = parts.get(key);
    if (part) part.push(row);
    else parts.set(key, [row]);
  }
  return parts;
}

function groupedIds(ids: readonly { readonly sourceId: number; readonly id: string }[]): Map<number, string[]> {
  const grouped = new Map<number, string[]>();
  for (const { sourceId, id } of ids) {
    const of = grouped.get(sourceId);
    if (of) of.push(id);
    else grouped.set(sourceId, [id]);
  }
  return grouped;
}

/** Columns by their names, JSON opened, without Vario's number of the source and without what is empty. */
function readable(row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(row)
      .filter((column) => column !== 'source_id' && row[column] !== null)
      .map((column) => [headerOf(column), opened(cellOf(row, column))]),
  );
}

function opened(cell: string | number | null): unknown {
  if (typeof cell !== 'string' || !/^[[{]/.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch (error) {
    // A text that begins like one: it is shown as it stands.
    if (error instanceof SyntaxError) return cell;
    throw error;
  }
}

function fileRows(db: ReadDb, ids: readonly number[]): unknown[] {
  const find = db.prepare<[number], { kind: string; file: string; line: number; at: Instant; body: string }>(
    `SELECT i.kind, i.file, r.line, i.started_at AS at, r.body FROM file_record r JOIN file_import i USING (file_import_id)
     WHERE r.file_record_id = ?`,
  );
  return ids.flatMap((id) => {
    const row = find.first(id);
    if (!row) return [];
    return [
      { kind: row.kind, file: row.file, line: row.line, importedAt: isoOfInstant(row.at), row: opened(row.body) },
    ];
  });
}

/** Texts of which only their words say whom they are about. */
function looseTexts(db: ReadDb, texts: readonly string[]): unknown[] {
  const found = LOOSE.flatMap(({ title, sql }) =>
    db
      .prepare<[], { text: string; at: number | null }>(sql)
      .all()
      .filter(({ text }) => namesPerson(text, texts))
      .map(({ text, at }) => ({ title, at: at === null ? null : isoOfInstant(at as Instant), text: opened(text) })),
  );
  const held = quarantinedTexts(db)
    .filter(({ text }) => namesPerson(text, texts))
    .map(({ text }) => ({ title: 'Records that did not fit', at: null, text: opened(text) }));
  const digests = db
    .prepare<[], { at: Instant; headline: string; body: Uint8Array }>(
      'SELECT made_at AS at, headline, body FROM digest',
    )
    .all()
    .map(({ at, headline, body }) => ({ at, headline, text: inflateRawSync(body).toString() }))
    .filter(({ headline, text }) => namesPerson(`${headline} ${text}`, texts))
    .map(({ at, headline, text }) => ({ title: 'Digests', at: isoOfInstant(at), headline, text: opened(text) }));
  return [...found, ...held, ...digests];
}
