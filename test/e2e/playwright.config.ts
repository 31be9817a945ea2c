/** End to end: the built renderer in a real Chromium, over the real host, engine and connectors. */
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './support/prepare-run.ts',
  outputDir: '../../test-results',
  // Each has a browser, a program with its threads and the tests themselves: a core less than there are keeps them from
  // waiting for one another.
  workers: Math.max(2, availableParallelism() - 1),
  // A second try tells a fault of the moment (printed as «flaky») from one of the program.
  retries: 1,
  fullyParallel: false,
  // For a busy machine: who waits in vain waits long, all else goes on as soon as it can.
  timeout: 120_000,
  expect: { timeout: 30_000 },
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
