/** Long work on the database as a file: taking everything along, and filling its pages anew. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ExportedSchema } from '../../../shared/contract/data.ts';
import { dayAt } from '../../../shared/kernel/day.ts';
import { timeAt } from '../../../shared/kernel/time-of-day.ts';
import { defineJob } from '../jobs/index.ts';
import type { Clock } from '../runtime/index.ts';
import type { ReaderPool, ReadDb } from '../store/index.ts';
import type { Derivations } from './derivations.ts';
import { readWorkspace } from './workspace-settings.ts';

const ExportPayloadSchema = z.object({
  format: z.enum(['csv', 'xlsx']),
  style: z.enum(['machine', 'locale']).nullable(),
});

export type Exported = z.input<typeof ExportedSchema>;

export interface UpkeepJobDeps {
  readonly db: ReadDb;
  readonly clock: Clock;
  readonly documentsDir: string;
  /** The operating system's locale, for a company that names none. */
  readonly systemLocale: string;
  readonly openThread: () => Promise<Pick<ReaderPool<Derivations>, 'run' | 'close'>>;
  /** Fills the pages anew, due or not. @returns whether the database was replaced. */
  readonly compactNow: () => Promise<boolean>;
}

/** `export_everything` and `compact`. */
export function defineUpkeepJobs(deps: UpkeepJobDeps) {
  return {
    exportAll: defineExportJob(deps),
    compact: defineCompactJob(deps),
  };
}

/** Reads on a thread of its own, so that no screen waits; a file that was not finished is removed. */
function defineExportJob({ db, clock, documentsDir, systemLocale, openThread }: UpkeepJobDeps) {
  return defineJob<z.output<typeof ExportPayloadSchema>, Exported>({
    kind: 'export_everything',
    payload: ExportPayloadSchema,
    title: ({ format }) => (format === 'csv' ? 'Export everything as CSV' : 'Export everything as a workbook'),
    exclusive: () => 'export',
    resumable: false,
    async run({ payload: { format, style }, progress, signal }) {
      progress({ step: 'Writing the tables' });
      const { timeZone, exportFormat, locale } = readWorkspace(db);
      const now = clock.now();
      const stamp = `${dayAt(now, timeZone)} ${timeAt(now, timeZone).replace(':', '')}`;
      mkdirSync(documentsDir, { recursive: true });
      const file = join(documentsDir, `Vario export ${stamp}.${format === 'csv' ? 'zip' : 'xlsx'}`);
      const chosen = (style ?? exportFormat) === 'machine' ? null : (locale ?? systemLocale);
      const thread = await openThread();
      try {
        const written = await thread.run('data.export', { file, format, locale: chosen, zone: timeZone }, { signal });
        return { ...written, file };
      } catch (error) {
        rmSync(file, { force: true });
        throw error;
      } finally {
        await thread.close();
      }
    },
  });
}

function defineCompactJob({ compactNow }: UpkeepJobDeps) {
  return defineJob<Record<string, never>, { compacted: boolean }>({
    kind: 'compact',
    payload: z.object({}).strict(),
    title: () => 'Compact the database',
    // Whatever is written meanwhile makes the copy worthless.
    exclusive: () => 'sync',
    resumable: true,
    async run() {
      return { compacted: await compactNow() };
    },
  });
}
