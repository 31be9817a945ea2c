import { describe, expect, it, test } from 'vitest';
import { nearWordTest, unaccented } from '../../../src/main/engine/metrics/customers/near-words.ts';

test('accents and capitals do not matter', () => {
  expect(unaccented('Café ÜBERSEE, Łódź')).toBe('cafe ubersee, łodz');
  expect(unaccented('Acme & Co')).toBe('acme & co');
});

describe('one slip of the keyboard', () => {
  it.each(['gogle', 'googel', 'goggle', 'googlr', 'google', 'oogle'])('%s means Google', (typed) => {
    expect(nearWordTest(typed)?.('the google company')).toBe(true);
  });

  it('may be two letters that changed places in the middle', () => {
    expect(nearWordTest('marbel')?.('mabrel')).toBe(true);
    expect(nearWordTest('abcd')?.('acbd')).toBe(true);
  });

  it.each(['gaggle', 'elgoog', 'moodle', 'company x'])('%s does not', (typed) => {
    expect(nearWordTest(typed)?.('google')).toBe(false);
  });

  it('is not looked for in words of three letters', () => {
    expect(nearWordTest('acm')).toBeNull();
  });

  it('may stand in the beginning of a longer word', () => {
    expect(nearWordTest('sorel')?.('sorrel grid')).toBe(true);
  });
});
