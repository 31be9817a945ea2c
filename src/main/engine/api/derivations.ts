/** Work that threads prepare for the writer. */
import type { TimeZone } from '../../../shared/kernel/day.ts';
import { localeStyle, MACHINE_STYLE } from '../../../shared/kernel/table-text.ts';
import { exportTables, writeCsvZip, writeWorkbook } from '../exports/index.ts';
import { fileReading } from '../files/index.ts';
import { deriveRange } from '../metrics/index.ts';
import type { DerivingContext, ReadDb } from '../store/index.ts';
import { closingFigures } from './closing-figures.ts';

interface ExportOrder {
  readonly file: string;
  readonly format: 'csv' | 'xlsx';
  /** Null: for machines. */
  readonly locale: string | null;
  readonly zone: TimeZone;
}

export const derivations = {
  ...fileReading,
  'ledger.derive': deriveRange,
  'closing.figures': closingFigures,
  'store.compact': (_db: ReadDb, _input: null, { copyCompacted }: DerivingContext): void => copyCompacted(),
  'data.export': async (db: ReadDb, { file, format, locale, zone }: ExportOrder) => {
    const tables = exportTables(db);
    if (format === 'xlsx') return await writeWorkbook(file, tables);
    return writeCsvZip(file, tables, locale === null ? MACHINE_STYLE : localeStyle(locale, zone));
  },
} as const;

export type Derivations = typeof derivations;
