/**
 * Before the first test: the moment at which the run begins; the program under test, bundled; and a company that is synced
 * once, of which every test that needs one of its own has a copy.
 */
import { rendererDir } from '../../../src/main/hosts/installation.ts';
import { bundleProgram } from '../../support/bundled-program.ts';
import { keepTemporaryFilesInMemory } from '../../support/quick-place.ts';
import { Host } from './host.ts';
import { beginRun } from './moment.ts';
import { PASSPHRASE, tellPrepared } from './prepared-company.ts';
import { setRunDir } from './run-dir.ts';

/** @returns what is done after the last test. @throws Error where the renderer is not built. */
export default async function prepareRun(): Promise<() => void> {
  if (rendererDir() === null) throw new Error('The renderer is not built. Run npm run build first.');
  beginRun();
  const removeTemporary = keepTemporaryFilesInMemory();
  const { dir, remove } = await bundleProgram({ 'host-process': new URL('./host-process.ts', import.meta.url) });
  setRunDir(dir);
  const host = prepareCompany();
  return () => {
    host.drop();
    remove();
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
