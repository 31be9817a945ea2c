/** Gets a browser where there is none: for printing board packs, and for the tests that need a real one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findBrowser } from './find.ts';

export interface ProvideOptions {
  /** False: only say what is missing. */
  readonly install: boolean;
  /** Told in a line what is done, or what is missing. */
  readonly say: (line: string) => void;
}

/** How to get one by hand, for messages. */
export const HOW_TO_GET_A_BROWSER =
  'install Chrome or Chromium (Debian, Ubuntu: apt-get install chromium; elsewhere: https://www.google.com/chrome), or name one in VARIO_CHROMIUM';

interface Way {
  readonly title: string;
  readonly commands: readonly (readonly [command: string, ...args: string[]])[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Finds a browser, or gets one: as root on Debian from its packages, else by
 * Playwright's download.
 * @returns its path, or null when there is none; why has been said then.
 */
export async function provideBrowser({ install, say }: ProvideOptions): Promise<string | null> {
  const found = findBrowser();
  if (found !== null) return found;
  if (process.env['VARIO_CHROMIUM']) {
    say(`VARIO_CHROMIUM names ${process.env['VARIO_CHROMIUM']}, which is no program that can be run.`);
    return null;
  }
  if (!install) {
    say(
      `No Chrome or Chromium was found, and --no-install leaves it so: PDFs and browser tests need one. To get it, ${HOW_TO_GET_A_BROWSER}.`,
    );
    return null;
  }
  for (const way of ways()) {
    say(`No Chrome or Chromium was found: getting one by ${way.title} …`);
    const failure = await follow(way);
    const provided = failure === null ? findBrowser() : null;
    if (provided !== null) {
      say(`Got ${provided}.`);
      return provided;
    }
    say(`That did not work: ${failure ?? 'it ended well, but no browser is there'}.`);
  }
  say(`There is still no browser: ${HOW_TO_GET_A_BROWSER}.`);
  return null;
}

function ways(): Way[] {
  const found: Way[] = [];
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'))
    found.push({
      title: 'apt-get install chromium',
      commands: [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      ],
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    });
  const playwright = playwrightCli();
  if (playwright !== null)
    found.push({ title: 'Playwright’s download', commands: [[process.execPath, playwright, 'install', 'chromium']] });
  return found;
}

/** Playwright is there in a checkout; an installed Vario comes without it. */
function playwrightCli(): string | null {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** Runs the commands one after the other. @returns null, or the first failure in a few words. */
async function follow({ commands, env }: Way): Promise<string | null> {
  for (const [command, ...args] of commands) {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
    let last = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (last = text.trim().split('\n').at(-1) || last));
    const code = await Promise.race([
      once(child, 'close').then(([status]) => Number(status)),
      once(child, 'error').then(([error]) => String(error)),
    ]);
    if (code !== 0) return `${command} ended with ${code}${last === '' ? '' : ` (${last})`}`;
  }
  return null;
}
