/** Looks for a Chrome or Chromium on this computer. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Brave Browser.app/Contents/MacOS/Brave Browser',
];

const WINDOWS_APPS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Inside one version's folder of Playwright's cache: the layouts of the last years, newest first. */
const PLAYWRIGHT_BINARIES = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

/**
 * The path of a browser that can print: `VARIO_CHROMIUM`, the computer's own,
 * or the one that Playwright downloaded; null where there is none.
 */
export function findBrowser(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const named = env['VARIO_CHROMIUM'];
  if (named !== undefined && named !== '') return isRunnable(named) ? named : null;
  const candidates = [...installed(env, platform), ...downloadedByPlaywright(env, platform)];
  return candidates.find(isRunnable) ?? null;
}

function installed(env: Environment, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin')
    return ['/Applications', join(homedir(), 'Applications')].flatMap((dir) => MAC_APPS.map((app) => join(dir, app)));
  if (platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
      WINDOWS_APPS.flatMap((app) => (env[name] === undefined ? [] : [join(env[name], app)])),
    );
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir.startsWith('/'));
  return ON_PATH.flatMap((name) => dirs.map((dir) => join(dir, name)));
}

function downloadedByPlaywright(env: Environment, platform: NodeJS.Platform): string[] {
  const cache = playwrightCache(env, platform);
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return versions.flatMap((version) => PLAYWRIGHT_BINARIES.map((binary) => join(cache, version, binary)));
}

/** https://playwright.dev/docs/browsers#managing-browser-binaries */
function playwrightCache(env: Environment, platform: NodeJS.Platform): string {
  const named = env['PLAYWRIGHT_BROWSERS_PATH'];
  if (named !== undefined && named !== '' && named !== '0') return named;
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ms-playwright');
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ms-playwright');
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ms-playwright');
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
