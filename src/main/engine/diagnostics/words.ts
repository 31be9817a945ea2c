/** What may stand in the bundle as a word: only what the program itself calls things. */
import { ERROR_CODES } from '../../../shared/kernel/errors.ts';

const OTHER = 'other';
const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/**
 * A name from the program's own vocabulary (a kind of job, a vendor, a stream, a table): short, lower case, without
 * spaces. Anything else is `other`, so that no text of a founder or a vendor passes.
 * @example ownWord('usage_events') // 'usage_events'
 * @example ownWord('Ada Lovelace Ltd') // 'other'
 */
export function ownWord(text: string): string {
  return /^[a-z][a-z0-9_:.-]{0,39}$/.test(text) ? text : OTHER;
}

/** A code of the closed list of failures; anything else is `other`. */
export function ownCode(code: string): string {
  return CODES.has(code) ? code : OTHER;
}

/** Text of the bundle: JSON that a person can read. */
export function partText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
