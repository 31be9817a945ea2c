/**
 * How soon `vario serve` is usable on the large database: from the start of
 * the process to the first figures answered over the WebSocket, and to the
 * first figure drawn in a Chromium that is open already.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addDays, dayAt, timeZone } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { dataset } from './dataset.ts';
import { signIn } from './support/browser-client.ts';
import { cockpitCalls } from './support/cockpit-calls.ts';
import { build, launchBrowser, serve } from './support/served-program.ts';
import { count, ms, percentile, printTable } from './support/table.ts';

const ROUNDS = 5;

export async function run(report: (line: string) => void): Promise<void> {
  build();
  const data = await dataset('ledger', report);
  const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
  const browser = await launchBrowser();
  const addressed: number[] = [];
  const answered: number[] = [];
  const drawn: number[] = [];
  const memory: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const first = await serve(data.dataDir, async (address) => {
        const { client, close } = await signIn(address);
        await client.metrics.snapshot({ asOf: today });
        close();
      });
      await serve(data.dataDir, async (address, pid) => {
        const { client, close } = await signIn(address);
        for (let day = 0; day < 30; day++)
          await Promise.all(Object.values(cockpitCalls(client, addDays(today, -day))).map((call) => call()));
        memory.push(peakMb(pid));
        close();
      });
      addressed.push(first.addressMs);
      answered.push(first.doneMs);
      const context = await browser.newContext();
      const page = await context.newPage();
      drawn.push((await serve(data.dataDir, (address) => drawFirstFigure(page, address))).doneMs);
      await context.close();
    }
  } finally {
    await browser.close();
    data.release();
  }
  printTable(
    [
      {
        what: 'start of the process → its address is printed',
        target: '',
        measured: ms(percentile(addressed, 0.5)),
        met: null,
      },
      {
        what: '→ first snapshot answered over the WebSocket',
        target: '< 1500 ms',
        measured: ms(percentile(answered, 0.5)),
        met: percentile(answered, 0.5) < 1_500,
      },
      {
        what: '→ first figure drawn in Chromium',
        target: '< 1500 ms',
        measured: ms(percentile(drawn, 0.5)),
        met: percentile(drawn, 0.5) < 1_500,
      },
      {
        what: 'memory of the process after thirty days of the cockpit, peak (RSS)',
        target: '< 500 MB',
        measured: `${count(Math.max(...memory))} MB`,
        met: Math.max(...memory) < 500,
      },
    ],
    report,
  );
  report(`(medians of ${ROUNDS}; unlocking derives the key from the passphrase by scrypt, on purpose slowly)`);
}

/** The largest resident size of a process so far; known on Linux only. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakMb(pid: number): number {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file) ? /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1_024;
}

/** In a window that is open and empty, as it is for whoever has the browser open; nothing of the page is cached. */
async function drawFirstFigure(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => /\$\s?\d/.test(document.body.innerText), undefined, { polling: 'raf' });
}
