import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { Response } from '@playwright/test';
import { rendererDir } from '../../src/main/hosts/installation.ts';
import { firstFrameBytes } from './support/first-script.ts';
import { drawn } from './support/pages.ts';
import { expect, test } from './support/test.ts';

const FIRST_FRAME_BYTES = 360_000;
/** With all that is drawn, and what comes beside it. */
const FIRST_PAGE_BYTES = 400_000;

test('the first frame needs little script, and the whole first page not much more', async ({ open, page }) => {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await open('/');
  await drawn(page);
  await expect(page.getByRole('figure', { name: /^MRR/ }).locator('svg').first()).toBeVisible();
  const bodies = await Promise.all(scripts.map((script) => script.body()));
  const ofPage = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  const ofFrame = firstFrameBytes(rendererDir() ?? '');
  expect(ofFrame, 'the walk over the built files finds the frame').toBeGreaterThan(100_000);
  expect(ofFrame, 'bytes gzipped before anything is drawn').toBeLessThan(FIRST_FRAME_BYTES);
  expect(ofPage, 'bytes gzipped until all of the first page is drawn').toBeGreaterThan(ofFrame);
  expect(ofPage, 'bytes gzipped until all of the first page is drawn').toBeLessThan(FIRST_PAGE_BYTES);
});

test('every page but the first has a script of its own', () => {
  const router = readFileSync(new URL('../../src/renderer/app/router.tsx', import.meta.url), 'utf8');
  const eager = [...router.matchAll(/from '(\.\.\/features\/[^']+)'/g)].map(([, path]) => path);
  expect(eager).toEqual(['../features/cockpit/page.tsx']);
});
