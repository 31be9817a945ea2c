/** What all rows together say about the columns: how full they are, and how their days and numbers are written. */
import type { DateFormat, DecimalMark, FileColumn } from '../../../../shared/contract/files.ts';
import { dateFormatsOf } from './day-text.ts';
import { decimalMarksOf } from './number-text.ts';

const SAMPLES = 5;
/** After so many values without a single day or number a column is taken for text. */
const SETTLED_AFTER = 2_000;
/** Of the values that a format must fit to be offered: a column of days may hold a few slips. */
const MOST_SLIPS = 0.05;

/** Gathers what is said of one column. */
export class ColumnProfile {
  readonly #samples: string[] = [];
  readonly #dates = new Map<DateFormat, number>();
  #filled = 0;
  #numbers = 0;
  /** Values that are numbers under one mark alone, and under both but different ones. */
  #marks: Record<DecimalMark, number> = { '.': 0, ',': 0 };
  #eitherMark = 0;
  #days = 0;
  #emails = 0;
  #codes = 0;
  /** Values that are days in one order alone. */
  #onlyDayFirst = 0;
  #onlyMonthFirst = 0;

  add(raw: string): void {
    const text = raw.trim();
    if (text === '') return;
    this.#filled += 1;
    if (this.#samples.length < SAMPLES && !this.#samples.includes(text)) this.#samples.push(text.slice(0, 200));
    if (this.#filled > SETTLED_AFTER && this.#numbers === 0 && this.#days === 0) return;
    if (text.length > 40) return;
    const first = text.charCodeAt(0);
    const isDigit = first >= 48 && first <= 57;
    if (this.#filled <= SETTLED_AFTER) {
      if (text.includes('@')) this.#emails += 1;
      if (/^[A-Za-z]{3}$/.test(text)) this.#codes += 1;
    }
    // Plainly written days in ISO order leave nothing open; it is enough to know that they are there.
    if (isDigit && text.charCodeAt(4) === 45 && text.length >= 10) {
      this.#days += 1;
      this.#count('iso');
      return;
    }
    this.#addDate(text, isDigit);
    const { marks, neutral } = decimalMarksOf(text);
    if (marks.length === 0) return;
    this.#numbers += 1;
    if (neutral) return;
    if (marks.length === 2) this.#eitherMark += 1;
    else this.#marks[marks[0] ?? '.'] += 1;
  }

  #addDate(text: string, isDigit: boolean): void {
    if (!isDigit && !/\d/.test(text)) return;
    const formats = dateFormatsOf(text);
    if (formats.length === 0) return;
    this.#days += 1;
    for (const format of formats) this.#count(format);
    const dayFirst = formats.includes('dmy');
    const monthFirst = formats.includes('mdy');
    if (dayFirst && !monthFirst) this.#onlyDayFirst += 1;
    if (monthFirst && !dayFirst) this.#onlyMonthFirst += 1;
  }

  #count(format: DateFormat): void {
    this.#dates.set(format, (this.#dates.get(format) ?? 0) + 1);
  }

  result(index: number, name: string): FileColumn {
    return {
      index,
      name,
      samples: this.#samples,
      filled: this.#filled,
      looksLike: this.#kind(),
      dateFormats: this.#dateFormats(),
      decimalMarks: this.#decimalMarks(),
    };
  }

  /** One order alone where a value decides between day and month; both where none does, or values contradict each other. */
  #dateFormats(): DateFormat[] {
    const enough = this.#days * (1 - MOST_SLIPS);
    const formats = [...this.#dates].filter(([, count]) => count >= enough && count > 0).map(([format]) => format);
    const both = this.#dates.has('dmy') && this.#dates.has('mdy');
    if (both && this.#onlyDayFirst > 0 && this.#onlyMonthFirst > 0)
      return [...new Set<DateFormat>([...formats, 'dmy', 'mdy'])];
    return formats.filter(
      (format) => !(format === 'mdy' && this.#onlyDayFirst > 0) && !(format === 'dmy' && this.#onlyMonthFirst > 0),
    );
  }

  #decimalMarks(): DecimalMark[] {
    if (this.#numbers === 0) return [];
    const { '.': dots, ',': commas } = this.#marks;
    if (dots > 0 && commas > 0) return ['.', ','];
    if (dots > 0) return ['.'];
    if (commas > 0) return [','];
    return this.#eitherMark > 0 ? ['.', ','] : ['.'];
  }

  #kind(): FileColumn['looksLike'] {
    if (this.#filled === 0) return 'empty';
    const looked = Math.min(this.#filled, SETTLED_AFTER);
    if (this.#emails > looked * 0.5) return 'email';
    if (this.#codes > looked * 0.9) return 'currency';
    const dayFormats = this.#dateFormats().filter((format) => format !== 'excel' && format !== 'unix');
    if (dayFormats.length > 0 && this.#days > looked * 0.5) return 'date';
    return this.#numbers > looked * 0.5 ? 'number' : 'text';
  }
}
