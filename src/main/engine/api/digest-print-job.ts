/** The job that prints a digest and puts it, as it was printed, into the archive. */
import { join } from 'node:path';
import { z } from 'zod';
import { DigestChoiceSchema, type ArchivedDigest } from '../../../shared/contract/digest.ts';
import { AppError } from '../../../shared/kernel/errors.ts';
import { keepDigest } from '../digest/index.ts';
import { defineJob } from '../jobs/index.ts';
import type { EnginePorts } from '../runtime/index.ts';
import type { WriteDb } from '../store/index.ts';
import type { ChangeHub } from './change-hub.ts';
import { chosenReport, digestName } from './digest-reports.ts';
import { measurePdf } from './print-job.ts';

const PayloadSchema = DigestChoiceSchema.extend({ format: z.enum(['A4', 'Letter']), file: z.string().nullable() });

export interface DigestPrintDeps {
  readonly db: WriteDb;
  readonly ports: Pick<EnginePorts, 'printPdf' | 'documentsDir' | 'clock'>;
  readonly changes: ChangeHub;
}

/** `print_digest`: its result is the archive's entry. One print at a time, whatever is printed. */
export function defineDigestPrintJob({ db, ports, changes }: DigestPrintDeps) {
  return defineJob<z.output<typeof PayloadSchema>, ArchivedDigest>({
    kind: 'print_digest',
    payload: PayloadSchema,
    title: ({ kind }) => `Print the ${kind} digest`,
    exclusive: () => 'print',
    resumable: false,
    async run({ payload: { format, file, ...choice }, signal, progress }) {
      if (!ports.printPdf) throw new AppError('unavailable', 'This host cannot print: it has no browser');
      const report = chosenReport(db, choice, ports.clock.now());
      const name = digestName(report);
      progress({ step: `Printing ${name}` });
      const target = file ?? join(ports.documentsDir, `${name} ${format}.pdf`);
      const days = report.kind === 'daily' ? `since=${report.from}&until=${report.to}` : `of=${report.from}`;
      const kept = choice.digestId === undefined ? '' : `&digest=${choice.digestId}`;
      const path = `/report/${report.kind}?${days}&format=${format}${kept}`;
      await ports.printPdf({ path, format, title: name, file: target }, signal);
      const printed = { file: target, format, ...measurePdf(target) };
      const entry = keepDigest(db, report, 'pdf', ports.clock.now(), printed);
      changes.publish('reports');
      return entry;
    },
  });
}
