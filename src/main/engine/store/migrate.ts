/** Brings a database to the newest schema, one numbered step per transaction. */
import { assert } from '../../../shared/kernel/errors.ts';
import type { Connection } from './handles.ts';
import { APPLICATION_ID } from './cipher.ts';
import type { Migration } from './migrations/migration.ts';
import { mappingFailures, storageError } from './storage-failure.ts';

/** The version of the last migration applied; 0 for an empty database. */
export function schemaVersion(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/**
 * Refuses databases of other programs and of newer versions of Vario.
 * @throws AppError with `details.kind` `not_vario` or `newer_schema`.
 */
export function assertOurs(connection: Connection, migrations: readonly Migration[]): void {
  const version = schemaVersion(connection);
  const applicationId = Number(connection.pragma('application_id', { simple: true }));
  const tables = connection.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  if (applicationId !== APPLICATION_ID && (version > 0 || tables > 0))
    throw storageError('not_vario', `${connection.name} is a database of another program, not one of Vario`);
  const newest = newestVersion(migrations);
  if (version > newest)
    throw storageError(
      'newer_schema',
      `${connection.name} was written by a newer version of Vario (schema ${version}, this version knows ${newest}). Update Vario; nothing was changed`,
      { details: { version, newest } },
    );
}

export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** True when there are steps to apply. */
export function isBehind(connection: Connection, migrations: readonly Migration[]): boolean {
  return schemaVersion(connection) < newestVersion(migrations);
}

/**
 * Applies the missing steps in order. A step and its version mark are one
 * transaction: a step that fails leaves the database at the version before it.
 */
export function migrate(connection: Connection, migrations: readonly Migration[]): void {
  const current = schemaVersion(connection);
  for (const migration of migrations) {
    if (migration.version <= current) continue;
    mappingFailures(() =>
      connection
        .transaction(() => {
          connection.exec(migration.sql);
          // Foreign keys are not enforced while tables are rebuilt: the step must leave none broken.
          const [broken] = connection.pragma('foreign_key_check') as { table: string }[];
          assert(!broken, `migration ${migration.version} leaves rows of ${broken?.table} without their parent`);
          connection.pragma(`user_version = ${migration.version}`);
          connection.pragma(`application_id = ${APPLICATION_ID}`);
        })
        .immediate(),
    );
  }
}
