/** What the program of a run that syncs a company for all leaves to the workers: a file, there once the company is. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PreparedCompany } from './host-messages.ts';
import { runDir } from './run-dir.ts';

export const PASSPHRASE = 'four calm otters glide';

type Outcome = { readonly company: PreparedCompany } | { readonly failure: string };

const file = (): string => join(runDir(), 'company.json');

/** At once whole: nobody reads half of it. */
export function tellPrepared(outcome: Outcome): void {
  writeFileSync(`${file()}.new`, JSON.stringify(outcome));
  renameSync(`${file()}.new`, file());
}

/** Waits for it, as long as the test may take. @throws Error why it could not be prepared. */
export async function preparedCompany(): Promise<PreparedCompany> {
  while (!existsSync(file())) await wait(100);
  const outcome = JSON.parse(readFileSync(file(), 'utf8')) as Outcome;
  if ('failure' in outcome) throw new Error(`The company for all could not be prepared: ${outcome.failure}`);
  return outcome.company;
}
