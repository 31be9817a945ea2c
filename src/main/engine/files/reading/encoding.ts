/** Which characters the bytes of a file are: by its byte order mark, by being valid UTF-8, else by an educated guess. */
import { TextDecoder } from 'node:util';
import { analyse } from 'chardet';
import { AppError } from '../../../../shared/kernel/errors.ts';
import type { FileBytes } from './place.ts';

export interface Encoding {
  /** A WHATWG label. */
  readonly label: string;
  readonly by: string;
  readonly guessed: boolean;
}

const SAMPLE_BYTES = 262_144;
const STEP_BYTES = 4_194_304;

const MARKS: readonly (readonly [label: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What chardet calls by names that a TextDecoder does not know, or knows as a part of a larger set. */
const RENAMED: Readonly<Record<string, string>> = {
  'ISO-8859-1': 'windows-1252',
  ASCII: 'utf-8',
  'ISO-2022-CN': 'gb18030',
};

/**
 * The encoding of a file. A guess is marked as one: it is shown, and can be set
 * by hand. Text in UTF-16 without a mark is known by its zeros.
 * @throws AppError `invalid_input` where a given label is none.
 */
export function encodingOf(bytes: FileBytes, given?: string): Encoding {
  if (given !== undefined) return { label: knownLabel(given), by: 'Chosen by hand', guessed: false };
  const head = bytes.read(0, SAMPLE_BYTES);
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => head[index] === byte));
  if (marked) return { label: marked[0], by: 'The byte order mark', guessed: false };
  const wide = wideEncoding(head);
  if (wide !== null) return { label: wide, by: 'Every other byte is zero', guessed: true };
  if (isUtf8(bytes)) return { label: 'utf-8', by: 'Every byte is valid UTF-8', guessed: false };
  for (const { name } of analyse(head)) {
    const label = RENAMED[name] ?? name;
    // It is no valid UTF-8, whatever the statistics say.
    if (!isLabel(label) || new TextDecoder(label).encoding === 'utf-8') continue;
    return { label: new TextDecoder(label).encoding, by: 'Guessed from the frequency of its bytes', guessed: true };
  }
  return { label: 'windows-1252', by: 'Nothing else fits; this reads every byte', guessed: true };
}

function wideEncoding(head: Uint8Array): string | null {
  const even = Math.floor(Math.min(head.length, 4_096) / 2) * 2;
  if (even < 4) return null;
  let low = 0;
  let high = 0;
  for (let index = 0; index < even; index += 2) {
    if (head[index] === 0) high += 1;
    if (head[index + 1] === 0) low += 1;
  }
  const most = (even / 2) * 0.4;
  if (low > most && high === 0) return 'utf-16le';
  return high > most && low === 0 ? 'utf-16be' : null;
}

function isUtf8(bytes: FileBytes): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let offset = 0; offset < bytes.size; offset += STEP_BYTES)
      decoder.decode(bytes.read(offset, STEP_BYTES), { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function isLabel(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function knownLabel(label: string): string {
  if (isLabel(label)) return new TextDecoder(label).encoding;
  throw new AppError('invalid_input', `“${label}” is not an encoding of text that can be read`);
}

/** The text of a file in pieces, with the number of bytes read so far. The byte order mark is left out. */
export function* textOf(bytes: FileBytes, label: string): Generator<{ text: string; read: number }> {
  const decoder = new TextDecoder(label);
  const step = 1_048_576;
  for (let offset = 0; offset < bytes.size; offset += step) {
    const piece = bytes.read(offset, step);
    yield { text: decoder.decode(piece, { stream: true }), read: offset + piece.length };
  }
  yield { text: decoder.decode(), read: bytes.size };
}
