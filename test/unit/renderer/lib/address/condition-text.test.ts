import { expect, test } from 'vitest';
import { conditionsOf, conditionText, sliceOf } from '../../../../../src/renderer/lib/address/index.ts';
import type { FilterCondition } from '../../../../../src/shared/contract/segments.ts';

test.each<[string, FilterCondition[]]>([
  ['plan:Pro,Growth', [{ dimension: 'plan', values: ['Pro', 'Growth'] }]],
  [
    'plan:Pro;country:!DE',
    [
      { dimension: 'plan', values: ['Pro'] },
      { dimension: 'country', values: ['DE'], not: true },
    ],
  ],
  ['metadata%3Asize:a%2Cb%3B%21%3A%25', [{ dimension: 'metadata:size', values: ['a,b;!:%'] }]],
  ['country:', [{ dimension: 'country', values: [''] }]],
])('%s is read and written alike', (text, conditions) => {
  expect(conditionText(conditions)).toBe(text);
  expect(conditionsOf(text)).toEqual(conditions);
});

test('nothing is no parameter; what does not fit is left out', () => {
  expect(conditionText([])).toBeUndefined();
  expect(conditionsOf(undefined)).toEqual([]);
  expect(conditionsOf('moon:1;plan:Pro;segment:3;nonsense')).toEqual([{ dimension: 'plan', values: ['Pro'] }]);
});

test('a part of the company knows saved segments, and «is not»', () => {
  expect(sliceOf('plan:Pro,Growth;segment:3;country:!DE;weather:fine')).toEqual({
    where: [
      { dimension: 'plan', values: ['Pro', 'Growth'] },
      { dimension: 'segment', values: ['3'] },
      { dimension: 'country', values: ['DE'], not: true },
    ],
  });
  expect(sliceOf(undefined)).toBeUndefined();
  const many = Array.from({ length: 15 }, (_, index) => `metadata%3A${index}:a`).join(';');
  expect(sliceOf(many)?.where).toHaveLength(12);
});
