/** Rows of delimited text, read piece by piece: a file of any size takes the memory of one piece. */
import Papa from 'papaparse';

export interface FileRow {
  /** The line on which it begins, counted from 1; in a workbook the row of the sheet. */
  readonly line: number;
  readonly cells: readonly string[];
  /** What is wrong with it as a whole: quotes that are not in order. */
  readonly broken: string | null;
}

/** A record longer than this has lost its closing quote. */
const LONGEST_RECORD = 1_048_576;
/** What is parsed at once: with quotes out of order the parser's time grows with the square of it. */
const WINDOW_CHARS = 32_768;
const CAREFUL_CHARS = 512;

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly type: string; readonly message: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

/** Splits pieces of text into rows. Empty rows are left out and counted as lines. */
export class RowSplitter {
  readonly #parser: Papa.Parser;
  #rest = '';
  #line = 1;
  #heldReturn = false;

  constructor(delimiter: string) {
    this.#parser = new Papa.Parser({ delimiter, newline: '\n' });
  }

  #parse(text: string, isLast: boolean): Parsed {
    return this.#parser.parse(text, 0, !isLast) as Parsed;
  }

  /** Rows that are whole by now. */
  push(piece: string): FileRow[] {
    this.#rest += this.#unified(piece);
    return this.#split(false);
  }

  /** The last row, which may lack its end of line. */
  end(): FileRow[] {
    if (this.#heldReturn) this.#rest += '\n';
    this.#heldReturn = false;
    return this.#rest === '' ? [] : this.#split(true);
  }

  /** Every kind of line end as one character, so that files with several kinds are read too. */
  #unified(piece: string): string {
    let text = this.#heldReturn ? `\r${piece}` : piece;
    this.#heldReturn = text.endsWith('\r');
    if (this.#heldReturn) text = text.slice(0, -1);
    return text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  }

  /**
   * A row whose quotes are not in order swallows the rows behind it: its first line is set aside alone, and reading goes
   * on with the next line, in small steps, so that a file full of such rows does not take for ever.
   */
  #split(isLast: boolean): FileRow[] {
    const rows: FileRow[] = [];
    let window = WINDOW_CHARS;
    while (this.#rest !== '') {
      // What stands behind a closing quote decides whether it is one: no window ends there.
      while (window < this.#rest.length && /["\s]/.test(this.#rest.charAt(window - 1))) window += 1;
      const isWhole = window >= this.#rest.length;
      const text = isWhole ? this.#rest : this.#rest.slice(0, window);
      const { data, errors, meta } = this.#parse(text, isLast && isWhole);
      const bad = errors.find(({ type, row = 0 }) => type === 'Quotes' && (row < data.length || !isWhole || isLast));
      const whole = bad === undefined ? data.length : Math.min(bad.row ?? 0, data.length);
      const start = this.#line;
      for (let index = 0; index < whole; index++) this.#take(rows, data[index] ?? []);
      if (bad !== undefined || (whole === 0 && text.length > LONGEST_RECORD)) {
        this.#rest = textFrom(this.#rest, this.#line - start);
        this.#setFirstLineAside(rows);
        window = CAREFUL_CHARS;
      } else {
        this.#rest = isLast && isWhole ? '' : this.#rest.slice(meta.cursor);
        if (isWhole) break;
        if (whole === 0 || window < WINDOW_CHARS) window *= 2;
      }
    }
    return rows;
  }

  #take(rows: FileRow[], cells: readonly string[]): void {
    const line = this.#line;
    let breaks = 0;
    let isEmpty = true;
    for (const cell of cells) {
      if (cell === '') continue;
      if (isEmpty && cell.trim() !== '') isEmpty = false;
      for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) breaks += 1;
    }
    this.#line += 1 + breaks;
    if (!isEmpty) rows.push({ line, cells, broken: null });
  }

  #setFirstLineAside(rows: FileRow[]): void {
    const end = this.#rest.indexOf('\n');
    const text = end < 0 ? this.#rest : this.#rest.slice(0, end);
    rows.push({ line: this.#line, cells: [text.slice(0, 2_000)], broken: 'its quotes are not in order' });
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1);
    this.#line += 1;
  }
}

function textFrom(text: string, lines: number): string {
  let at = 0;
  for (let passed = 0; passed < lines; passed++) at = text.indexOf('\n', at) + 1;
  return text.slice(at);
}
