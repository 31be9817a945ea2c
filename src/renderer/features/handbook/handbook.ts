/**
 * The handbook, loaded and read once, when it is first opened.
 * Answers: which pages are there, what stands on one, which passages speak of some words?
 * Never: is part of the first page's script; import this file lazily.
 */
import { readHandbook } from './library.ts';
import { searchOf, type HandbookSearch } from './search.ts';
import { HANDBOOK_TEXTS } from './texts.ts';

export const HANDBOOK = readHandbook(HANDBOOK_TEXTS);

let search: HandbookSearch | null = null;

/** The index is made at the first search: pages are read without it. */
export function searchHandbook(query: string): ReturnType<HandbookSearch> {
  search ??= searchOf(HANDBOOK);
  return search(query);
}
