import { expect, test } from 'vitest';
import { conditionsOf, conditionText } from '../../../../../src/renderer/lib/address/index.ts';
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
