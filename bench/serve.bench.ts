/**
 * How soon `vario serve` is usable on the large database: from the start of
 * the process to the first figures answered over the WebSocket, and to the
 * first figure drawn in a Chromium that is open already.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from '@playwright/test';
import { addDays, dayAt, timeZone } from '../src/shared/kernel/day.ts';
import { systemClock } from '../src/main/engine/runtime/index.ts';
import { dataset, PASSPHRASE } from './dataset.ts';
import { signIn } from './support/browser-client.ts';
import { cockpitCalls } from './support/cockpit-calls.ts';
import { count, ms, percentile, printTable } from './support/table.ts';

const ROUNDS = 5;
const ROOT = join(import.meta.dirname, '..');
const CLI = join(ROOT, 'out', 'main', 'cli.js');

export async function run(report: (line: string) => void): Promise<void> {
  spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
  const data = await dataset('ledger', report);
  const today = dayAt(systemClock.now(), timeZone('Europe/Berlin'));
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox'],
  });
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
          await Promise.all(Object.values(cockpitCalls(client, addDays(today, -day), today)).map((call) => call()));
        memory.push(peakMb(pid));
        close();
      });
      addressed.push(first.addressMs);
      answered.push(first.doneMs);
      drawn.push((await serve(data.dataDir, (address) => drawFirstFigure(browser, address))).doneMs);
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

/** Starts the program, does something with its address, ends it. */
async function serve(dataDir: string, use: (address: string, pid: number) => Promise<void>) {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, 'serve', '--no-open', '--json', '--data-dir', dataDir], {
    env: { ...process.env, VARIO_PASSPHRASE: PASSPHRASE },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const address = await addressOf(child.stdout);
    const addressMs = performance.now() - started;
    await use(address, child.pid ?? 0);
    return { addressMs, doneMs: performance.now() - started };
  } finally {
    child.kill('SIGINT');
    await exit;
  }
}

/** The largest resident size of a process so far; known on Linux only. https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakMb(pid: number): number {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file) ? /VmHWM:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return kilobytes === undefined ? Number.NaN : Number(kilobytes) / 1_024;
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const found = /http:\/\/127\.0\.0\.1:\d+\/[^"\s]*/.exec(line);
    if (found) return found[0];
  }
  throw new Error('vario serve ended without printing an address');
}

async function drawFirstFigure(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => /\$\s?\d/.test(document.body.innerText), undefined, { polling: 'raf' });
  await context.close();
}
