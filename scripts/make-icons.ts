/** Draws the icons of the desktop app from build/*.svg into build/icons, with Chromium; run after changing one. */
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from '../src/main/hosts/headless/browser/find.ts';

const ICONS = [
  { source: 'icon.svg', file: 'icon.png', size: 1_024 },
  { source: 'tray.svg', file: 'tray.png', size: 32 },
  { source: 'tray-template.svg', file: 'trayTemplate.png', size: 16 },
  { source: 'tray-template.svg', file: 'trayTemplate@2x.png', size: 32 },
] as const;

const build = fileURLToPath(new URL('../build/', import.meta.url));
const executablePath = findBrowser();
if (executablePath === null) throw new Error('Drawing the icons needs Chrome or Chromium');
mkdirSync(`${build}icons`, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const { source, file, size } of ICONS) {
  const svg = readFileSync(`${build}${source}`, 'utf8').replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<body style="margin:0;background:transparent">${svg}</body>`);
  await page.locator('svg').screenshot({ path: `${build}icons/${file}`, omitBackground: true });
}
await browser.close();
