/**
 * Where the databases of tests lie while they run. Vario waits for the disk at every commit, as it must; thousands of
 * tests that each make databases wait for it most of their time. In memory nothing is waited for, and all else is the
 * same: what is killed in a test is a process, not the machine.
 */
import { accessSync, constants, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** What Linux keeps in memory; other systems have nothing of the kind. */
const IN_MEMORY = '/dev/shm';

/** More than all tests that run side by side ever need at a time. */
const ENOUGH_BYTES = 3 * 2 ** 30;

const PREFIX = 'vario-tests-';

/**
 * Lets `os.tmpdir()` of this process, and of those that it starts, be a fresh folder in memory where there is enough of
 * it. What a run left that was killed goes. @returns what removes the folder.
 */
export function keepTemporaryFilesInMemory(): () => void {
  if (!hasRoom()) return () => undefined;
  for (const name of readdirSync(IN_MEMORY))
    if (name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length))))
      rmSync(join(IN_MEMORY, name), { recursive: true, force: true });
  const dir = join(IN_MEMORY, `${PREFIX}${process.pid}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  process.env['TMPDIR'] = dir;
  return () => rmSync(dir, { recursive: true, force: true });
}

function hasRoom(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    accessSync(IN_MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > ENOUGH_BYTES;
  } catch (error) {
    // A container without it, or one that may not write there.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process is there as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
