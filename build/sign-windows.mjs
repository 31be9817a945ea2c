/**
 * electron-builder's hook for signing on Windows: hands each file to the
 * program named in VARIO_SIGN_COMMAND (a client of a signing service or of a
 * hardware key), with the file as its last argument. Without one the build is
 * unsigned, and says so; electron-updater then refuses it as an update.
 */
import { spawnSync } from 'node:child_process';

/** @param {{ path: string }} configuration */
export async function sign({ path }) {
  const command = process.env['VARIO_SIGN_COMMAND'];
  if (!command) {
    process.stdout.write(`  • not signed (VARIO_SIGN_COMMAND is not set): ${path}\n`);
    return;
  }
  const { status, error } = spawnSync(command, [path], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} did not sign ${path}`, { cause: error });
}
