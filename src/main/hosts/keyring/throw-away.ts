/** Keys that nobody keeps: the demo's database cannot be opened again after the program ends. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PREFIX = 'throw-away-';
const MARKER = 'THROW-AWAY.txt';
const NOTICE = `The database in this folder is encrypted with a key that exists only in the memory of one running program.
Once that program ends, nobody can read it, and the next one removes this folder. Keep nothing of your own here.
process `;

export interface ThrowAway {
  /** A folder of this process alone, with a note that says what it is. */
  readonly dataDir: string;
  /** 32 random bytes, kept nowhere else. The caller overwrites them with zeros once the database is open. */
  readonly key: Uint8Array;
  /** Removes the folder, after the database is closed. */
  remove(): void;
}

/** True for a data directory whose key was never stored. */
function isThrowAway(dataDir: string): boolean {
  return existsSync(join(dataDir, MARKER));
}

/**
 * Makes a data directory under `parent` with a key that is kept nowhere, and
 * removes those of processes that are gone. Folders without the note are never touched.
 */
export function startThrowAway(parent: string): ThrowAway {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parent)) {
    const left = join(parent, name);
    if (name.startsWith(PREFIX) && isThrowAway(left) && !isAlive(ownerOf(left)))
      rmSync(left, { recursive: true, force: true });
  }
  const dataDir = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(dataDir, MARKER), `${NOTICE}${process.pid}\n`, { mode: 0o600 });
  return {
    dataDir,
    key: Uint8Array.from(randomBytes(32)),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

function ownerOf(dataDir: string): number {
  const [, pid = '0'] = /process (\d+)\n$/.exec(readFileSync(join(dataDir, MARKER), 'utf8')) ?? [];
  return Number(pid);
}

/** Signal 0 asks only whether the process is there; EPERM means that it is, and somebody else's. */
function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
