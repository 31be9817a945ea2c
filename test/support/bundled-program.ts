/**
 * The program under test, bundled into a few files as the build bundles what is shipped. Who starts it, or one of its
 * threads, from TypeScript reads and strips a thousand files each time: 1.3 s of a processor for a reader's thread, and
 * 0.4 s bundled. A run bundles it once; its workers know the folder from the environment.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { BUNDLED } from '../../scripts/bundled-packages.ts';
import { tellBundled } from './bundled.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What every run has: the thread is found beside the entries. */
const THREADS = { 'reader-worker': new URL('../../src/main/engine/api/reader-worker.ts', import.meta.url) };

/**
 * Bundles these files, by the names they shall have, into a fresh folder.
 * @returns the folder, and what removes it.
 */
export async function bundleProgram(
  entries: Readonly<Record<string, URL>>,
): Promise<{ dir: string; remove: () => void }> {
  // Two folders deep, as the build: the program finds its own files from there. Runs side by side have one each.
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const dir = mkdtempSync(join(ROOT, 'out', 'tests-'));
  const input = Object.entries({ ...THREADS, ...entries }).map(([name, file]) => [name, fileURLToPath(file)]);
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { noExternal: BUNDLED },
    build: {
      ssr: true,
      outDir: dir,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: {
        input: Object.fromEntries(input),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  tellBundled(dir);
  // What was compiled once is not compiled again by the next of the many processes and threads.
  process.env['NODE_COMPILE_CACHE'] = join(dir, 'compiled');
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
