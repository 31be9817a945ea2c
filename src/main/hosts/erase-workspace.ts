/** Removes everything that the program keeps of a company on this computer. */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../shared/kernel/errors.ts';
import { spoolFolder } from '../engine/index.ts';

/**
 * Deletes the database with its logs and copies, the key, the backups beside it and files on their way in. Without the
 * key, backups elsewhere cannot be opened again by anybody. What lies among the documents is the founder's own and stays.
 * @throws AppError `storage_failed` naming what could not be removed; the rest may be gone already.
 */
export function eraseWorkspace(databaseFile: string, keyringFile: string, backupDir: string): void {
  const companions = ['', '-wal', '-shm', '-journal', '.compacting', '.compacting-journal'];
  // The key goes first: whatever an end by force leaves behind is unreadable from then on.
  const doomed = [
    keyringFile,
    ...companions.map((end) => `${databaseFile}${end}`),
    backupDir,
    spoolFolder(databaseFile),
    join(dirname(databaseFile), 'demo'),
  ];
  for (const path of doomed) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch (cause) {
      throw new AppError('storage_failed', `${path} could not be removed. Close other programs and remove it by hand`, {
        cause,
      });
    }
  }
}
