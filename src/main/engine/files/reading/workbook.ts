/** Workbooks: the rows of one sheet. They are held in memory as a whole, so their size has a limit. */
import { Unzip, UnzipInflate } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { FileRow } from './delimited.ts';
import type { FileBytes } from './place.ts';

/** Bytes of all tables of a workbook once they are unpacked; about 400,000 rows of four columns, read in a gigabyte of memory. */
export const MOST_UNPACKED_BYTES = 100_000_000;
/** Bytes of a packed workbook. */
const MOST_PACKED_BYTES = 100_000_000;

const TOO_LARGE =
  'The workbook is too large to be read as one: save the sheet as CSV, which may be of any size up to 2 GB';

export interface Workbook {
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly rows: readonly FileRow[];
}

/**
 * The rows of a sheet, by default the first that holds anything. Numbers keep
 * their digits; days are written as ISO text.
 * @throws AppError `invalid_input` for what is no workbook, too large, or lacks the sheet.
 */
export async function readSheetRows(bytes: FileBytes, wanted: string | undefined): Promise<Workbook> {
  if (bytes.size > MOST_PACKED_BYTES) throw new AppError('invalid_input', TOO_LARGE);
  const packed = bytes.read(0, bytes.size);
  assertSize(packed);
  let book: Awaited<ReturnType<typeof readWorkbook<string>>>;
  try {
    book = await readWorkbook<string>(new Blob([Uint8Array.from(packed)]), {
      trim: false,
      parseNumber: (text) => text,
    });
  } catch (cause) {
    throw new AppError('invalid_input', 'The file is no workbook that can be read; save the sheet as CSV', { cause });
  }
  const chosen =
    wanted === undefined
      ? (book.find(({ data }) => data.length > 0) ?? book[0])
      : book.find(({ sheet }) => sheet === wanted);
  if (!chosen)
    throw new AppError(
      'invalid_input',
      wanted === undefined ? 'The workbook has no sheet' : `The workbook has no sheet “${wanted}”`,
    );
  const rows = chosen.data.map((cells, index): FileRow => ({
    line: index + 1,
    cells: cells.map((cell) => cellText(cell)),
    broken: null,
  }));
  return {
    sheets: book.map(({ sheet }) => sheet),
    sheet: chosen.sheet,
    rows: rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
  };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object' && 'toISOString' in cell && typeof cell.toISOString === 'function') {
    const text = String(cell.toISOString());
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('T', ' ').replace('.000Z', '');
  }
  return typeof cell === 'boolean' ? (cell ? 'true' : 'false') : `${cell as string}`;
}

/** Adds up what the archive says its parts unpack to, before any of them is. */
function assertSize(packed: Uint8Array): void {
  let unpacked = 0;
  const archive = new Unzip((file) => {
    unpacked += file.originalSize ?? 0;
  });
  archive.register(UnzipInflate);
  archive.push(packed, true);
  if (unpacked > MOST_UNPACKED_BYTES) throw new AppError('invalid_input', TOO_LARGE);
}
