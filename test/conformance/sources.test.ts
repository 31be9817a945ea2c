/** A source without a fixture, or without a file that holds it to the checks, fails here. */
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SOURCES } from '../../src/main/engine/sources/registry.ts';
import { FIXTURES } from './vendor-fixture.ts';

it('has a fixture for every registered source', () => {
  expect(FIXTURES.map(({ vendor }) => vendor).toSorted()).toEqual(SOURCES.map(({ id }) => id).toSorted());
});

it.each(SOURCES.map(({ id }) => id))('holds %s to every check', (vendor) => {
  expect(existsSync(new URL(`${vendor}.test.ts`, import.meta.url))).toBe(true);
});
