/**
 * Pictures of every page of the demo company, in three sizes and two themes, into docs/screens with an index:
 * `npm run screenshots`; words behind it name pages to take alone (`npm run screenshots -- costs settings`). Needs a
 * build and a Chromium. What a page's console says on the way fails it.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { drawn } from '../test/e2e/support/pages.ts';
import { startDemo } from './screens/demo.ts';
import { indexText } from './screens/index-text.ts';
import { THEMES, whatIsShown, type Shown } from './screens/names.ts';
import { toWebp } from './screens/webp.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const screens = join(root, 'docs/screens');
const LARGEST_TOTAL = 15_000_000;

const wanted = process.argv.slice(2);
const shown = whatIsShown().filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

async function take(
  page: Page,
  encoder: Page,
  origin: string,
  { name, address, ready, sizes }: Shown,
): Promise<number> {
  let bytes = 0;
  for (const { name: size, width, height } of sizes) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(origin + address);
    if (ready !== null) await ready(page).waitFor({ timeout: 20_000 });
    await drawn(page);
    await page.mouse.move(0, 0);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const webp = await toWebp(encoder, await page.screenshot());
      writeFileSync(join(screens, `${name}-${size}-${colorScheme}.webp`), webp);
      bytes += webp.length;
    }
  }
  console.log(`${name} ${Math.round(bytes / 1_000)} kB`);
  return bytes;
}

mkdirSync(screens, { recursive: true });
if (wanted.length === 0) for (const file of readdirSync(screens)) rmSync(join(screens, file));
const demo = await startDemo(root);
const browser = await chromium.launch({
  executablePath: process.env['VARIO_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const complaints: string[] = [];
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  const encoder = await browser.newPage();
  await page.goto(demo.address);
  await page.getByRole('heading', { name: 'Cockpit' }).waitFor();
  let bytes = 0;
  for (const what of shown)
    try {
      bytes += await take(page, encoder, new URL(demo.address).origin, what);
    } catch (error) {
      // The others are worth looking at all the same; it fails at the end.
      complaints.push(
        `${what.address}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
      );
    }
  writeFileSync(join(screens, 'README.md'), indexText(whatIsShown()));
  console.log(`${Math.round(bytes / 1_000)} kB in all`);
  if (bytes > LARGEST_TOTAL) throw new Error(`The pictures have ${bytes} bytes, more than ${LARGEST_TOTAL}`);
  if (complaints.length > 0) throw new Error(`The pages complained:\n${complaints.join('\n')}`);
} finally {
  await browser.close();
  await demo.end();
}
