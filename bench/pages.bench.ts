/**
 * How soon each room is drawn after the click that leads to it, in a real
 * Chromium on the large database; whether scrolling all customers ever blocks
 * the window, whether anything jumps, and how much script a first visit loads.
 */
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { ROOM_LIST, type RoomPath } from '../src/shared/contract/actions.ts';
import { rendererDir } from '../src/main/hosts/installation.ts';
import { firstFrameBytes } from '../test/e2e/support/first-script.ts';
import { dataset } from './dataset.ts';
import { build, launchBrowser, serve } from './support/served-program.ts';
import { count, ms, percentile, printTable, type Row } from './support/table.ts';

/** So many that the 95th percentile is not the slowest one of them. */
const ROUNDS = 24;
const TARGET_MS = 100;
const LONG_TASK_MS = 50;
const SCRIPT_TARGET_KB = 400;
/** Web Vitals call less than 0.1 good. https://web.dev/articles/cls */
const SHIFT_TARGET = 0.05;
const SCROLLS = 60;

export async function run(report: (line: string) => void): Promise<void> {
  build();
  const data = await dataset('ledger', report);
  const browser = await launchBrowser();
  const rows: Row[] = [];
  try {
    await serve(data.dataDir, async (address) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      const scripts = gzippedScripts(page);
      await page.goto(address);
      await page.waitForFunction(() => /\$\s?\d/.test(document.body.innerText));
      rows.push(...scriptRows(await scripts()));
      const busy = await busyTime(page);
      const times = new Map<RoomPath, Visit[]>();
      for (let round = 0; round <= ROUNDS; round++)
        for (const { path, title } of ROOM_LIST) {
          const before = await busy();
          const drawn = await clickToDrawn(page, path, title);
          times.set(path, [...(times.get(path) ?? []), { drawn, busy: (await busy()) - before }]);
        }
      for (const { path, title } of ROOM_LIST) rows.push(roomRow(title, times.get(path) ?? []));
      rows.push(await scrolling(page), await shifting(page));
      await page.close();
    });
  } finally {
    await browser.close();
    data.release();
  }
  printTable(rows, report);
  report('(the first visit of a room loads its script; it stands beside, and is no part of the rest)');
}

/** Milliseconds on the clock, and of the processor for the window: the second hardly depends on what else runs. */
interface Visit {
  readonly drawn: number;
  readonly busy: number;
}

function roomRow(title: string, [first, ...rest]: readonly Visit[]): Row {
  const drawn = (share: number): number =>
    percentile(
      rest.map((visit) => visit.drawn),
      share,
    );
  const busy = (share: number): number =>
    percentile(
      rest.map((visit) => visit.busy),
      share,
    );
  return {
    what: `${title}: click to drawn, p95 of ${rest.length}`,
    target: `< ${TARGET_MS} ms`,
    measured: `${ms(drawn(0.95))} (median ${ms(drawn(0.5))}, the first ${ms(first?.drawn ?? Number.NaN)}); processor ${ms(busy(0.95))} (median ${ms(busy(0.5))})`,
    met: drawn(0.95) < TARGET_MS,
  };
}

/** A way to ask for the processor's time of the window's thread so far, in milliseconds. */
async function busyTime(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  };
}

function scriptRows(ofPage: number): Row[] {
  const ofFrame = firstFrameBytes(rendererDir() ?? '');
  return [
    {
      what: 'script before the first frame, gzipped',
      target: `< ${SCRIPT_TARGET_KB} kB`,
      measured: `${count(ofFrame / 1_000)} kB`,
      met: ofFrame < SCRIPT_TARGET_KB * 1_000,
    },
    {
      what: 'script until the figures of the first page stand',
      target: `< ${SCRIPT_TARGET_KB} kB`,
      measured: `${count(ofPage / 1_000)} kB`,
      met: ofPage < SCRIPT_TARGET_KB * 1_000,
    },
  ];
}

/** Sums the scripts that are loaded from now until it is asked. */
function gzippedScripts(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  return async () => {
    const known = [...sizes];
    return (await Promise.all(known)).reduce((sum, size) => sum + size, 0);
  };
}

/**
 * Milliseconds from a click in the sidebar to the frame after the first one in which nothing of the room is still loading, and
 * no drawing in sight is waiting for its turn.
 */
async function clickToDrawn(page: Page, path: RoomPath, title: string): Promise<number> {
  return await page.evaluate(
    ([href, heading]) =>
      new Promise<number>((resolve, reject) => {
        const link = document.querySelector<HTMLAnchorElement>(`nav a[href="${href}"]`);
        if (!link) return reject(new Error(`There is no way to ${heading}`));
        const started = performance.now();
        const look = (): void => {
          const main = document.querySelector('main');
          const isThere = main?.querySelector('h1')?.textContent === heading;
          const loads = [...(main?.querySelectorAll('output') ?? [])].some(({ textContent }) =>
            textContent.startsWith('Loading'),
          );
          const waits = [...(main?.querySelectorAll('[aria-busy=true]') ?? [])].some(
            (part) => part.getBoundingClientRect().top < innerHeight,
          );
          if (isThere && !loads && !waits) {
            requestAnimationFrame(() => resolve(performance.now() - started));
            return;
          }
          if (performance.now() - started > 20_000) return reject(new Error(`${heading} is not drawn after 20 s`));
          requestAnimationFrame(look);
        };
        link.click();
        requestAnimationFrame(look);
      }),
    [path, title] as const,
  );
}

/** What the browser noted of a kind since a moment of the page's clock. */
async function noted(page: Page, type: 'longtask' | 'layout-shift', since: number): Promise<PerformanceEntryList> {
  return await page.evaluate(
    ([kind, from]) =>
      new Promise<PerformanceEntryList>((resolve) => {
        const entries: PerformanceEntryList = [];
        new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type: kind, buffered: true });
        // Buffered entries are handed over in a task of their own.
        setTimeout(
          () => resolve(entries.filter(({ startTime }) => startTime >= from).map((entry) => entry.toJSON())),
          100,
        );
      }),
    [type, since] as const,
  );
}

async function scrolling(page: Page): Promise<Row> {
  await clickToDrawn(page, '/customers', 'Customers');
  const since = await page.evaluate(() => performance.now());
  await page.getByRole('table').first().hover();
  for (let step = 0; step < SCROLLS; step++) await page.mouse.wheel(0, 4_000);
  await page.waitForTimeout(500);
  const longest = Math.max(0, ...(await noted(page, 'longtask', since)).map(({ duration }) => duration));
  return {
    what: `longest task while ${count(SCROLLS * 125)} of 100,000 customers are scrolled by`,
    target: `< ${LONG_TASK_MS} ms`,
    measured: longest === 0 ? `none over ${LONG_TASK_MS} ms` : ms(longest),
    met: longest < LONG_TASK_MS,
  };
}

const ShiftSchema = z.object({ value: z.number(), hadRecentInput: z.boolean() });

async function shifting(page: Page): Promise<Row> {
  const shifts = (await noted(page, 'layout-shift', 0)).map((entry) => ShiftSchema.parse(entry));
  const largest = Math.max(0, ...shifts.filter(({ hadRecentInput }) => !hadRecentInput).map(({ value }) => value));
  return {
    what: 'largest shift of the layout without a cause by the user',
    target: `< ${SHIFT_TARGET}`,
    measured: largest.toFixed(3),
    met: largest < SHIFT_TARGET,
  };
}
