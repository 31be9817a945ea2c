/**
 * `npm start`: the desktop app. Electron's binary comes on the first start;
 * where it can't be had, or nobody could see a window, one line says so and
 * the cockpit is served to the browser. Arguments go on to either.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { electronBinary, hasDisplay } from '../src/main/hosts/headless/open-window.ts';

const DOWNLOAD_MS = 180_000;

const root = fileURLToPath(new URL('../', import.meta.url));
const forwarded = process.argv.slice(2);

/** Runs Electron's own installer, which checks what it fetched against its checksums. */
async function fetchElectron(): Promise<string | null> {
  const installer = createRequire(import.meta.url).resolve('electron/install.js');
  const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_MS });
  await once(child, 'close');
  return electronBinary();
}

async function run(command: string, args: readonly string[]): Promise<never> {
  const child = spawn(command, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'close')) as [number | null];
  process.exit(code ?? 1);
}

function serve(why: string): Promise<never> {
  console.log(`${why}, so the cockpit is served to the browser.`);
  return run(process.execPath, [`${root}out/main/cli.js`, 'serve', ...forwarded]);
}

if (!hasDisplay(process.env)) await serve('There is no display for a window');
const electron = electronBinary() ?? (await fetchElectron());
if (electron === null) await serve('Electron’s binary can’t be had here');
else await run(electron, [root, ...forwarded]);
