/** Ten years of daily points in the gallery: drawing them, moving the crosshair over them, looking closer, the table. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { launchBrowser } from './support/served-program.ts';
import { ms, printTable, type Row } from './support/table.ts';

const GALLERY = 'http://gallery.invalid/';
const DRAWN_MS = 100;
/** A frame of sixty in a second, so that nothing drags behind the pointer. */
const FRAME_MS = 16.7;
const MOVES = 120;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export async function run(report: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vario-bench-gallery-'));
  const browser = await launchBrowser();
  try {
    await build({
      configFile: join(import.meta.dirname, '..', 'src', 'renderer', 'gallery', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await page.route(`${GALLERY}**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = join(folder, pathname === '/' ? 'index.html' : pathname);
      return route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'text/plain' });
    });
    await page.goto(`${GALLERY}?section=lines`);
    await page.locator('#huge svg[role=application]').first().waitFor();
    await page.locator('#huge').scrollIntoViewIfNeeded();
    printTable(await measured(page), report);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function measured(page: Page): Promise<Row[]> {
  const moves = await page.evaluate(moveCrosshair, MOVES);
  const sorted = moves.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const firstTable = await clicked(page, 'Show as table', '#huge table');
  await clicked(page, 'Show as chart', '#huge svg[role=application]');
  const toTable = await clicked(page, 'Show as table', '#huge table');
  const toChart = await clicked(page, 'Show as chart', '#huge svg[role=application]');
  return [
    row('3,650 points: from the click to the drawing on the screen', toChart, DRAWN_MS),
    row('3,650 points: from the click to the table on the screen', toTable, DRAWN_MS),
    { ...row('the same the first time, with the table’s script', firstTable, DRAWN_MS), target: '', met: null },
    row(`crosshair, work for one move of the pointer, median of ${MOVES}`, at(0.5), FRAME_MS),
    row(`crosshair, work for one move of the pointer, p95 of ${MOVES}`, at(0.95), FRAME_MS),
  ];
}

function row(what: string, value: number, target: number): Row {
  return { what, target: `< ${ms(target)}`, measured: ms(value), met: value < target };
}

/** In the page: hands moves to the drawing and waits each time until what they changed is laid out. Milliseconds each. */
async function moveCrosshair(count: number): Promise<number[]> {
  const drawing = document.querySelector('#huge svg[role=application]');
  if (drawing === null) throw new Error('The gallery shows no ten years');
  const box = drawing.getBoundingClientRect();
  const times: number[] = [];
  for (let move = 0; move < count; move++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const started = performance.now();
    drawing.dispatchEvent(
      new PointerEvent('pointermove', {
        bubbles: true,
        clientX: box.left + 60 + ((box.width - 80) * move) / count,
        clientY: box.top + box.height / 2,
      }),
    );
    // Moves are drawn in the next frame at the latest; a task after it, all is done.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const inFrame = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 0));
    void document.body.offsetHeight;
    times.push(performance.now() - inFrame + Math.max(0, inFrame - started - 1000 / 60));
  }
  return times;
}

/** Milliseconds from a press of the button to the frame after what it shows is there. */
async function clicked(page: Page, label: string, shown: string): Promise<number> {
  return await page.evaluate(
    async ([name, selector]) => {
      const button = document.querySelector<HTMLElement>(`#huge button[aria-label="${name}"]`);
      if (button === null) throw new Error(`The chart has no button “${name}”`);
      const started = performance.now();
      button.click();
      while (document.querySelector(selector) === null) await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      return performance.now() - started;
    },
    [label, shown] as const,
  );
}
