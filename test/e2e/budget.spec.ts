import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rendererDir } from '../../src/main/hosts/installation.ts';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const FIRST_FRAME_KB = 360;
const FIRST_PAGE_KB = 430;

const gzippedKb = (bytes: Buffer): number => gzipSync(bytes).length / 1_000;

/** The scripts that a script cannot run without, by the static imports of the built files. */
function needs(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    needs(join(file, '..', name), known);
  return known;
}

test('the first frame needs little script, and the first page not much more', async ({ open, page }) => {
  const loaded: Promise<readonly [string, Buffer]>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      loaded.push(response.body().then((body) => [new URL(response.url()).pathname, body] as const));
  });
  await open('/');
  await drawn(page);
  await expect(page.getByRole('figure', { name: /^MRR/ }).locator('svg').first()).toBeVisible();
  const scripts = await Promise.all(loaded);
  const ofPage = scripts.reduce((sum, [, body]) => sum + gzippedKb(body), 0);
  const files = join(rendererDir() ?? '', 'assets');
  const start = scripts.map(([path]) => path).find((path) => /\/start-app-[^/]+\.js$/.test(path)) ?? '';
  const ofFrame = [...needs(join(files, start.replace(/^.*\//, '')))].reduce(
    (sum, file) => sum + gzippedKb(readFileSync(file)),
    0,
  );
  expect(ofFrame, 'kB gzipped before anything is drawn').toBeGreaterThan(100);
  expect(ofFrame, 'kB gzipped before anything is drawn').toBeLessThan(FIRST_FRAME_KB);
  expect(ofPage, 'kB gzipped until all of the first page is drawn').toBeLessThan(FIRST_PAGE_KB);
});

test('every page has a script of its own', () => {
  const router = readFileSync(new URL('../../src/renderer/app/router.tsx', import.meta.url), 'utf8');
  const eager = [...router.matchAll(/from '(\.\.\/features\/[^']+)'/g)].map(([, path]) => path);
  expect(eager).toEqual(['../features/cockpit/page.tsx']);
});
