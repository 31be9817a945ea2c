/** Names written alike: all of them where names differ, and in a number of comparisons that follows the number of names. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likeness } from '../../../src/main/engine/identity/company-name.ts';
import { similarNames } from '../../../src/main/engine/identity/similar-names.ts';

const named = (names: readonly string[]) =>
  similarNames(names.map((comparable) => ({ comparable, named: comparable })));
const numbered = (count: number) => Array.from({ length: count }, (_, number) => `account ${number}`);

describe('names alike', () => {
  it('are the same ones that comparing every pair finds', () => {
    const Word = fc.constantFrom('north', 'wind', 'traders', 'acme', 'robotics', 'kestrel', 'harbour', 'mill', 'ærø');
    const Name = fc.array(Word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    const Slip = fc.tuple(Name, fc.nat({ max: 24 }), fc.constantFrom('', 'x', 'ss'));
    const slipped = Slip.map(([name, place, put]) => {
      const at = Math.min(3 + place, name.length);
      return name.slice(0, at) + put + name.slice(at + 1);
    });
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(Name, slipped), { maxLength: 40 }), slipped, (names, asked) => {
        const { similar, isWhole } = named(names)(asked);
        const initial = (name: string) => name.replaceAll(' ', '').slice(0, 3);
        const every = names.filter((name) => initial(name) === initial(asked) && likeness(asked, name) >= 0.85);
        expect(isWhole).toBe(true);
        expect(similar.map((found) => found.named).toSorted()).toEqual(every.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('come in the order of their likeness, equals in the order in which they were given', () => {
    const find = similarNames(
      ['northwind traders', 'northwnd traders', 'northwind traders'].map((comparable, named) => ({
        comparable,
        named,
      })),
    );
    expect(find('northwnd traders').similar.map((found) => found.named)).toEqual([1, 0, 2]);
  });

  it('are none for a name without letters', () => {
    expect(named(['', 'acme'])('').similar).toEqual([]);
  });
});

describe('names that are numbers of one word', () => {
  it('are found where they are equal, and it is said that others may be missing', () => {
    const { similar, isWhole } = named(numbered(5_000))('account 4321');
    expect(similar[0]).toEqual({ named: 'account 4321', score: 1 });
    expect(isWhole).toBe(false);
  });

  it('cost so many comparisons as there are names times a constant, not times their number', () => {
    const comparedPerName = (count: number) => {
      const names = numbered(count);
      const find = named(names);
      return names.reduce((sum, name) => sum + find(name).compared, 0) / count;
    };
    // Four runs for one slip, each with two hundred names at the most.
    for (const count of [1_000, 8_000]) expect(comparedPerName(count)).toBeLessThanOrEqual(800);
  });
});
