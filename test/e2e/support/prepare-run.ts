/**
 * Before the first test: the moment at which the run begins; the program under test, bundled into a few files, as the
 * build bundles what is shipped (every test that starts it would read and strip a thousand files of TypeScript otherwise,
 * in each of its threads); and a company that is synced once, of which every test that needs one of its own has a copy.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { rendererDir } from '../../../src/main/hosts/installation.ts';
import { keepTemporaryFilesInMemory } from '../../support/quick-place.ts';
import { Host } from './host.ts';
import { beginRun } from './moment.ts';
import { PASSPHRASE, tellPrepared } from './prepared-company.ts';
import { setRunDir } from './run-dir.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** @returns what is done after the last test. @throws Error where the renderer is not built. */
export default async function prepareRun(): Promise<() => void> {
  if (rendererDir() === null) throw new Error('The renderer is not built. Run npm run build first.');
  beginRun();
  const removeTemporary = keepTemporaryFilesInMemory();
  // Two folders deep, as the build: the program finds its own files from there. Runs side by side have one each.
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  const dir = mkdtempSync(join(ROOT, 'out', 'e2e-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: dir,
      target: 'node24',
      copyPublicDir: false,
      rolldownOptions: {
        input: {
          'host-process': join(ROOT, 'test/e2e/support/host-process.ts'),
          'reader-worker': join(ROOT, 'src/main/engine/api/reader-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  setRunDir(dir);
  const host = prepareCompany();
  return () => {
    host.drop();
    rmSync(dir, { recursive: true, force: true });
    removeTemporary();
  };
}

/** Beside the first tests, which do not need it. */
function prepareCompany(): Host {
  const host = new Host();
  host
    .prepare(PASSPHRASE)
    .then((company) => tellPrepared({ company }))
    .catch((error: unknown) => tellPrepared({ failure: String(error) }));
  return host;
}
