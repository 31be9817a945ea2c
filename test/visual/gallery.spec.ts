import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { build } from 'vite';
import { collectComplaints } from '../e2e/support/complaints.ts';

/** The sections by name, as the gallery declares them. */
function sectionsOf(list: 'ROOMS' | 'SCENES'): string[] {
  const text = readFileSync(new URL('../../src/renderer/gallery/sections.ts', import.meta.url), 'utf8');
  const body = new RegExp(`const ${list}[^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return [...body.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, name = '']) => name);
}

const ROOMS = sectionsOf('ROOMS');
/** The list of all keys grows with the program, and other tests hold it. */
const NOT_PICTURED = ['shortcuts'];

const SCENES = sectionsOf('SCENES').filter((scene) => !NOT_PICTURED.includes(scene));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** The gallery behind an address of its own, without a port. */
const GALLERY = 'http://gallery.invalid/';

interface WorkerFixtures {
  /** The folder of the gallery, built from the working tree. */
  gallery: string;
}

const test = base.extend<{ show: (section: string, side: Side) => Promise<void> }, WorkerFixtures>({
  gallery: [
    async ({ browserName: _ }, use) => {
      const outDir = mkdtempSync(join(tmpdir(), 'vario-gallery-'));
      const configFile = fileURLToPath(new URL('../../src/renderer/gallery/vite.config.ts', import.meta.url));
      await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
      await use(outDir);
      rmSync(outDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
  show: async ({ context, page, gallery }, use) => {
    const complaints: string[] = [];
    await collectComplaints(context, complaints);
    await page.clock.setFixedTime('2026-11-21T09:00:00Z');
    await page.route(`${GALLERY}**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = join(gallery, pathname === '/' ? 'index.html' : pathname);
      return route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'text/plain' });
    });
    await use(async (section, side) => {
      await page.goto(`${GALLERY}?still=yes&section=${section}&${side}`);
      await expect(page.locator('body[data-ready]')).toBeAttached();
      await expect(page.locator('figure [aria-busy=true]')).toHaveCount(0);
    });
    expect(complaints, 'the gallery complained').toEqual([]);
  },
});

type Side = 'theme=light' | 'theme=dark' | 'theme=light&contrast=more' | 'theme=dark&contrast=more';

const SIDES = [
  ['light', 'theme=light'],
  ['dark', 'theme=dark'],
] as const;

/** Rooms in which more contrast changes what is seen most. */
const MORE = ['tokens', 'controls', 'shapes'];

/**
 * A token is an even field of some 5,000 pixels, alike in every Chromium: two steps of one channel count. Its name below
 * may be smoothed otherwise.
 */
const STRICTNESS: Readonly<Record<string, { readonly threshold: number; readonly maxDiffPixels: number }>> = {
  tokens: { threshold: 0.01, maxDiffPixels: 2_500 },
};

/** What a person does to see the part of a scene that opens. */
const OPENED: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  menu: async (page) => {
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
  },
  tooltip: async (page) => {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('tooltip')).toBeVisible();
  },
};

test('every section is known', () => {
  expect(ROOMS.length).toBeGreaterThan(6);
  expect(SCENES.length).toBeGreaterThan(6);
});

for (const [name, side] of SIDES) {
  for (const room of ROOMS)
    test(`${room}, ${name}`, async ({ page, show }) => {
      await show(room, side);
      await expect(page.locator('main')).toHaveScreenshot(`${room}-${name}.png`, STRICTNESS[room]);
    });

  for (const scene of SCENES)
    test(`${scene}, ${name}`, async ({ page, show }) => {
      await show(scene, side);
      await OPENED[scene]?.(page);
      await expect(page).toHaveScreenshot(`${scene}-${name}.png`);
    });
}

for (const room of MORE)
  test(`${room}, more contrast`, async ({ page, show }) => {
    await show(room, 'theme=light&contrast=more');
    await expect(page.locator('main')).toHaveScreenshot(`${room}-more.png`, STRICTNESS[room]);
  });

test('a scatter plot is walked through by keys, and says where it is', async ({ page, show }) => {
  await show('shapes', 'theme=light');
  const plot = page.getByRole('application', { name: /^80 customers/ });
  const said = page.getByRole('figure', { name: 'Customers by MRR and tenure' }).locator('output').last();
  await plot.focus();
  await page.keyboard.press('Home');
  await expect(said).toHaveText(/^Customer \d+: Months as a customer 0/);
  const first = await said.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(said).not.toHaveText(first ?? '');
  await page.keyboard.press('End');
  await expect(said).toHaveText(/Months as a customer 4\d/);
  await page.keyboard.press('Escape');
  await expect(said).toBeEmpty();
});
