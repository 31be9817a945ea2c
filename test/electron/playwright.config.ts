import { defineConfig } from '@playwright/test';

/** Runs the built app in the real Electron: `npm run build`, then `npx playwright test --config test/electron/playwright.config.ts`. */
export default defineConfig({ testDir: '.', testMatch: '*.spec.ts', workers: 1, timeout: 120_000, reporter: 'list' });
