/** Digests as they were told, saved or printed: what was said stays what was said. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DigestReportSchema, type ArchivedDigest, type DigestReport } from '../../../shared/contract/digest.ts';
import { plainDay } from '../../../shared/kernel/day.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { instant, type Instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

/** So many of the newest are listed. */
const LISTED = 500;

type File = Pick<ArchivedDigest, 'file' | 'format' | 'bytes' | 'pages'>;
const NO_FILE: File = { file: null, format: null, bytes: null, pages: null };

/** Keeps a digest as it stands, with the file it was printed to. */
export function keepDigest(
  db: WriteDb,
  report: DigestReport,
  madeAs: ArchivedDigest['madeAs'],
  madeAt: Instant,
  file: File = NO_FILE,
): ArchivedDigest {
  const headline = report.summary[0] ?? '';
  const { lastId } = db.run(
    db.build.insertInto('digest').values({
      kind: report.kind,
      from_on: report.from,
      to_on: report.to,
      made_at: madeAt,
      made_as: madeAs,
      headline,
      body: deflateRawSync(JSON.stringify(report)),
      ...file,
    }),
  );
  const { kind, from, to } = report;
  return { digestId: lastId, kind, from, to, madeAt, madeAs, headline, ...file };
}

/** Newest first. */
export function listDigests(db: ReadDb): ArchivedDigest[] {
  return db
    .prepare<
      [number],
      Omit<ArchivedDigest, 'from' | 'to' | 'madeAt'> & { from_on: string; to_on: string; made_at: number }
    >(
      `SELECT digest_id AS digestId, kind, from_on, to_on, made_at, made_as AS madeAs, headline, file, format, bytes, pages
       FROM digest ORDER BY made_at DESC, digest_id DESC LIMIT ?`,
    )
    .all(LISTED)
    .map(({ from_on, to_on, made_at, ...row }) => ({
      ...row,
      from: plainDay(from_on),
      to: plainDay(to_on),
      madeAt: instant(made_at),
    }));
}

/**
 * A digest of the archive, as it was then.
 * @throws AppError `not_found`; `storage_failed` for one that an earlier version of the program wrote otherwise.
 */
export function archivedDigest(db: ReadDb, digestId: number): DigestReport {
  const row = db.first(db.build.selectFrom('digest').select('body').where('digest_id', '=', digestId));
  if (!row) throw new AppError('not_found', `There is no digest with the number ${digestId}`);
  const parsed = DigestReportSchema.safeParse(JSON.parse(inflateRawSync(row.body).toString('utf8')));
  if (!parsed.success)
    throw new AppError(
      'storage_failed',
      `The digest with the number ${digestId} was written by another version of Vario and cannot be shown`,
      { cause: parsed.error },
    );
  return parsed.data;
}
