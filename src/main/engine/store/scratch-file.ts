/** Where scratch files lie (see scratch.ts), and clearing away those that an end by force left. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assert } from '../../../shared/kernel/errors.ts';

const SUFFIX = '.scratch-';
const NAME = /^[\w-]{1,60}$/;

/** The scratch file of a name beside the database `file`. */
export function scratchFile(file: string, name: string): string {
  assert(NAME.test(name), `“${name}” cannot be part of a file's name`);
  return `${file}${SUFFIX}${name}`;
}

/** Removes every scratch file beside the database. */
export function removeScratch(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (name.startsWith(`${basename(file)}${SUFFIX}`)) rmSync(join(folder, name), { force: true });
}
