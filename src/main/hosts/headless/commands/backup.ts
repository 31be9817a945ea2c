import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { listBackups } from '../../../engine/store/index.ts';
import { restoreWorkspace } from '../restore-workspace.ts';
import { invocationOf, withWorkspace, type Process } from '../invocation.ts';

/** `vario backup`: an encrypted copy of the database. */
export function backupCommand(run: Process): Command {
  return new Command('backup')
    .description('write an encrypted backup, and prove it by reading it back')
    .option('--out <file>', 'copy it there as well (keep keyring.json with it: it opens the backup)')
    .addHelpText('after', '\nExamples:\n  vario backup\n  vario backup --out /media/usb/vario.vario-backup')
    .action(async ({ out }: { out?: string }, command: Command) => {
      const invocation = invocationOf(command, run);
      await withWorkspace(invocation, { program: 'backup' }, (_client, { workspace }) => {
        const backup = workspace.engine().backup();
        const file = out === undefined ? backup.file : resolve(out);
        try {
          if (out !== undefined) copyFileSync(backup.file, file);
        } catch (cause) {
          throw new AppError('storage_failed', `The backup is in ${backup.file}; it could not be copied to ${file}`, {
            cause,
          });
        }
        invocation.terminal.result({ ...backup, file }, file);
        return Promise.resolve();
      });
    });
}

/** `vario restore`: puts a backup in the database's place. */
export function restoreCommand(run: Process): Command {
  return new Command('restore')
    .description('put a backup in the database’s place; the database before is kept aside')
    .argument('[file]', 'the backup; default: the newest one of the data directory')
    .addHelpText('after', '\nExamples:\n  vario restore\n  vario restore /media/usb/vario.vario-backup')
    .action(async (file: string | undefined, _options: object, command: Command) => {
      const invocation = invocationOf(command, run);
      const newest = listBackups(`${invocation.dataDir}/backups`)[0]?.file;
      const backup = file === undefined ? newest : resolve(file);
      if (backup === undefined)
        throw new AppError('not_found', `There is no backup in ${invocation.dataDir}/backups: name one`);
      const restored = await restoreWorkspace(invocation.dataDir, backup, invocation.passphrase);
      const kept = restored.keptAside === null ? '' : `\nThe database before is kept as ${restored.keptAside}`;
      invocation.terminal.result({ backup, ...restored }, `Restored ${backup}${kept}`);
    });
}
