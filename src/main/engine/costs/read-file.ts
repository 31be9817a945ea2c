/** Reads a file of costs: which delimiter, which columns, which rows fit, and why the others do not. */
import Papa from 'papaparse';
import type { z } from 'zod';
import {
  COST_COLUMNS,
  COST_KINDS,
  CostEntrySchema,
  MOST_COST_MINOR,
  type CostEntry,
  type RejectedRow,
} from '../../../shared/contract/costs.ts';
import { currencyCode } from '../../../shared/kernel/currency.ts';
import { minorFromDecimal } from '../../../shared/kernel/decimal-amount.ts';
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { minor } from '../../../shared/kernel/money.ts';
import { keyText, storedKey } from './stored-cost.ts';

export interface CostFile {
  /** One per month, kind, channel and currency: rows of one key add up. */
  readonly entries: readonly CostEntry[];
  readonly rows: number;
  readonly combined: number;
  readonly rejected: readonly RejectedRow[];
}

type Column = (typeof COST_COLUMNS)[number] | 'note';
type Cells = Partial<Record<Column, string>>;

const COLUMNS: readonly Column[] = [...COST_COLUMNS, 'note'];
const REQUIRED: readonly Column[] = ['month', 'kind', 'amount', 'currency'];
const LONGEST_TEXT = 200;

/**
 * The costs in a file of comma, semicolon, tab or bar separated values, with or
 * without a byte order mark. The first row names the columns, in any order and
 * case; without names, the columns are those of the template.
 * @throws AppError `invalid_input` where a column is missing: then it is no file of costs.
 */
export function readCostFile(file: string, text: string): CostFile {
  const rows = recordsOf(text);
  const first = rows[0];
  if (!first)
    throw new AppError('invalid_input', `“${file}” is empty. Its first line names ${COST_COLUMNS.join(', ')}`);
  const header = columnsOf(file, first.cells);
  const body = header.named ? rows.slice(1) : rows;
  const entries = new Map<string, CostEntry>();
  const rejected: RejectedRow[] = [];
  let combined = 0;
  for (const row of body) {
    const entry = entryOf(row, header.columns);
    if (typeof entry === 'string') {
      rejected.push({ line: row.line, reason: entry, text: row.cells.join(', ').slice(0, LONGEST_TEXT) });
      continue;
    }
    const key = keyText(storedKey(entry));
    const same = entries.get(key);
    const sum = (same?.amount ?? 0) + entry.amount;
    if (Math.abs(sum) > MOST_COST_MINOR) {
      const reason = 'together with the rows of the same month, kind, channel and currency it is beyond ±100 billion';
      rejected.push({ line: row.line, reason, text: row.cells.join(', ').slice(0, LONGEST_TEXT) });
      continue;
    }
    if (same) combined += 1;
    entries.set(key, same ? { ...same, amount: minor(sum), note: same.note ?? entry.note } : entry);
  }
  return { entries: [...entries.values()], rows: body.length, combined, rejected };
}

interface FileRecord {
  /** On which it begins; a quoted field may go on over further lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with its quotes. */
  readonly broken: string | null;
}

function recordsOf(text: string): FileRecord[] {
  const plain = text.startsWith(Papa.BYTE_ORDER_MARK) ? text.slice(1) : text;
  const records: FileRecord[] = [];
  const newlines = lineCounter(plain);
  let begins = 0;
  Papa.parse<string[]>(plain, {
    delimitersToGuess: [',', ';', '\t', '|'],
    step: ({ data, errors, meta }) => {
      const line = newlines(begins);
      begins = meta.cursor;
      const cells = data.map((cell) => cell.trim());
      // An unknown delimiter is none of the row's errors: a file of one column has none.
      const broken = errors.find(({ type }) => type === 'Quotes');
      if (cells.some((cell) => cell !== '')) records.push({ line, cells, broken: broken ? broken.message : null });
    },
  });
  return records;
}

/** Gives the line, from 1, of a position; positions are asked for in order. Ends are LF, CRLF or CR. */
function lineCounter(text: string): (position: number) => number {
  let line = 1;
  let at = 0;
  return (position) => {
    for (; at < position; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1;
    }
    return line;
  };
}

function columnsOf(file: string, cells: readonly string[]): { named: boolean; columns: (Column | null)[] } {
  const names = cells.map((cell) => cell.toLowerCase());
  const columns = names.map((name) => COLUMNS.find((column) => column === name) ?? null);
  const missing = REQUIRED.filter((column) => !columns.includes(column));
  if (missing.length === 0) {
    const twice = COLUMNS.find((column) => columns.filter((each) => each === column).length > 1);
    if (twice !== undefined)
      throw new AppError('invalid_input', `“${file}” has two columns ${twice}; nothing was imported`);
    return { named: true, columns };
  }
  // A file without names whose first row is a cost: a month, then a kind.
  if (monthText(names[0] ?? '') !== null && COST_KINDS.some((kind) => kind === names[1]))
    return { named: false, columns: [...COLUMNS] };
  throw new AppError(
    'invalid_input',
    `“${file}” has no column ${missing.join(', ')}: a file of costs has the columns ${COST_COLUMNS.join(', ')}`,
  );
}

/** The cost of a row, or why there is none. */
function entryOf({ cells, broken }: FileRecord, columns: readonly (Column | null)[]): CostEntry | string {
  if (broken !== null) return `its quotes are not in order: ${broken}`;
  if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== ''))
    return `it has ${cells.length} fields and the header has ${columns.length}`;
  const named: Cells = {};
  for (const [index, column] of columns.entries()) if (column !== null) named[column] = cells[index] ?? '';
  const empty = REQUIRED.find((column) => (named[column] ?? '') === '');
  if (empty !== undefined) return `${empty} is missing`;
  const { month = '', kind = '', channel = '', amount = '', currency = '', note = '' } = named;
  try {
    const code = currencyCode(currency);
    const parsed = CostEntrySchema.safeParse({
      month: monthText(month) ?? month,
      kind: kind.toLowerCase(),
      channel: channel === '' ? null : channel,
      amount: minorFromDecimal(amount, code),
      currency: code,
      note: note === '' ? null : note,
    });
    return parsed.success ? parsed.data : reasonOf(parsed.error, kind);
  } catch (error) {
    // The kernel's parsers say in their message what a cell lacks; that is the row's reason.
    if (isAppError(error, 'invalid_input')) return error.message;
    throw error;
  }
}

function reasonOf(error: z.ZodError, kind: string): string {
  const [issue] = error.issues;
  if (issue?.path[0] === 'kind') return `“${kind}” is no kind of cost; there are ${COST_KINDS.join(', ')}`;
  return issue?.message ?? 'it does not fit';
}

/** `2026-01`, also where a spreadsheet made `2026-01-01` of it. */
function monthText(text: string): string | null {
  return /^(\d{4}-\d{2})(-\d{2})?$/.exec(text)?.[1] ?? null;
}
