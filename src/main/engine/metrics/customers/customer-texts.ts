/**
 * What customers are found by, name and e-mail address in small letters without accents, in one buffer: a search is a
 * pass of the platform over a few megabytes, and nothing is kept a customer but where its text begins.
 */
import { isNearWordIn, isPlain, isWordCode, nearWordTest, unaccented } from './near-words.ts';

/** Stands in no UTF-8 text, so no search goes from one customer's text into the next. */
const END = 0xff;

/** Between name and e-mail address; in no name. */
const BETWEEN = '\u0000';

export interface CustomerTexts {
  readonly length: number;
  /** By position: 1 where the letters stand anywhere in the text. */
  having(letters: string): Uint8Array;
  begins(position: number, letters: Uint8Array): boolean;
  /** Whether the first place where the letters stand is the beginning of a word. */
  beginsWord(position: number, letters: Uint8Array): boolean;
  /** Whether a text has a word that begins with the wanted one but for a slip; null for words too short to slip. */
  nearTest(word: string): ((position: number) => boolean) | null;
}

/** Takes the texts one after the other, by position. */
export class TextsBuilder {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #at = 0;
  readonly #starts: number[] = [0];
  /** Positions of texts with characters of several bytes. */
  readonly #wide = new Set<number>();

  add(name: string, email: string | null): void {
    const text = unaccented(`${name}${BETWEEN}${email ?? ''}`);
    // No character of a text takes more than three bytes for each of its code units.
    const needed = this.#at + 3 * text.length + 1;
    if (needed > this.#bytes.length) this.#grow(Math.max(needed, 2 * this.#bytes.length));
    const written = this.#bytes.write(text, this.#at);
    if (written > text.length) this.#wide.add(this.#starts.length - 1);
    this.#at += written;
    this.#bytes[this.#at++] = END;
    this.#starts.push(this.#at);
  }

  texts(): CustomerTexts {
    this.#grow(this.#at);
    return textsIn(this.#bytes, Int32Array.from(this.#starts), this.#wide);
  }

  #grow(size: number): void {
    const larger = Buffer.from(new ArrayBuffer(size));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

function textsIn(bytes: Buffer, starts: Int32Array, wide: ReadonlySet<number>): CustomerTexts {
  const length = starts.length - 1;
  const startOf = (position: number): number => starts[position] ?? bytes.length;
  const endOf = (position: number): number => startOf(position + 1) - 1;
  return {
    length,
    having(letters) {
      const found = new Uint8Array(length);
      if (letters === '') return found.fill(1);
      const wanted = Buffer.from(letters);
      for (let position = 0, at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, startOf(position))) {
        while (startOf(position + 1) <= at) position += 1;
        found[position] = 1;
        position += 1;
      }
      return found;
    },
    begins: (position, letters) => standsAt(bytes, startOf(position), letters),
    beginsWord(position, letters) {
      const [start, last] = [startOf(position), endOf(position) - letters.length];
      for (let at = start; at <= last; at++)
        if (standsAt(bytes, at, letters)) return at === start || !isWordCode(bytes[at - 1] ?? 0);
      return false;
    },
    nearTest(word) {
      const test = nearWordTest(word);
      if (test === null) return null;
      const letters = Buffer.from(word);
      const isPlainWord = isPlain(word);
      return (position) =>
        isPlainWord && !wide.has(position)
          ? isNearWordIn(bytes, startOf(position), endOf(position), letters)
          : test(bytes.toString('utf8', startOf(position), endOf(position)));
    },
  };
}

/** A text ends with a byte that no letters have: it is never read beyond. */
function standsAt(bytes: Uint8Array, at: number, letters: Uint8Array): boolean {
  for (let index = 0; index < letters.length; index++) if (bytes[at + index] !== letters[index]) return false;
  return true;
}
