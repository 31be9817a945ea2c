/** A file that a thread reads: detected, and cut into rows batch by batch. */
import type { FileDetection, ReadSettings } from '../../../../shared/contract/files.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { isKnownName } from '../mapping/suggest.ts';
import { RowSplitter, type FileRow } from '../reading/delimited.ts';
import { encodingOf, textOf } from '../reading/encoding.ts';
import { headerLineOf, layoutOf } from '../reading/layout.ts';
import { isWorkbook, openBytes, type FileBytes, type FilePlace } from '../reading/place.ts';

export interface RowBatch {
  readonly rows: readonly FileRow[];
  /** Bytes read so far. */
  readonly read: number;
}

export interface OpenFile {
  readonly detection: FileDetection;
  readonly header: readonly string[];
  readonly size: number;
  /** Rows below the header. */
  readonly batches: Iterator<RowBatch>;
  close(): void;
}

const SAMPLE_CHARS = 262_144;
const BATCH_ROWS = 4_096;

/** @throws AppError `not_found` without a file, `invalid_input` where it is empty or no table. */
export async function openFile(place: FilePlace, settings: ReadSettings): Promise<OpenFile> {
  const bytes = openBytes(place);
  try {
    if (bytes.size === 0) throw new AppError('invalid_input', 'The file is empty');
    return isWorkbook(bytes) ? await openWorkbook(bytes, settings) : openText(bytes, settings);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

function openText(bytes: FileBytes, settings: ReadSettings): OpenFile {
  const encoding = encodingOf(bytes, settings.encoding);
  let sample = '';
  let isWhole = true;
  for (const { text, read } of textOf(bytes, encoding.label)) {
    sample += text;
    isWhole = read >= bytes.size;
    if (sample.length >= SAMPLE_CHARS) break;
  }
  if (sample.slice(0, 4_096).includes('\0'))
    throw new AppError('invalid_input', 'The file is neither a table in text nor a workbook');
  const layout = layoutOf(
    sample.slice(0, SAMPLE_CHARS),
    isWhole && sample.length <= SAMPLE_CHARS,
    isKnownName,
    settings.delimiter,
  );
  const headerLine = settings.headerLine ?? layout.headerLine;
  const head = firstRows(bytes, encoding.label, layout.delimiter, headerLine);
  return {
    detection: {
      format: layout.delimiter === '\t' ? 'tsv' : 'csv',
      encoding: encoding.label,
      encodingBy: encoding.by,
      encodingGuessed: encoding.guessed,
      delimiter: layout.delimiter,
      headerLine,
      sheets: [],
      sheet: null,
    },
    header: headerOf(head, headerLine),
    size: bytes.size,
    batches: textBatches(bytes, encoding.label, layout.delimiter, headerLine),
    close: () => bytes.close(),
  };
}

function* textBatches(bytes: FileBytes, label: string, delimiter: string, headerLine: number): Generator<RowBatch> {
  const splitter = new RowSplitter(delimiter);
  const below = ({ line }: FileRow): boolean => line > headerLine && !(line === 1 && isHint);
  let isHint = false;
  let isFirst = true;
  for (const { text, read } of textOf(bytes, label)) {
    if (isFirst) isHint = /^sep=.\r?\n/.test(text);
    isFirst = false;
    yield { rows: splitter.push(text).filter(below), read };
  }
  yield { rows: splitter.end().filter(below), read: bytes.size };
}

/** The rows up to and including the one with the names; without names the first row, which says how many columns there are. */
function firstRows(bytes: FileBytes, label: string, delimiter: string, headerLine: number): FileRow[] {
  const splitter = new RowSplitter(delimiter);
  const rows: FileRow[] = [];
  for (const { text } of textOf(bytes, label)) {
    rows.push(...splitter.push(text));
    if ((rows.at(-1)?.line ?? 0) > headerLine) return rows;
  }
  return [...rows, ...splitter.end()];
}

async function openWorkbook(bytes: FileBytes, settings: ReadSettings): Promise<OpenFile> {
  const { readSheetRows } = await import('../reading/workbook.ts');
  const { sheets, sheet, rows } = await readSheetRows(bytes, settings.sheet);
  const headerLine = settings.headerLine ?? headerLineOf(rows.slice(0, 200), isKnownName);
  return {
    detection: {
      format: 'xlsx',
      encoding: 'utf-8',
      encodingBy: 'Workbooks are written in it',
      encodingGuessed: false,
      delimiter: '',
      headerLine,
      sheets: [...sheets],
      sheet,
    },
    header: headerOf(rows, headerLine),
    size: bytes.size,
    batches: sheetBatches(
      rows.filter(({ line }) => line > headerLine),
      bytes.size,
    ),
    close: () => bytes.close(),
  };
}

function* sheetBatches(rows: readonly FileRow[], size: number): Generator<RowBatch> {
  for (let at = 0; at < rows.length || at === 0; at += BATCH_ROWS) {
    const share = Math.min(1, (at + BATCH_ROWS) / Math.max(1, rows.length));
    yield { rows: rows.slice(at, at + BATCH_ROWS), read: Math.round(size * share) };
  }
}

/** Names of the columns: as they stand, without spaces around; `Column 3` where there is none. */
function headerOf(rows: readonly FileRow[], headerLine: number): string[] {
  const row = headerLine === 0 ? rows[0] : rows.find(({ line }) => line === headerLine);
  if (!row)
    throw new AppError(
      'invalid_input',
      headerLine === 0 ? 'The file holds no row' : `The file has nothing on line ${headerLine}`,
    );
  // A column without a name may hold something all the same.
  return row.cells.map((cell, index) => {
    const name = headerLine === 0 ? '' : cell.trim().replaceAll(/\s+/g, ' ').slice(0, 200);
    return name === '' ? `Column ${index + 1}` : name;
  });
}
