/**
 * Pictures of the gallery, compared with those in `pictures/`: a changed colour, a moved label or a part that is gone
 * fails. `npm run gallery:accept` takes them anew; whoever does looks at each that changed (`git diff --stat`).
 *
 * What counts as different was tried out: `tolerance.md` says what was planted, and what else a browser may do.
 */
import { defineConfig } from '@playwright/test';

/** Glyphs as the font has them, whatever the desktop's settings wish. */
const SAME_EVERYWHERE = ['--force-color-profile=srgb', '--font-render-hinting=none', '--disable-lcd-text'];

const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/visual',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  // A picture that is missing is a failure, and never made by a run that only compares.
  updateSnapshots: 'none',
  expect: {
    toHaveScreenshot: { animations: 'disabled', caret: 'hide', scale: 'css', threshold: 0.1, maxDiffPixels: 60 },
  },
  reporter: [['list']],
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1080, height: 720 },
    deviceScaleFactor: 1,
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env['VARIO_CHROMIUM'] ?? '/usr/bin/chromium',
      args: [...(root ? ['--no-sandbox'] : []), '--disable-gpu', ...SAME_EVERYWHERE, ...extra()],
    },
  },
});

/** Further switches of Chromium, to see what other smoothing of glyphs does: `VARIO_CHROMIUM_ARGS`. */
function extra(): string[] {
  return (process.env['VARIO_CHROMIUM_ARGS'] ?? '').split(' ').filter((arg) => arg !== '');
}
