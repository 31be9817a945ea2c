/** Where things are kept on this computer, unless the founder says otherwise. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

type Environment = Readonly<Record<string, string | undefined>>;

/** The data directory: `--data-dir`, `VARIO_DATA_DIR`, or the platform's folder for application data. */
export function dataDirOf(option: string | undefined, env: Environment): string {
  const named = option ?? env['VARIO_DATA_DIR'];
  return named === undefined || named === '' ? envPaths('vario', { suffix: '' }).data : resolve(named);
}

/**
 * The folder for board packs: `VARIO_DOCUMENTS_DIR`, or `Vario` among the founder's
 * documents. Never inside the data directory, which holds nothing in plain text.
 */
export function documentsDirOf(env: Environment): string {
  const named = env['VARIO_DOCUMENTS_DIR'];
  if (named !== undefined && named !== '') return resolve(named);
  const documents = join(homedir(), 'Documents');
  return join(existsSync(documents) ? documents : homedir(), 'Vario');
}
