/** Reads every page of a database and says what is wrong with it. */
import type { Connection } from './handles.ts';
import { asStorageFailure, storageProblem } from './storage-failure.ts';

export interface Integrity {
  readonly ok: boolean;
  /** SQLite's own findings, at most 100. */
  readonly problems: readonly string[];
}

/** Checks pages, indexes and foreign keys. Reads the whole file: seconds on a large one. */
export function checkIntegrity(connection: Connection): Integrity {
  const problems = integrityProblems(connection);
  if (problems.length === 0)
    for (const { table, parent } of connection.pragma('foreign_key_check') as { table: string; parent: string }[]) {
      problems.push(`a row of ${table} refers to a row of ${parent} that is not there`);
      if (problems.length >= 100) break;
    }
  return { ok: problems.length === 0, problems };
}

/** Findings of quick_check on one schema of the connection. A page that cannot be read is a finding too. */
export function integrityProblems(connection: Connection, schema: 'main' | 'proof' = 'main'): string[] {
  try {
    const found = connection.pragma(`${schema}.quick_check(100)`) as { quick_check: string }[];
    return found.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok');
  } catch (error) {
    const failure = asStorageFailure(error);
    if (storageProblem(failure) === 'corrupt' && failure instanceof Error) return [failure.message];
    throw failure;
  }
}
