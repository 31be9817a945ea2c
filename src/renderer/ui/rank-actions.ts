/** Which of many named things somebody means who types a few letters: fuzzy, accents and capitals do not matter. */
import { defaultFilter } from 'cmdk';

export interface Named {
  readonly label: string;
  /** Other words by which it is found. */
  readonly keywords?: readonly string[];
}

/** More than can be read of a list that answers to what is typed. */
const MOST = 40;
/** What scores lower shares no more with the word than a few letters somewhere. */
const FAINT = 0.02;

/**
 * The best first, at most 40. Equals stay in their order.
 * @example rankActions([{ label: 'Café society' }], 'cafe')
 */
export function rankActions<Action extends Named>(actions: readonly Action[], search: string): Action[] {
  const wanted = plain(search);
  if (wanted === '') return [...actions];
  return actions
    .map((action) => ({ action, score: scoreOf(action, wanted) }))
    .filter(({ score }) => score > FAINT)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ action }) => action);
}

/** Whether a name begins as it is typed: then nothing else is meant. */
export function isNamed({ label }: Named, search: string): boolean {
  return search.trim() !== '' && plain(label).startsWith(plain(search));
}

/** The label counts more than other words. */
function scoreOf({ label, keywords = [] }: Named, wanted: string): number {
  const own = defaultFilter?.(plain(label), wanted) ?? 0;
  const others = defaultFilter?.(plain(`${label} ${keywords.join(' ')}`), wanted) ?? 0;
  return Math.max(own, others * 0.9);
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}
