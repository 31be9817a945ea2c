/** docs/metrics.md says what the program says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { POLICIES } from '../../../src/main/engine/metrics/index.ts';
import { definitionsText, DOCUMENT, MARK, policiesOf, policiesText } from './definitions-text.ts';

const document = readFileSync(DOCUMENT, 'utf8');

test('the definitions are those of the registry (write them with `node test/unit/metrics/definitions-text.ts`)', () => {
  expect(document.split(MARK)[1]?.trim()).toBe(definitionsText().trim());
});

/** Tables are compared by their cells: a formatter may pad them. */
const cells = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---').trim();

test('the tables of policies are those of the contract (written likewise)', () => {
  expect(cells(policiesOf(document))).toBe(cells(policiesText()));
});

test('every rule and every policy is described', () => {
  const [rules = ''] = document.split(MARK);
  for (let rule = 1; rule <= 29; rule++) expect(rules).toMatch(new RegExp(`\\| R${rule} +\\|`));
  for (const name of Object.keys(POLICIES)) expect(rules).toContain(`\`${name}\``);
});
