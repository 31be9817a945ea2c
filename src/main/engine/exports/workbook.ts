/** All tables as sheets of one workbook, for looking through them in a spreadsheet. */
import { statSync } from 'node:fs';
import writeXlsxFile from 'write-excel-file/node';
import type { ExportCell } from '../../../shared/kernel/table-text.ts';
import type { Written } from './csv-zip.ts';
import type { ExportTable } from './tables.ts';

/** A workbook is held in memory while it is made; the CSV files have every row. */
const MOST_ROWS = 50_000;
/** What Excel takes as a sheet's name. */
const MOST_LETTERS = 31;

type Cell = string | number | null;

/**
 * Writes `file`. The first sheet lists the tables with their rows, and says where a sheet holds only the first 50,000.
 * Empty tables are left out.
 */
export async function writeWorkbook(file: string, tables: readonly ExportTable[]): Promise<Written> {
  const filled = tables.filter(({ count }) => count > 0);
  const contents: Cell[][] = [
    ['Table', 'Rows', 'Rows in this workbook'],
    ...filled.map(({ name, count }): Cell[] => [name, count, Math.min(count, MOST_ROWS)]),
  ];
  const sheets = filled.map((table) => ({
    sheet: table.name.slice(0, MOST_LETTERS),
    stickyRowsCount: 1,
    data: [[...table.header], ...firstRows(table)],
  }));
  await writeXlsxFile([{ sheet: 'Contents', stickyRowsCount: 1, data: contents }, ...sheets]).toFile(file);
  const rows = filled.reduce((sum, { count }) => sum + Math.min(count, MOST_ROWS), 0);
  return { bytes: statSync(file).size, tables: filled.length, rows };
}

function firstRows(table: ExportTable): Cell[][] {
  const rows: Cell[][] = [];
  for (const row of table.rows()) {
    rows.push(row.map(sheetCell));
    if (rows.length === MOST_ROWS) break;
  }
  return rows;
}

/** Decimal text becomes a number, which a sheet can add up; identifiers with leading zeros stay text. */
function sheetCell(cell: ExportCell): Cell {
  if (typeof cell !== 'string') return cell;
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell;
}
