/**
 * `npm test`: everything. The checks, the build, then unit, property, golden,
 * contract, crash and security tests, and the end-to-end tests in a real
 * Chromium, which is provided where none is found (`--no-install`: it only
 * says what is missing, and the end-to-end tests fail).
 */
import { provideBrowser } from '../src/main/hosts/headless/browser/provide.ts';
import { runInForeground, type Step } from './steps.ts';

const browser = await provideBrowser({
  install: !process.argv.includes('--no-install'),
  say: (line) => console.log(line),
});
if (browser) process.env['VARIO_CHROMIUM'] = browser;

const STAGES: readonly Step[] = [
  { name: 'checks', command: 'node', args: ['scripts/check.ts'] },
  { name: 'build', command: 'electron-vite', args: ['build', '--logLevel', 'warn'] },
  { name: 'tests', command: 'vitest', args: ['run'] },
  {
    name: 'pictures of the gallery',
    command: 'playwright',
    args: ['test', '--config', 'test/visual/playwright.config.ts'],
  },
  { name: 'end-to-end tests', command: 'playwright', args: ['test', '--config', 'test/e2e/playwright.config.ts'] },
];

const failed: string[] = [];
for (const stage of STAGES) {
  console.log(`\n— ${stage.name}`);
  if ((await runInForeground(stage)) !== 0) failed.push(stage.name);
}
console.log(failed.length === 0 ? '\nAll stages passed.' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
