/**
 * Begins a source: `npm run new:source acme-crm "Acme CRM" crm` writes its folder, its line in the registry, its fixture
 * for the conformance suite and its first test. What is written compiles; the tests are red until it is filled in.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { skeleton, type SourceName } from './source-skeleton.ts';

const FAMILIES = ['billing', 'crm', 'analytics', 'support', 'files', 'rates'];

const REGISTRY = 'src/main/engine/sources/registry.ts';
const FIXTURES = 'test/conformance/vendor-fixture.ts';

/**
 * @param root the repository. @returns the files that were written or changed.
 * @throws Error in a sentence for a name that cannot be one, or that is taken; then nothing was written.
 */
export function newSource(root: string, words: { vendor: string; title?: string; family?: string }): string[] {
  const name = named(words);
  const files = skeleton(name);
  const taken = Object.keys(files).find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Error(`There is a ${taken} already: choose another name than “${name.vendor}”`);
  const changed = {
    [REGISTRY]: listedIn(read(root, REGISTRY), {
      entry: `${name.camel}Source`,
      list: 'export const SOURCES',
      from: `./${name.vendor}/index.ts`,
    }),
    [FIXTURES]: listedIn(read(root, FIXTURES), {
      entry: `${name.camel}Fixture`,
      list: 'export const FIXTURES',
      from: `../support/${name.vendor}/fixture.ts`,
    }),
  };
  for (const [path, text] of Object.entries({ ...files, ...changed })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return [...Object.keys(files), ...Object.keys(changed)];
}

function named({ vendor, title, family = 'crm' }: { vendor: string; title?: string; family?: string }): SourceName {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(vendor))
    throw new Error(`“${vendor}” is no name for a folder: small letters, digits and single hyphens, as in acme-crm`);
  if (!FAMILIES.includes(family)) throw new Error(`“${family}” is no family of sources: ${FAMILIES.join(', ')}`);
  const parts = vendor.split('-');
  const called = title ?? parts.map(capital).join(' ');
  if (!/^[\p{L}\p{N} .&-]+$/u.test(called)) throw new Error(`“${called}” cannot stand in code as a title`);
  const camel = parts.map((part, index) => (index === 0 ? part : capital(part))).join('');
  return { vendor, title: called, camel, family };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Adds an import after the last one, and an entry at the beginning of a list on several lines. */
function listedIn(text: string, { entry, list, from }: { entry: string; list: string; from: string }): string {
  const start = text.indexOf(list);
  const lastImport = text.lastIndexOf('\nimport ', start);
  const opening = /= \[\n?/.exec(text.slice(Math.max(0, start)));
  if (start < 0 || lastImport < 0 || opening === null) throw new Error(`The list ${list} was not found`);
  const afterImports = text.indexOf(';\n', lastImport) + 2;
  const inside = start + opening.index + opening[0].length;
  const separator = opening[0].endsWith('\n') ? `  ${entry},\n` : `${entry}, `;
  return [
    text.slice(0, afterImports),
    `import { ${entry} } from '${from}';\n`,
    text.slice(afterImports, inside),
    separator,
    text.slice(inside),
  ].join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [vendor, title, family] = process.argv.slice(2);
  if (vendor === undefined) {
    console.error('Say which: npm run new:source <vendor> ["Title"] [billing|crm|analytics|support|files|rates]');
    process.exitCode = 1;
  } else {
    try {
      const root = fileURLToPath(new URL('../', import.meta.url));
      const written = newSource(root, {
        vendor,
        ...(title !== undefined && { title }),
        ...(family !== undefined && { family }),
      });
      console.log(`Written:\n${written.map((path) => `  ${path}`).join('\n')}`);
      console.log('Fill it in by docs/recipes/add-a-source.md; npm run format puts the lists in order.');
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  }
}
