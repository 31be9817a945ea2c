/** Which character stands between the fields of a text, and on which line the names of the columns are. */
import { dateFormatsOf } from './day-text.ts';
import { RowSplitter, type FileRow } from './delimited.ts';
import { decimalMarksOf } from './number-text.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const LOOKED_AT = 200;
/** Titles and empty lines that programs put above a table. */
const MOST_LINES_ABOVE = 30;

export interface Layout {
  readonly delimiter: string;
  /** 0: the file has no names. */
  readonly headerLine: number;
}

/**
 * The delimiter that cuts most rows into the same number of fields. `sep=;` on the first line, which spreadsheets
 * understand, settles it.
 */
export function layoutOf(
  sample: string,
  isWhole: boolean,
  isKnownName: (name: string) => boolean,
  given?: string,
): Layout {
  const said = /^sep=(.)\r?\n/.exec(sample)?.[1];
  const delimiter = given ?? said ?? likeliestDelimiter(sample, isWhole);
  const rows = rowsOf(sample, delimiter, isWhole).filter(({ line }) => said === undefined || line > 1);
  return { delimiter, headerLine: headerLineOf(rows, isKnownName) };
}

function rowsOf(sample: string, delimiter: string, isWhole: boolean): FileRow[] {
  const splitter = new RowSplitter(delimiter);
  const rows = splitter.push(sample);
  if (isWhole) rows.push(...splitter.end());
  return rows.slice(0, LOOKED_AT);
}

function likeliestDelimiter(sample: string, isWhole: boolean): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = rowsOf(sample, delimiter, isWhole);
    const most = commonest(rows.map(({ cells }) => cells.length));
    if (most < 2) continue;
    const regular = rows.filter(({ cells, broken }) => broken === null && cells.length === most).length / rows.length;
    // More fields speak for a delimiter, irregular rows more against it.
    const score = regular ** 2 * (1 + Math.log2(most) / 10);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function commonest(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** The first row as wide as most are, where it holds names: known ones, or text only. */
export function headerLineOf(rows: readonly FileRow[], isKnownName: (name: string) => boolean): number {
  const width = commonest(rows.map(({ cells }) => filledWidth(cells)).filter((count) => count > 0));
  for (const { line, cells, broken } of rows.slice(0, MOST_LINES_ABOVE)) {
    const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
    if (broken !== null || names.length === 0) continue;
    const known = names.filter(isKnownName).length;
    if (known >= 2 || (known === 1 && names.length === 1)) return line;
    if (filledWidth(cells) < Math.max(2, width * 0.6)) continue;
    return names.every((name) => !looksLikeData(name)) && new Set(names).size === names.length ? line : 0;
  }
  return rows[0] && filledWidth(rows[0].cells) === 1 && !looksLikeData(rows[0].cells[0] ?? '') ? rows[0].line : 0;
}

function filledWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function looksLikeData(text: string): boolean {
  return dateFormatsOf(text).length > 0 || decimalMarksOf(text).marks.length > 0 || /^\S+@\S+\.\S+$/.test(text);
}
