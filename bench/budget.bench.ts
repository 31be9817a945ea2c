/**
 * What each page costs when it is opened cold, as Lighthouse would measure it, on the large database: paints, blocking
 * time, shift of the layout, bytes, requests, size of the document, memory. Against stated budgets.
 */
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { routeAddresses } from '../test/e2e/support/pages.ts';
import { dataset } from './dataset.ts';
import { paintsOf } from './support/paints.ts';
import { build, launchBrowser, serve } from './support/served-program.ts';
import { count } from './support/table.ts';

interface Cost {
  readonly fcp: number;
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  readonly script: number;
  readonly style: number;
  readonly requests: number;
  readonly nodes: number;
  readonly heap: number;
}

interface Budget {
  readonly title: string;
  readonly most: number;
  readonly text: (value: number) => string;
}

const kb = (bytes: number): string => `${count(bytes / 1_000)} kB`;
const ms = (value: number): string => `${count(value)} ms`;

/**
 * Web Vitals call 1,800 ms, 2,500 ms, 200 ms and 0.1 good, over a network: https://web.dev/articles/vitals. The script is
 * what an initial page may load, and holds for every page with all that comes beside it.
 */
const BUDGETS: Readonly<Record<keyof Cost, Budget>> = {
  fcp: { title: 'first paint', most: 1_000, text: ms },
  lcp: { title: 'largest paint', most: 2_500, text: ms },
  tbt: { title: 'blocked', most: 200, text: ms },
  cls: { title: 'shift', most: 0.05, text: (value) => value.toFixed(3) },
  script: { title: 'script', most: 400_000, text: kb },
  style: { title: 'style', most: 20_000, text: kb },
  requests: { title: 'requests', most: 100, text: count },
  nodes: { title: 'nodes', most: 3_000, text: count },
  heap: { title: 'memory', most: 40_000_000, text: (bytes) => `${count(bytes / 1_000_000)} MB` },
};
const COLUMNS: readonly (keyof Cost)[] = ['fcp', 'lcp', 'tbt', 'cls', 'script', 'style', 'requests', 'nodes', 'heap'];

export async function run(report: (line: string) => void): Promise<void> {
  build();
  const data = await dataset('ledger', report);
  const browser = await launchBrowser();
  try {
    await serve(data.dataDir, async (address) => {
      const context = await signedIn(browser, address);
      report(`| page | ${COLUMNS.map((column) => BUDGETS[column].title).join(' | ')} |`);
      report(`|---|${COLUMNS.map(() => '---|').join('')}`);
      report(`| budget | ${COLUMNS.map((column) => `≤ ${BUDGETS[column].text(BUDGETS[column].most)}`).join(' | ')} |`);
      for (const path of routeAddresses()) {
        const cost = await costOf(context, new URL(address).origin + path);
        report(`| \`${path}\` | ${COLUMNS.map((column) => cell(BUDGETS[column], cost[column])).join(' | ')} |`);
      }
      await context.close();
    });
  } finally {
    await browser.close();
    data.release();
  }
  report('(bold: over its budget; script and style gzipped; each page in a window of its own, nothing cached)');
}

function cell({ most, text }: Budget, value: number): string {
  return value > most ? `**${text(value)}**` : text(value);
}

async function signedIn(browser: Browser, address: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.close();
  return context;
}

async function costOf(context: BrowserContext, address: string): Promise<Cost> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const loaded = bytesOf(page);
  await page.goto(address);
  await settled(page);
  const paints = await paintsOf(page);
  const { script, style, requests } = await loaded();
  const cost = { ...paints, script, style, requests, ...(await memoryOf(page, devtools)) };
  await page.close();
  return cost;
}

const SETTLES_WITHIN_MS = 30_000;

/** Nothing is loading or waiting to be drawn, for a quarter of a second. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached', timeout: SETTLES_WITHIN_MS });
  await page.waitForFunction(
    () => {
      const busy =
        document.querySelector('main [aria-busy=true]') !== null ||
        [...document.querySelectorAll('main output')].some(({ textContent }) => textContent.startsWith('Loading'));
      const since = Number(document.documentElement.dataset['quietSince'] ?? Number.NaN);
      if (busy) delete document.documentElement.dataset['quietSince'];
      else if (Number.isNaN(since)) document.documentElement.dataset['quietSince'] = String(performance.now());
      return !busy && performance.now() - since > 250;
    },
    undefined,
    { timeout: SETTLES_WITHIN_MS },
  );
}

/** Sums what is loaded from now until it is asked. */
function bytesOf(page: Page): () => Promise<Pick<Cost, 'script' | 'style' | 'requests'>> {
  const bodies: Promise<{ readonly type: string; readonly bytes: number }>[] = [];
  page.on('response', (response) => {
    const type = response.request().resourceType();
    const weighed = type === 'script' || type === 'stylesheet';
    bodies.push(
      weighed
        ? response.body().then((body) => ({ type, bytes: gzipSync(body).length }))
        : Promise.resolve({ type, bytes: 0 }),
    );
  });
  return async () => {
    const all = await Promise.all(bodies);
    const sum = (wanted: string): number =>
      all.reduce((total, { type, bytes }) => total + (type === wanted ? bytes : 0), 0);
    return { script: sum('script'), style: sum('stylesheet'), requests: all.length };
  };
}

async function memoryOf(page: Page, devtools: CDPSession): Promise<Pick<Cost, 'nodes' | 'heap'>> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return { nodes: await page.locator('*').count(), heap: usedSize };
}
