/** The data as files: where they lie, how large they are, and all of it as plain tables. */
import { z } from 'zod';
import { command, query } from './procedure.ts';

export const DataPlaceSchema = z.object({
  what: z.enum(['database', 'keyring', 'backups', 'documents', 'logs', 'uploads']),
  /** A file or a folder on this computer. */
  path: z.string(),
  bytes: z.number().int(),
  files: z.number().int(),
});
export type DataPlace = z.infer<typeof DataPlaceSchema>;

/** `machine`: ISO days and moments, a dot, commas. `locale`: as the founder writes, for a spreadsheet on this desk. */
export const ExportStyleSchema = z.enum(['machine', 'locale']);
export type ExportStyle = z.infer<typeof ExportStyleSchema>;

/** The result of the job `export_everything`. */
export const ExportedSchema = z.object({
  file: z.string(),
  bytes: z.number().int(),
  tables: z.number().int(),
  rows: z.number().int(),
});

export const data = {
  places: query.output(z.array(DataPlaceSchema)),
  /** Fills the database's pages anew as a job (`compact`), whether it is due or not. */
  compact: command.output(z.object({ jobId: z.number() })),
  /**
   * Writes every table, without keys and secrets, as a job (`export_everything`): CSV files in one zip, or sheets of one
   * workbook. `style` is for CSV; null: as the settings say.
   */
  exportAll: command
    .input(
      z.object({ format: z.enum(['csv', 'xlsx']).default('csv'), style: ExportStyleSchema.nullable().default(null) }),
    )
    .output(z.object({ jobId: z.number() })),
};
