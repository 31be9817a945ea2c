/** Builds the gallery of the working tree for the pictures; where it lies is told by the environment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export default async function buildGallery(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'vario-gallery-'));
  await build({
    configFile: new URL('../../src/renderer/gallery/vite.config.ts', import.meta.url).pathname,
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  process.env['VARIO_GALLERY'] = folder;
  return () => rmSync(folder, { recursive: true });
}
