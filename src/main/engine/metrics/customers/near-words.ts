/** Words as they are found: without accents and capitals, and with one slip of the keyboard. */

const PLAIN = /^[ -~]*$/;

/**
 * The text in small letters without accents.
 * @example unaccented('Café Übersee') // 'cafe ubersee'
 */
export function unaccented(text: string): string {
  return PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Shorter words are typed right, and would be taken for many others. */
const SLIPS_FROM = 4;

type NearTest = (text: string) => boolean;

/**
 * Pieces of which a text has one that has the word with one slip: a slip leaves one half as it is, unless the two letters
 * in the middle changed places. Null for words too short to slip.
 */
export function wordPieces(wanted: string): readonly string[] | null {
  if (wanted.length < SLIPS_FROM) return null;
  const middle = wanted.length >> 1;
  const [first, second] = [wanted.slice(0, middle), wanted.slice(middle)];
  return [first, second, first.slice(0, -1) + second.slice(0, 1) + first.slice(-1) + second.slice(1)];
}

/**
 * Whether a text has a word that begins with the wanted one but for one slip: a letter too many, too few, another, or
 * two that changed places. Null for words too short to slip.
 * Texts with none of the word's pieces are passed over at once.
 */
export function nearWordTest(wanted: string): NearTest | null {
  const pieces = wordPieces(wanted);
  if (pieces === null) return null;
  return (text) => pieces.some((piece) => text.includes(piece)) && anyWord(text, (at) => beginsNear(text, at, wanted));
}

/** Tries every place where a word of the text begins. */
function anyWord(text: string, holds: (at: number) => boolean): boolean {
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const isLetter = isWordCode(text.charCodeAt(at));
    if (isLetter && !inWord && holds(at)) return true;
    inWord = isLetter;
  }
  return false;
}

/** Of a letter or digit of unaccented text, by its code unit. */
export function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

/** Whether the text from `at` begins with the word but for at most one slip. */
function beginsNear(text: string, at: number, word: string): boolean {
  let same = 0;
  while (same < word.length && text.charCodeAt(at + same) === word.charCodeAt(same)) same++;
  if (same === word.length) return true;
  const rest = word.length - same;
  const goesOn = (from: number, left: number) => text.startsWith(word.slice(word.length - left), from);
  return (
    // Another letter, one too few in the text, one too many, two that changed places.
    goesOn(at + same + 1, rest - 1) ||
    goesOn(at + same, rest - 1) ||
    goesOn(at + same + 1, rest) ||
    (rest > 1 &&
      text.charCodeAt(at + same) === word.charCodeAt(same + 1) &&
      text.charCodeAt(at + same + 1) === word.charCodeAt(same) &&
      goesOn(at + same + 2, rest - 2))
  );
}

/**
 * The same of a stretch of plain bytes and a word of plain letters, without making a text of it: a word of which one half
 * stands in nearly every customer's name is tried with all of them.
 */
export function isNearWordIn(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  let inWord = false;
  for (let at = start; at < end; at++) {
    const isLetter = isWordCode(bytes[at] ?? 0);
    if (isLetter && !inWord && beginsNearIn(bytes, at, end, word)) return true;
    inWord = isLetter;
  }
  return false;
}

function beginsNearIn(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  let same = 0;
  while (same < word.length && at + same < end && bytes[at + same] === word[same]) same++;
  if (same === word.length) return true;
  const there = at + same;
  return (
    goesOn(bytes, there + 1, end, word, same + 1) ||
    goesOn(bytes, there, end, word, same + 1) ||
    goesOn(bytes, there + 1, end, word, same) ||
    (same + 1 < word.length &&
      there + 1 < end &&
      bytes[there] === word[same + 1] &&
      bytes[there + 1] === word[same] &&
      goesOn(bytes, there + 2, end, word, same + 2))
  );
}

/** Whether the word goes on from a place of its own at a place of the bytes. */
function goesOn(bytes: Uint8Array, from: number, end: number, word: Uint8Array, place: number): boolean {
  if (from + word.length - place > end) return false;
  for (let index = place; index < word.length; index++) if (bytes[from + index - place] !== word[index]) return false;
  return true;
}

/** Whether each character of a text is one byte. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}
