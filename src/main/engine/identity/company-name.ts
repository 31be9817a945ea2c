/** Names of companies made comparable, and how alike two of them are. */
import { distance } from 'fastest-levenshtein';

/** Legal forms, which one system writes and the other does not. */
const LEGAL_FORMS = new Set(
  'ab ag aps as bv bvba co company corp corporation gbr gmbh holding holdings inc incorporated kft kg kk limited llc llp lp ltd mbh nv oy plc pte pty pvt sa sarl sas se sl spa spzoo srl sro the ug'.split(
    ' ',
  ),
);

/**
 * A name without case, accents, punctuation and legal forms.
 * @example comparableName('The Ærø Brewing Co., Ltd.') // 'ærø brewing'
 */
export function comparableName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[.'’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !LEGAL_FORMS.has(word));
  return (telling.length > 0 ? telling : words).join(' ');
}

/** 1 for equal comparable names, down to 0: one less the edit distance as a share of the longer name. */
export function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - distance(a, b) / longest;
}
