import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { cipherOf, openConnection } from '../../../src/main/engine/store/cipher.ts';
import type { Connection } from '../../../src/main/engine/store/handles.ts';
import { openStore, restoreBackup, verifyBackup } from '../../../src/main/engine/store/index.ts';
import { migrate } from '../../../src/main/engine/store/migrate.ts';
import { MIGRATIONS } from '../../../src/main/engine/store/migrations/index.ts';
import { recordingLogger, temporaryFolder } from '../../support/engine-ports.ts';
import { failureOf, newKey, storeOptions } from '../../support/store.ts';
import { fillEveryTable, tablesOf } from './fill-every-table.ts';

const NEWEST = MIGRATIONS.at(-1)!.version;
const CANARY = 'ada@canary.example';

/** A database as an earlier Vario left it: ChaCha20-Poly1305, `version` of the schema, 1,000 settings and a row in every other table. */
function earlierDatabase({ open = false, version = NEWEST } = {}) {
  const file = join(temporaryFolder(), 'vario.db');
  const key = newKey();
  const connection = new Driver(file);
  connection.pragma(`cipher = 'chacha20'`);
  connection.key(Buffer.concat([Buffer.from('raw:', 'latin1'), key]));
  connection.pragma('journal_mode = WAL');
  migrate(
    connection,
    MIGRATIONS.filter((migration) => migration.version <= version),
  );
  const insert = connection.prepare('INSERT INTO setting (name, value) VALUES (?, ?)');
  connection.transaction(() => {
    for (let n = 0; n < 1_000; n += 1) insert.run(`name ${n}`, JSON.stringify(`${CANARY} ${n}`.repeat(20)));
  })();
  if (version === NEWEST) fillEveryTable(connection);
  if (!open) connection.close();
  return { file, key, connection };
}

/** Everything in the database: schema, rows, versions. */
function contentsOf(connection: Connection): unknown {
  return {
    schema: connection.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all(),
    rows: tablesOf(connection).map((table) => [table, connection.prepare(`SELECT * FROM "${table}"`).all()]),
    versions: [connection.pragma('user_version'), connection.pragma('application_id')],
  };
}

function contentsOfFile(file: string, key: Uint8Array): unknown {
  const connection = openConnection(file, key, { readonly: true });
  try {
    return contentsOf(connection);
  } finally {
    connection.close();
  }
}

describe('a database of the earlier cipher', () => {
  it('is encrypted anew when it is opened: the same schema, rows, key and permissions, and nothing left beside it', () => {
    const { file, key } = earlierDatabase();
    const before = contentsOfFile(file, key);
    expect(cipherOf(file)).toBe('chacha20');
    const logger = recordingLogger();

    openStore({ ...storeOptions(), file, key, logger }).close();

    expect(cipherOf(file)).toBe('aegis');
    expect(contentsOfFile(file, key)).toEqual(before);
    expect(readFileSync(file).includes(CANARY)).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(dirname(file)).filter((name) => name.includes('converting'))).toEqual([]);
    expect(JSON.stringify(logger.lines)).toContain('encrypted anew');
  });

  it('is converted once', () => {
    const { file, key } = earlierDatabase();
    openStore({ ...storeOptions(), file, key }).close();
    const logger = recordingLogger();
    openStore({ ...storeOptions(), file, key, logger }).close();
    expect(JSON.stringify(logger.lines)).not.toContain('encrypted anew');
  });

  it('brings along what only its log held when the program was killed', () => {
    const { file, key, connection } = earlierDatabase({ open: true });
    connection.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run('last', '"in the log"');
    const killed = join(temporaryFolder(), 'vario.db');
    for (const part of ['', '-wal']) copyFileSync(file + part, killed + part);
    connection.close();

    const store = openStore({ ...storeOptions(), file: killed, key });
    expect(store.db.first(store.db.build.selectFrom('setting').selectAll().where('name', '=', 'last'))).toEqual({
      name: 'last',
      value: '"in the log"',
    });
    store.close();
    expect(cipherOf(killed)).toBe('aegis');
  });

  it('takes no notice of a copy that a kill left half-way', () => {
    const { file, key } = earlierDatabase();
    const before = contentsOfFile(file, key);
    writeFileSync(`${file}.converting`, readFileSync(file).subarray(0, 20_000));
    writeFileSync(`${file}.converting-journal`, 'half');
    openStore({ ...storeOptions(), file, key }).close();
    expect(contentsOfFile(file, key)).toEqual(before);
    expect(existsSync(`${file}.converting`)).toBe(false);
  });

  it('of an earlier schema is converted and then migrated, with a backup before', () => {
    const { file, key } = earlierDatabase({ version: NEWEST - 1 });
    const options = { ...storeOptions(), file, key };
    const store = openStore(options);
    expect(store.schemaVersion).toBe(NEWEST);
    store.close();
    const [backup = ''] = readdirSync(options.backupDir);
    expect(backup).toMatch(/before-migration/);
    expect(verifyBackup(join(options.backupDir, backup), key)).toBe(MIGRATIONS.at(-2)!.version);
  });
});

describe('a database of the earlier cipher that cannot be converted stays as it is', () => {
  function unchanged(file: string, key: Uint8Array, kind: string): void {
    const before = readFileSync(file);
    expect(failureOf(() => openStore({ ...storeOptions(), file, key })).details).toMatchObject({ kind });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}.converting`)).toBe(false);
  }

  it('under a wrong key', () => {
    unchanged(earlierDatabase().file, newKey(), 'wrong_key');
  });

  it('when a newer Vario wrote it', () => {
    const { file, key, connection } = earlierDatabase({ open: true });
    connection.pragma('user_version = 99999');
    connection.close();
    unchanged(file, key, 'newer_schema');
  });

  it('when one of its pages is damaged', () => {
    const { file, key } = earlierDatabase();
    const bytes = readFileSync(file);
    const target = bytes.length - 4_096 * 20 + 100;
    bytes[target] = bytes[target]! ^ 1;
    writeFileSync(file, bytes);
    unchanged(file, key, 'corrupt');
  });
});

it('a backup of the earlier cipher is verified as it is, and restored into today’s', () => {
  const earlier = earlierDatabase();
  expect(verifyBackup(earlier.file, earlier.key)).toBe(NEWEST);
  const before = contentsOfFile(earlier.file, earlier.key);
  const file = join(temporaryFolder(), 'vario.db');

  expect(restoreBackup(file, earlier.file, earlier.key).schemaVersion).toBe(NEWEST);

  expect(cipherOf(file)).toBe('aegis');
  expect(cipherOf(earlier.file)).toBe('chacha20');
  expect(contentsOfFile(file, earlier.key)).toEqual(before);
});
