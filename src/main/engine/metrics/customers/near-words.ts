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

export type NearTest = (text: string) => boolean;

/**
 * Whether a text has a word that begins with the wanted one but for one slip: a letter too many, too few, another, or
 * two that changed places. Null for words too short to slip.
 * One slip leaves one half of the word as it is: texts with neither half are passed over at once.
 */
export function nearWordTest(wanted: string): NearTest | null {
  if (wanted.length < SLIPS_FROM) return null;
  const middle = wanted.length >> 1;
  const [first, second] = [wanted.slice(0, middle), wanted.slice(middle)];
  return (text) =>
    (text.includes(first) || text.includes(second)) && anyWord(text, (at) => beginsNear(text, at, wanted));
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
