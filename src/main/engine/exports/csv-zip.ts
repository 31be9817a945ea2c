/** All tables as CSV files in one zip, written piece by piece: memory stays flat whatever the size of the database. */
import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { csvLine, type TableStyle } from '../../../shared/kernel/table-text.ts';
import type { ExportTable } from './tables.ts';

/** Characters gathered before they are packed. */
const PIECE = 256 * 1_024;

export interface Written {
  readonly bytes: number;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Writes `file`, readable by its owner only. Empty tables are left out.
 * @throws the system's error where the disk is full or the folder is not there.
 */
export function writeCsvZip(file: string, tables: readonly ExportTable[], style: TableStyle): Written {
  const descriptor = openSync(file, 'w', 0o600);
  try {
    const written = { tables: 0, rows: 0 };
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      writeSync(descriptor, chunk);
    });
    for (const table of tables) {
      if (table.count === 0) continue;
      written.tables += 1;
      written.rows += addTable(zip, table, style);
    }
    zip.end();
    return { ...written, bytes: fstatSync(descriptor).size };
  } finally {
    closeSync(descriptor);
  }
}

function addTable(zip: Zip, table: ExportTable, style: TableStyle): number {
  const entry = new ZipDeflate(`${table.name}.csv`, { level: 6 });
  zip.add(entry);
  let text = `\uFEFF${csvLine(table.header, style)}`;
  let rows = 0;
  for (const row of table.rows()) {
    text += csvLine(row, style);
    rows += 1;
    if (text.length < PIECE) continue;
    entry.push(strToU8(text));
    text = '';
  }
  entry.push(strToU8(text), true);
  return rows;
}
