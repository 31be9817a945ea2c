/** The job that writes a backup, by itself once a day or when it is asked for; a failure becomes an alert. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/kernel/errors.ts';
import { noteBackup } from '../alerts/index.ts';
import { defineJob } from '../jobs/index.ts';
import type { Backup, Store } from '../store/index.ts';
import { lookForAlerts, type PipelineDeps } from './pipeline.ts';
import { readWorkspace } from './workspace-settings.ts';

const PayloadSchema = z.object({ reason: z.enum(['scheduled', 'manual']) });

/**
 * `backup`: its result is the backup, or null where there is nothing worth keeping: the demo company's database, or
 * daily backups that were switched off meanwhile. A disk that is full, or a folder that is not there, fails the job
 * and is told by an alert until a backup succeeds; the database itself goes on.
 */
export function defineBackupJob(pipeline: PipelineDeps, backup: Store['backup']) {
  const { db, clock, changes } = pipeline;
  return defineJob<z.output<typeof PayloadSchema>, Backup | null>({
    kind: 'backup',
    payload: PayloadSchema,
    title: ({ reason }) => (reason === 'scheduled' ? 'Daily backup' : 'Backup'),
    exclusive: () => 'backup',
    resumable: true,
    run({ payload: { reason }, progress }) {
      const { demo, dailyBackups, backupFolder } = readWorkspace(db);
      if (demo || (reason === 'scheduled' && dailyBackups === 0)) return Promise.resolve(null);
      progress({ step: 'Writing the backup' });
      try {
        const made = write(backup, reason, backupFolder, dailyBackups);
        noteBackup(db, { at: clock.now(), problem: null });
        return Promise.resolve(made);
      } catch (error) {
        const { message } = isAppError(error)
          ? error
          : new AppError('internal', 'It is not known why', { cause: error });
        noteBackup(db, { at: clock.now(), problem: message });
        throw error;
      } finally {
        lookForAlerts(pipeline);
        changes.publish('session');
      }
    },
  });
}

function write(backup: Store['backup'], reason: 'scheduled' | 'manual', folder: string | null, keep: number): Backup {
  // A drive that is not plugged in leaves an empty place, which must not be filled in its stead.
  if (folder !== null && !existsSync(folder))
    throw new AppError(
      'storage_failed',
      `The backup folder ${folder} is not there. Connect its drive, or choose another folder`,
    );
  return backup(reason, { ...(folder !== null && { dir: folder }), ...(reason === 'scheduled' && { keep }) });
}
