/** Restores a backup into a data directory that no engine has open. */
import { join } from 'node:path';
import { AppError } from '../../../shared/kernel/errors.ts';
import { systemClock } from '../../engine/runtime/index.ts';
import { lockDirectory, restoreBackup, type Restored } from '../../engine/store/index.ts';
import { unlockKeyring } from '../keyring/index.ts';
import { DATABASE_FILE, KEYRING_FILE } from '../workspace-host.ts';

/**
 * @throws AppError `locked` without a passphrase, `auth_failed` for a wrong one or a backup of another key,
 *   `conflict` while an engine has the directory, `storage_failed` for a damaged backup; the database is unchanged then.
 */
export async function restoreWorkspace(dataDir: string, backup: string, passphrase: string | null): Promise<Restored> {
  if (passphrase === null)
    throw new AppError('locked', 'A restore needs the passphrase, in VARIO_PASSPHRASE or --passphrase-file FILE');
  const key = await unlockKeyring(join(dataDir, KEYRING_FILE), { passphrase });
  try {
    const lock = lockDirectory(dataDir, 'vario restore', systemClock.now());
    try {
      return restoreBackup(join(dataDir, DATABASE_FILE), backup, key);
    } finally {
      lock.release();
    }
  } finally {
    key.fill(0);
  }
}
