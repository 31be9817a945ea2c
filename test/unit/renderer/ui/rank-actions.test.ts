import { expect, test } from 'vitest';
import { ROOM_LIST } from '../../../../src/shared/contract/actions.ts';
import { SETTING_PLACES } from '../../../../src/shared/contract/settings-sections.ts';
import { isNamed, rankActions } from '../../../../src/renderer/ui/rank-actions.ts';

const NAMES = [
  ...ROOM_LIST.map(({ title }) => ({ label: title })),
  ...SETTING_PLACES.map(({ title, words = '' }) => ({ label: title, keywords: words.split(' ') })),
  { label: 'How Quick ratio is computed', keywords: ['quickRatio'] },
  { label: 'Café Übersee' },
];
const first = (search: string) => rankActions(NAMES, search)[0]?.label;

test.each([
  ['retention', 'Retention'],
  ['RETEN', 'Retention'],
  ['cafe uber', 'Café Übersee'],
  ['übersee', 'Café Übersee'],
  ['quick ratio is computed', 'How Quick ratio is computed'],
  ['semicolon', 'Exported tables'],
  ['dcliffs', 'Discount cliffs'],
])('%s means %s', (search, label) => {
  expect(first(search)).toBe(label);
});

test('letters that nothing has find nothing; no letters find all', () => {
  expect(rankActions(NAMES, 'zzqx')).toEqual([]);
  expect(rankActions(NAMES, ' ')).toHaveLength(NAMES.length);
});

test('a list never grows beyond what is read', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({ label: `Company ${index}` }));
  expect(rankActions(many, 'company')).toHaveLength(40);
});

test('a name that begins as it is typed is meant', () => {
  expect(isNamed({ label: 'Übersicht' }, 'uber')).toBe(true);
  expect(isNamed({ label: 'Revenue' }, '')).toBe(false);
});
