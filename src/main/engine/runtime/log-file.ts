/** The log on disk: appended line by line, turned over at a size, old ones removed. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 5;

export interface LogFile {
  /** Writes one line (with its line feed). A disk that refuses it is told once on stderr and tried again with the next. */
  write(line: string): void;
  close(): void;
}

/**
 * Opens `dir/vario.log`; the ones before it are `vario.1.log` (newest) to `vario.4.log`.
 * Lines are written at once, so that the last words before a crash are there.
 */
export function openLogFile(dir: string, maxBytes: number = MAX_BYTES): LogFile {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const name = (age: number) => join(dir, age === 0 ? 'vario.log' : `vario.${age}.log`);
  let descriptor = openSync(name(0), 'a', 0o600);
  let size = fstatSync(descriptor).size;
  let complained = false;

  function turnOver(): void {
    closeSync(descriptor);
    rmSync(name(KEPT - 1), { force: true });
    for (let age = KEPT - 2; age >= 0; age -= 1) if (existsSync(name(age))) renameSync(name(age), name(age + 1));
    descriptor = openSync(name(0), 'a', 0o600);
    size = 0;
  }

  return {
    write(line) {
      try {
        if (size > 0 && size + line.length > maxBytes) turnOver();
        size += writeSync(descriptor, line);
        complained = false;
      } catch (error) {
        // Boundary: a full disk must not stop the program through its log.
        if (!complained) process.stderr.write(`The log ${name(0)} cannot be written: ${String(error)}\n`);
        complained = true;
      }
    },
    close: () => closeSync(descriptor),
  };
}
