/** The folder of a run, which its workers know from the environment: the bundled program, and what is prepared once. */
const VARIABLE = 'VARIO_E2E_DIR';

export function setRunDir(dir: string): void {
  process.env[VARIABLE] = dir;
}

/** @throws Error outside a run. */
export function runDir(): string {
  const dir = process.env[VARIABLE];
  if (dir === undefined) throw new Error('No run has begun: playwright test --config test/e2e/playwright.config.ts');
  return dir;
}
