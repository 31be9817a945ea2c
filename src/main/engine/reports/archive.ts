/** The archive of printed reports: which file was made when, and of which month. */
import type { z } from 'zod';
import type { ReportFileSchema } from '../../../shared/contract/reports.ts';
import { plainMonth } from '../../../shared/kernel/day.ts';
import { instant } from '../../../shared/kernel/instant.ts';
import type { ReadDb, WriteDb } from '../store/index.ts';

export type ReportFile = z.infer<typeof ReportFileSchema>;

/** Notes a file that was printed. The archive names it; the file itself stays where the founder put it. */
export function recordReportFile(db: WriteDb, file: Omit<ReportFile, 'reportId'>): ReportFile {
  const { lastId } = db.run(
    db.build.insertInto('report_file').values({
      kind: file.kind,
      month: file.month,
      format: file.format,
      file: file.file,
      bytes: file.bytes,
      pages: file.pages,
      created_at: file.createdAt,
    }),
  );
  return { ...file, reportId: lastId };
}

/** All printed reports, newest first. */
export function listReportFiles(db: ReadDb): ReportFile[] {
  return db
    .all(db.build.selectFrom('report_file').selectAll().orderBy('created_at', 'desc').orderBy('report_id', 'desc'))
    .map((row) => ({
      reportId: row.report_id,
      kind: 'board',
      month: plainMonth(row.month),
      format: row.format === 'Letter' ? 'Letter' : 'A4',
      file: row.file,
      bytes: row.bytes,
      pages: row.pages,
      createdAt: instant(row.created_at),
    }));
}
