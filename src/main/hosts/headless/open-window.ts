/** Shows the cockpit: in the desktop app where Electron is there, else in the default browser. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import open from 'open';
import { ROOT_DIR } from '../installation.ts';
import type { Environment } from './invocation.ts';

/** False on a server: nobody could see a window. */
export function hasDisplay(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  return Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** The Electron binary, if it was downloaded; asking the `electron` package itself would start a download. */
export function electronBinary(): string | null {
  let dir: string;
  try {
    dir = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
  const pathFile = join(dir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(dir, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Opens an address in the default browser. @returns null, or in a few words why that failed. */
export async function openInBrowser(address: string): Promise<string | null> {
  try {
    const child = await open(address);
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('spawn', () => resolve(null));
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Starts the desktop app on the demo company. It has an engine and a throw-away key of its own. */
export function openDesktopDemo(electron: string): void {
  spawn(electron, [ROOT_DIR, '--demo'], { detached: true, stdio: 'ignore' }).unref();
}
