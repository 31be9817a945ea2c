/**
 * Pictures of every page of the demo company for docs/screens: `npm run screenshots`.
 * Light at 1440 × 900, the cockpit also dark; with `--all` every page in both, also at 1024 × 700. Needs a build and
 * a Chromium.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';

const root = fileURLToPath(new URL('../', import.meta.url));
const screens = join(root, 'docs/screens');
const LARGEST_BYTES = 300_000;

const PAGES: readonly (readonly [name: string, path: string, sign: string])[] = [
  ['cockpit', '/', 'Closing'],
  ['why', '/?why=mrr', 'All rows as CSV'],
  ['how', '/?how=nrr', 'Formula'],
  ['revenue', '/revenue', 'Ending in three months'],
  ['revenue-breakdown', '/revenue?part=breakdown', 'All others'],
  ['revenue-cash', '/revenue?part=cash', 'Won back'],
  ['discount-cliffs', '/discounts', 'Kept the new price'],
  ['retention', '/retention', 'Still paying'],
  ['customers', '/customers', 'Enterprise'],
  ['usage', '/usage', 'Near a limit'],
  ['usage-mapping', '/usage/mapping', 'What plans include'],
  ['costs', '/costs', 'Total in USD'],
  ['support', '/support', 'Over 30 days'],
  ['alerts', '/alerts', 'Next:'],
  ['alert-rules', '/alerts?view=rules', 'Threshold in percent'],
  ['reconciliation', '/reconciliation', 'Rule by rule'],
  ['closed-months', '/reconciliation?tab=months', 'Sorrel Grid'],
  ['reports', '/reports', 'ARR stood at'],
  ['sources', '/sources', 'Next sync'],
  ['matching', '/matching?view=linked', 'Unlink'],
  ['settings', '/settings', 'Save company'],
];

const all = process.argv.includes('--all');

const SIZES = all
  ? [
      { width: 1440, height: 900, suffix: '' },
      { width: 1024, height: 700, suffix: '-1024' },
    ]
  : [{ width: 1440, height: 900, suffix: '' }];

/** Starts the demo and gives the address that it prints, and the way to end it. */
async function startDemo(): Promise<{ address: string; end: () => Promise<void> }> {
  const cli = join(root, 'out/main/cli.js');
  const demo = spawn(process.execPath, [cli, 'demo', '--no-open', '--no-install'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: demo.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*#token=\S+/.exec(line)?.[0];
    if (address === undefined) continue;
    const end = async (): Promise<void> => {
      const gone = once(demo, 'exit');
      demo.kill('SIGINT');
      await gone;
    };
    return { address, end };
  }
  throw new Error('The demo ended before it printed an address');
}

/** The path of the customer who pays most. */
async function largestCustomer(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/customers`);
  const path = await page.getByRole('table', { name: 'Customers' }).getByRole('link').first().getAttribute('href');
  if (path === null) throw new Error('The demo has no customers');
  return path;
}

async function takeAll(page: Page, origin: string): Promise<void> {
  const pages = [...PAGES, ['customer', await largestCustomer(page, origin), 'Timeline'] as const];
  for (const { width, height, suffix } of SIZES) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const [name, path, sign] of pages) {
        if (!all && colorScheme === 'dark' && name !== 'cockpit') continue;
        await page.goto(origin + path);
        await page.getByText(sign).first().waitFor();
        await page.evaluate('document.fonts.ready.then(() => true)');
        await page.mouse.move(0, 0);
        const file = join(screens, `${name}-${colorScheme}${suffix}.png`);
        await page.screenshot({ path: file });
        const { size } = statSync(file);
        if (size > LARGEST_BYTES) throw new Error(`${file} has ${size} bytes, more than ${LARGEST_BYTES}`);
        console.log(`${file} ${Math.round(size / 1_000)} kB`);
      }
    }
  }
}

mkdirSync(screens, { recursive: true });
const demo = await startDemo();
const browser = await chromium.launch({
  executablePath: process.env['VARIO_CHROMIUM'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ locale: 'en-US', timezoneId: 'UTC' });
  await page.goto(demo.address);
  await page.getByRole('heading', { name: 'Cockpit' }).waitFor();
  await takeAll(page, new URL(demo.address).origin);
} finally {
  await browser.close();
  await demo.end();
}
