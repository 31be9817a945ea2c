/** Finds passages by words: ranked, forgiving typing errors, with the words as they stand in the text. */
import MiniSearch, { type SearchResult } from 'minisearch';
import type { Handbook, Passage } from './library.ts';

export interface Found {
  readonly passage: Passage;
  /** The words of the handbook that matched: what is marked in it. */
  readonly words: readonly string[];
  /** The part of the passage in which most of them stand. */
  readonly excerpt: string;
}

export interface HandbookIndex {
  /** Takes some more passages in. @returns whether there are more to come. */
  grow(): boolean;
  /** Takes in whatever is missing first. */
  search(query: string): readonly Found[];
}

const SHOWN = 20;
/** Passages taken in at once: a few milliseconds, so that nothing on the page waits. */
const PIECE = 20;
const EXCERPT_LENGTH = 180;
/** Short words are typed right, and would be taken for many others. */
const FUZZY_FROM = 4;
const PREFIX_FROM = 2;

/**
 * An index over all passages. All words have to be found in a passage; where that finds nothing, any of them.
 * Titles count more than text; a word may differ by one letter in five.
 */
export function indexOf(handbook: Handbook): HandbookIndex {
  const byId = new Map(handbook.passages.map((passage) => [passage.id, passage]));
  const index = new MiniSearch<Passage>({
    fields: ['title', 'pageTitle', 'text'],
    processTerm: plainTerm,
    searchOptions: {
      boost: { title: 6, pageTitle: 2 },
      prefix: (term) => term.length >= PREFIX_FROM,
      fuzzy: (term) => (term.length >= FUZZY_FROM ? 0.2 : false),
      combineWith: 'AND',
    },
  });
  let taken = 0;
  const grow = (): boolean => {
    index.addAll(handbook.passages.slice(taken, taken + PIECE));
    taken += PIECE;
    return taken < handbook.passages.length;
  };
  return {
    grow,
    search(query) {
      while (taken < handbook.passages.length) grow();
      const all = index.search(query);
      const results = all.length > 0 ? all : index.search(query, { combineWith: 'OR' });
      return results.slice(0, SHOWN).flatMap((result) => foundOf(result, byId));
    },
  };
}

function foundOf(result: SearchResult, byId: ReadonlyMap<string, Passage>): Found[] {
  const passage = byId.get(String(result.id));
  if (passage === undefined) return [];
  return [{ passage, words: result.terms, excerpt: excerptOf(passage.text, result.terms) }];
}

/** Without accents and in small letters: «Umsatz» is found by «umsätz» and the other way about. */
function plainTerm(term: string): string | null {
  const plain = unaccented(term);
  return plain === '' ? null : plain;
}

function unaccented(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** A stretch of the text around the place where the words stand closest, cut at spaces. */
export function excerptOf(text: string, words: readonly string[]): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const places = marksOf(text, words).map(({ from }) => from);
  const best = places.reduce(
    (chosen, from) => {
      const within = places.filter((other) => other >= from && other < from + EXCERPT_LENGTH).length;
      return within > chosen.within ? { from, within } : chosen;
    },
    { from: 0, within: 0 },
  );
  const start = best.from < EXCERPT_LENGTH / 2 ? 0 : text.indexOf(' ', Math.max(0, best.from - 40)) + 1;
  const end = Math.min(text.length, start + EXCERPT_LENGTH);
  const cut = end === text.length ? end : text.lastIndexOf(' ', end);
  return `${start > 0 ? '… ' : ''}${text.slice(start, cut)}${cut < text.length ? ' …' : ''}`;
}

export interface Mark {
  readonly from: number;
  readonly to: number;
}

/** Where whole words of a text are among those that matched. */
export function marksOf(text: string, words: readonly string[]): Mark[] {
  const wanted = new Set(words);
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
    .filter(([word]) => wanted.has(unaccented(word)))
    .map(({ index, 0: word }) => ({ from: index, to: index + word.length }));
}
