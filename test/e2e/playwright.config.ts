/** End to end: the built renderer in a real Chromium, over the real host, engine and connectors. */
import { defineConfig } from '@playwright/test';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './support/require-build.ts',
  outputDir: '../../test-results',
  workers: 2,
  // A second try tells a fault of the moment (printed as «flaky») from one of the program.
  retries: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env['VARIO_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [...(root ? ['--no-sandbox'] : []), '--disable-gpu'],
    },
  },
});
