/** All tables as sheets of one workbook, for looking through them in a spreadsheet. */
import { statSync } from 'node:fs';
import writeXlsxFile from 'write-excel-file/node';
import type { ExportCell } from '../../../shared/kernel/table-text.ts';
import type { Written } from './csv-zip.ts';
import type { ExportTable } from './tables.ts';

export interface WorkbookLimits {
  /** A longer table goes on in further sheets. */
  readonly rowsOfSheet: number;
  /** A workbook is held in memory while it is made; the CSV files have every row. */
  readonly rowsOfWorkbook: number;
}

/** What spreadsheets scroll through without pauses, and what a laptop holds beside the rest. */
const LIMITS: WorkbookLimits = { rowsOfSheet: 50_000, rowsOfWorkbook: 200_000 };
/** What Excel takes as a sheet's name. */
const MOST_LETTERS = 31;

type Cell = string | number | null;

/**
 * Writes `file`. The first sheet lists the tables with their rows, how many of them the workbook holds, and in how many
 * sheets: `invoice_line`, `invoice_line (2)` and so on. Where not all rows have room, small tables are whole, and the
 * large ones share what is left. Empty tables are left out.
 */
export async function writeWorkbook(
  file: string,
  tables: readonly ExportTable[],
  limits: WorkbookLimits = LIMITS,
): Promise<Written> {
  const filled = tables.filter(({ count }) => count > 0);
  const room = roomOf(filled, limits.rowsOfWorkbook);
  const held = (table: ExportTable): number => room.get(table) ?? 0;
  const contents: Cell[][] = [
    ['Table', 'Rows', 'Rows in this workbook', 'Sheets'],
    ...filled.map((table): Cell[] => [
      table.name,
      table.count,
      held(table),
      Math.ceil(held(table) / limits.rowsOfSheet),
    ]),
  ];
  const sheets = filled.flatMap((table) => sheetsOf(table, held(table), limits.rowsOfSheet));
  await writeXlsxFile([{ sheet: 'Contents', stickyRowsCount: 1, data: contents }, ...sheets]).toFile(file);
  const rows = filled.reduce((sum, table) => sum + held(table), 0);
  return { bytes: statSync(file).size, tables: filled.length, rows };
}

/** How many rows of each table there is room for: the smallest first, each with an equal share of what is left. */
function roomOf(tables: readonly ExportTable[], rows: number): Map<ExportTable, number> {
  const room = new Map<ExportTable, number>();
  let left = rows;
  for (const [index, table] of tables.toSorted((a, b) => a.count - b.count).entries()) {
    const given = Math.min(table.count, Math.max(1, Math.floor(left / (tables.length - index))));
    room.set(table, given);
    left -= given;
  }
  return room;
}

interface Sheet {
  readonly sheet: string;
  readonly stickyRowsCount: number;
  readonly data: Cell[][];
}

/** The first rows of a table, each sheet under the table's header. */
function sheetsOf(table: ExportTable, rows: number, rowsOfSheet: number): Sheet[] {
  const sheets: Sheet[] = [];
  let data: Cell[][] = [];
  let taken = 0;
  for (const row of table.rows()) {
    if (taken % rowsOfSheet === 0) {
      data = [[...table.header]];
      sheets.push({ sheet: sheetName(table.name, sheets.length + 1), stickyRowsCount: 1, data });
    }
    data.push(row.map(sheetCell));
    taken += 1;
    if (taken === rows) break;
  }
  return sheets;
}

function sheetName(table: string, number: number): string {
  const end = number === 1 ? '' : ` (${number})`;
  return `${table.slice(0, MOST_LETTERS - end.length)}${end}`;
}

/** Decimal text becomes a number, which a sheet can add up; identifiers with leading zeros stay text. */
function sheetCell(cell: ExportCell): Cell {
  if (typeof cell !== 'string') return cell;
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(cell) ? Number(cell) : cell;
}
