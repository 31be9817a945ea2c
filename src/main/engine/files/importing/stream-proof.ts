/** What the Sources screen and the figures' footnotes say of a table from files: how many rows stand, and since when. */
import type { Instant } from '../../../../shared/kernel/instant.ts';
import type { WriteDb } from '../../store/handles.ts';
import type { KindSpec } from '../kinds/kind.ts';
import type { FileStream } from './file-source.ts';

/** Called inside a transaction. A table is whole by itself, from the first day on: nobody else knows how long it should be. */
export function noteStream(db: WriteDb, { sourceId, streamId }: FileStream, { kind }: KindSpec, now: Instant): void {
  const row = db
    .prepare<[number, number, number], { rows: number; files: number; rejected: number }>(
      `SELECT (SELECT count(*) FROM file_record WHERE file_stream_id = ?) AS rows,
              (SELECT count(*) FROM file_import WHERE file_stream_id = ? AND state <> 'undone') AS files,
              (SELECT coalesce(sum(rejected), 0) FROM file_import WHERE file_stream_id = ? AND state <> 'undone') AS rejected`,
    )
    .first(streamId, streamId, streamId);
  const { rows = 0, files = 0, rejected = 0 } = row ?? {};
  const sentence = `${rows} rows of ${files} ${files === 1 ? 'file' : 'files'} are stored${rejected === 0 ? '' : `, ${rejected} did not fit`}.`;
  const proof = {
    sentence,
    tally: { listed: rows, quarantined: 0, sums: {} },
    listing: null,
    provider: [],
    gap: null,
  };
  db.prepareWrite<[number, string, number, number, string]>(
    `INSERT INTO stream_state (source_id, stream, synced_at, fetched, changed, quarantined, complete, proof, whole_from)
     VALUES (?, ?, ?, ?, 0, 0, 1, ?, 0)
     ON CONFLICT (source_id, stream) DO UPDATE SET synced_at = excluded.synced_at, fetched = excluded.fetched, proof = excluded.proof`,
  ).run(sourceId, kind, now, rows, JSON.stringify(proof));
}
