/** Numbers as files write them: decimal comma or dot, thousands, currency signs, minus in front, behind or as parentheses. */
import type { DecimalMark } from '../../../../shared/contract/files.ts';

/** Signs and codes of currencies around an amount, and spaces of all widths between thousands. */
const AROUND =
  /^(?:[A-Za-z]{1,3}\s?\$?|[$€£¥₹₽₩₪₫฿₴₦₱₺₿¢]|R\$|Fr\.?)\s*|\s*(?:[A-Za-z]{3}|[$€£¥₹₽₩₪₫฿₴₦₱₺₿¢]|zł|Kč|kr\.?|%)$/gu;
const SPACES = /[\s\u00a0\u202f\u2009'’_]/gu;
const SHAPE: Readonly<Record<DecimalMark, RegExp>> = {
  '.': /^(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3})?(?:\.\d*)?$/,
  ',': /^(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?$/,
};

/**
 * The number as decimal text with a dot and nothing between thousands; null
 * where it is none under this decimal mark.
 * @example readNumber('(1.234,50 €)', ',') // '-1234.50'
 */
export function readNumber(text: string, mark: DecimalMark): string | null {
  if (PLAIN.test(text) && mark === '.') return text.startsWith('+') ? text.slice(1) : text;
  let rest = text.trim();
  let negative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = rest.slice(1, -1);
  }
  rest = rest.replaceAll('\u2212', '-').trim();
  const signed = (): void => {
    if (rest.startsWith('-') || rest.endsWith('-')) {
      negative = !negative;
      rest = rest.startsWith('-') ? rest.slice(1) : rest.slice(0, -1);
    } else if (rest.startsWith('+')) rest = rest.slice(1);
    rest = rest.trim();
  };
  signed();
  const bare = rest.replace(AROUND, '');
  if (bare !== rest) {
    rest = bare.trim();
    // `$-5.00` has its sign behind the currency's.
    if (!negative) signed();
  }
  rest = rest.replace(SPACES, '');
  if (!/\d/.test(rest) || !SHAPE[mark].test(rest)) return null;
  const plain = mark === '.' ? rest.replaceAll(',', '') : rest.replaceAll('.', '').replace(',', '.');
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
  return negative && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

const PLAIN = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/**
 * The decimal marks under which the text is a number. Two where it is one
 * under both and the two differ (`1,234`); an integer without marks is one
 * under both alike and says nothing.
 */
export function decimalMarksOf(text: string): { readonly marks: readonly DecimalMark[]; readonly neutral: boolean } {
  if (/^-?\d+$/.test(text)) return { marks: ['.', ','], neutral: true };
  // Plainly one mark, before anything slower is tried: three digits behind it could be thousands.
  const mark = /^-?\d+([.,])(?:\d{1,2}|\d{4,})$/.exec(text)?.[1];
  if (mark === '.' || mark === ',') return { marks: [mark], neutral: false };
  const dot = readNumber(text, '.');
  const comma = readNumber(text, ',');
  if (dot !== null && comma !== null) return { marks: ['.', ','], neutral: dot === comma };
  return { marks: dot !== null ? ['.'] : comma !== null ? [','] : [], neutral: false };
}
