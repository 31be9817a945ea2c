import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { licencesOf, packageFolders, runtimeDependencies } from '../../../scripts/licences.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';

const ROOT = process.cwd();

describe('the licences that the page About lists', () => {
  test('every package that is needed at run time is there, with the text of its licence', () => {
    const declared = runtimeDependencies(ROOT);
    const listed = licencesOf(packageFolders(ROOT, declared));
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(declared));
    for (const { name, licence, text } of listed) {
      expect(licence, name).toMatch(/[A-Z]/);
      expect(text.length, `${name} (${licence})`).toBeGreaterThan(200);
    }
  });

  test('no package is brought along under a licence that asks for the program’s own source', () => {
    const strict = licencesOf(packageFolders(ROOT, runtimeDependencies(ROOT))).filter(
      ({ licence }) => /\b[AL]?GPL\b/.test(licence) && !/\bOR\b/.test(licence),
    );
    expect(strict).toEqual([]);
  });

  test('a package without a licence file stands with the standard text and its author', () => {
    const root = installed({
      name: 'bare',
      version: '1.0.0',
      license: 'MIT',
      author: 'Ada Lovelace <ada@example.org>',
    });
    expect(licencesOf(packageFolders(root, ['bare']))).toMatchObject([
      { name: 'bare', text: expect.stringContaining('Copyright (c) Ada Lovelace\n') },
    ]);
  });

  test('a package that says nothing of its licence fails the build, by name', () => {
    const root = installed({ name: 'silent', version: '1.0.0' });
    expect(() => licencesOf(packageFolders(root, ['silent']))).toThrow(/silent .* does not say/);
  });
});

function installed(about: {
  readonly name: string;
  readonly version: string;
  license?: string;
  author?: string;
}): string {
  const root = temporaryFolder();
  const folder = join(root, 'node_modules', about.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(about));
  return root;
}
