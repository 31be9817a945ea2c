import { describe, expect, test } from 'vitest';
import { readHandbook } from '../../../src/renderer/features/handbook/library.ts';
import { excerptOf, indexOf, marksOf } from '../../../src/renderer/features/handbook/search.ts';
import { handbookFiles } from './handbook-text.ts';

const handbook = readHandbook({ files: handbookFiles(), metrics: '' });
const { search } = indexOf(handbook);
const first = (query: string) => search(query)[0]?.passage.id;

describe('searching the handbook', () => {
  test('puts the passage whose heading says it first', () => {
    expect(first('ways in')).toBe('privacy-and-security#ways-in');
    expect(first('variometer')).toBe('room-cockpit#the-variometer');
    expect(first('rate_limited')).toBe('troubleshooting#rate_limited');
  });

  test('finds the same whether its index grew piece by piece or at once', () => {
    const index = indexOf(handbook);
    while (index.grow());
    expect(index.search('variometer')).toEqual(search('variometer'));
  });

  test('forgives typing errors, and is content with beginnings', () => {
    expect(first('varimeter')).toBe('room-cockpit#the-variometer');
    expect(search('restor').map(({ passage }) => passage.page)).toContain('backups');
  });

  test('finds nothing for letters that mean nothing', () => {
    expect(search('xqzvw')).toEqual([]);
  });

  test('falls back to any of the words where no passage has all of them', () => {
    expect(search('variometer salesforce').length).toBeGreaterThan(1);
  });

  test('names the words as they stand in the text, to be marked', () => {
    const found = search('passfrase')[0];
    expect(found?.words).toContain('passphrase');
    expect(marksOf('A Passphrase, twice: passphrase.', found?.words ?? [])).toEqual([
      { from: 2, to: 12 },
      { from: 21, to: 31 },
    ]);
  });

  test('cuts a long passage at the place where the words stand, at spaces', () => {
    const text = `${'nothing here '.repeat(40)}the needle of the variometer ${'nothing there '.repeat(40)}`;
    const excerpt = excerptOf(text, ['needle', 'variometer']);
    expect(excerpt).toContain('the needle of the variometer');
    expect(excerpt.length).toBeLessThan(200);
    expect(excerpt).toMatch(/^… \S.* …$/);
  });
});
