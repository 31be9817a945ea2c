/** Where the bundled program under test is (see bundled-program.ts), as processes and threads of tests find it. */
import { join } from 'node:path';

/** Workers, and what they start, have it from the environment. */
const VARIABLE = 'VARIO_TEST_PROGRAM';

export function tellBundled(dir: string): void {
  process.env[VARIABLE] = dir;
}

/** The bundled file of an entry, to be started. @throws Error outside a run. */
export function bundled(entry: string): string {
  const dir = process.env[VARIABLE];
  if (dir === undefined)
    throw new Error('The program under test is not bundled: tests run by vitest or playwright test');
  return join(dir, `${entry}.js`);
}
