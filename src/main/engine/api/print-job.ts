/** The job that prints a board pack and notes it in the archive. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PackBasisSchema } from '../../../shared/contract/reports.ts';
import { MonthSchema } from '../../../shared/contract/scalars.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { defineJob } from '../jobs/index.ts';
import { recordReportFile, type ReportFile } from '../reports/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { ChangeHub } from './change-hub.ts';
import { readWorkspace } from './workspace-settings.ts';

const PayloadSchema = z.object({
  month: MonthSchema,
  format: z.enum(['A4', 'Letter']),
  file: z.string().nullable(),
  shows: PackBasisSchema.default('known'),
  notes: z.boolean().default(false),
});

export interface PrintDeps {
  readonly db: WriteDb;
  readonly ports: Pick<EnginePorts, 'printPdf' | 'documentsDir' | 'clock'>;
  readonly changes: ChangeHub;
}

/** `print_board`: its result is the archive's entry. One at a time: a browser takes some hundred megabytes. */
export function definePrintJob({ db, ports, changes }: PrintDeps) {
  return defineJob<z.output<typeof PayloadSchema>, ReportFile>({
    kind: 'print_board',
    payload: PayloadSchema,
    title: ({ month }) => `Print the board pack of ${month}`,
    exclusive: () => 'print',
    resumable: false,
    async run({ payload: { month, format, file, shows, notes }, signal, progress }) {
      if (!ports.printPdf) throw new AppError('unavailable', 'This host cannot print: it has no browser');
      progress({ step: `Printing ${month}` });
      const { companyName } = readWorkspace(db);
      const target =
        file ??
        join(
          ports.documentsDir,
          `${fileNameOf(companyName)} board pack ${month}${shows === 'reported' ? ' as reported' : ''} ${format}.pdf`,
        );
      const title = `${companyName} · board pack ${month}`;
      const path = `/report/board?month=${month}&format=${format}&shows=${shows}${notes ? '&noted=yes' : ''}`;
      await ports.printPdf({ path, format, title, file: target }, signal);
      const { bytes, pages } = measurePdf(target);
      const entry = { kind: 'board' as const, month, format, file: target, bytes, pages, createdAt: ports.clock.now() };
      const report = recordReportFile(db, entry);
      changes.publish('reports');
      return report;
    },
  });
}

/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  return (
    name
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .slice(0, 80) || 'Company'
  );
}

/** Size and pages of a PDF. Chromium writes page objects uncompressed, one `/Type /Page` each; none found: unknown. */
export function measurePdf(file: string): { bytes: number; pages: number | null } {
  const pdf = readFileSync(file);
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;
  return { bytes: pdf.length, pages: pages === 0 ? null : pages };
}
