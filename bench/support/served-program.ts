/** `vario serve` as built, in a process of its own, on the large database. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser } from '@playwright/test';
import { PASSPHRASE } from '../dataset.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CLI = join(ROOT, 'out', 'main', 'cli.js');

export function build(): void {
  spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' });
}

/** The system's Chromium, or Playwright's own where there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  return await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox'],
  });
}

/** Starts the program, does something with its address, ends it. Milliseconds from its start. */
export async function serve(
  dataDir: string,
  use: (address: string, pid: number) => Promise<void>,
): Promise<{ readonly addressMs: number; readonly doneMs: number }> {
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

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const found = /http:\/\/127\.0\.0\.1:\d+\/[^"\s]*/.exec(line);
    if (found) return found[0];
  }
  throw new Error('vario serve ended without printing an address');
}
