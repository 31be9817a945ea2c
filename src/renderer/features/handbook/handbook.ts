/**
 * The handbook, loaded and read once, when it is first opened.
 * Answers: which pages are there, what stands on one, which passages speak of some words?
 * Never: is part of the first page's script; import this file lazily.
 */
import { readHandbook } from './library.ts';
import { indexOf, type Found } from './search.ts';
import { HANDBOOK_TEXTS } from './texts.ts';

export const HANDBOOK = readHandbook(HANDBOOK_TEXTS);

const index = indexOf(HANDBOOK);

/** Between whatever else the page has to do; a search before the end waits for the rest. */
function growInPieces(): void {
  if (index.grow()) setTimeout(growInPieces);
}
setTimeout(growInPieces);

export function searchHandbook(query: string): readonly Found[] {
  return index.search(query);
}
