import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  listBackups,
  openStore,
  openWriter,
  restoreBackup,
  verifyBackup,
} from '../../../src/main/engine/store/index.ts';
import { openConnection } from '../../../src/main/engine/store/cipher.ts';
import { MIGRATIONS } from '../../../src/main/engine/store/migrations/index.ts';
import { finishInterruptedRestore } from '../../../src/main/engine/store/restore.ts';
import { fakeClock } from '../../support/engine-ports.ts';
import { failureOf, newKey, storeOptions, testStore } from '../../support/store.ts';
import type { StoreOptions, WriteDb } from '../../../src/main/engine/store/index.ts';

const NEWEST = MIGRATIONS.at(-1)!.version;

function put(db: WriteDb, name: string): void {
  db.run(db.build.insertInto('setting').values({ name, value: JSON.stringify('canary-in-backup'.repeat(50)) }));
}

function namesIn(file: string, key: Uint8Array): string[] {
  const { db, close } = openWriter(file, key);
  const names = db.all(db.build.selectFrom('setting').select('name').orderBy('name')).map(({ name }) => name);
  close();
  return names;
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  const target = Math.floor(bytes.length / 2);
  bytes[target] = bytes[target]! ^ 1;
  writeFileSync(file, bytes);
}

describe('a backup', () => {
  it('holds everything committed so far, opens with the same key, and is encrypted', () => {
    const { db, backup, options } = testStore();
    put(db, 'a');
    const made = backup('manual');
    put(db, 'after');
    expect(verifyBackup(made.file, options.key)).toBe(NEWEST);
    expect(namesIn(made.file, options.key)).toEqual(['a']);
    expect(readFileSync(made.file).includes('canary-in-backup')).toBe(false);
    expect(failureOf(() => verifyBackup(made.file, newKey())).details).toMatchObject({ kind: 'wrong_key' });
    expect(statSync(made.file).mode & 0o077).toBe(0);
    expect(made).toMatchObject({ reason: 'manual', size: statSync(made.file).size });
  });

  it('is rotated by its reason: the newest ten manual ones stay', () => {
    const clock = fakeClock();
    const { backup, options } = testStore({ clock });
    backup('scheduled');
    const made = Array.from({ length: 12 }, () => backup('manual').file);
    const left = listBackups(options.backupDir);
    expect(left.filter(({ reason }) => reason === 'manual').map(({ file }) => file)).toEqual(made.slice(2).reverse());
    expect(left.filter(({ reason }) => reason === 'scheduled')).toHaveLength(1);
  });

  it('that cannot be written leaves no half file, and the database goes on', () => {
    const { db, backup, options } = testStore();
    // A folder stands where the draft goes.
    mkdirSync(join(options.backupDir, '20261121T020000000Z-manual.vario-backup.part', 'in the way'), {
      recursive: true,
    });
    expect(() => backup('manual')).toThrow();
    expect(listBackups(options.backupDir)).toEqual([]);
    put(db, 'still works');
  });

  it('of a damaged database is refused, and older backups stay', () => {
    const options = storeOptions();
    const store = openStore(options);
    for (let n = 0; n < 300; n += 1) put(store.db, `n ${n}`);
    const good = store.backup('manual');
    store.close();
    damage(options.file);
    const again = openStore(options);
    expect(failureOf(() => again.backup('manual')).details).toMatchObject({ kind: 'corrupt' });
    again.close();
    expect(listBackups(options.backupDir).map(({ file }) => file)).toEqual([good.file]);
    expect(readdirSync(options.backupDir)).toHaveLength(1);
  });

  it('listing ignores other files', () => {
    const { backup, options } = testStore();
    backup('manual');
    writeFileSync(join(options.backupDir, 'notes.txt'), 'x');
    expect(listBackups(options.backupDir)).toHaveLength(1);
    expect(listBackups(join(options.backupDir, 'none'))).toEqual([]);
  });
});

describe('before a migration', () => {
  const next = { version: NEWEST + 100_000, name: 'next', sql: 'CREATE TABLE next (a TEXT) STRICT;' };

  function migrated(options: StoreOptions): void {
    openStore({ ...options, migrations: [...MIGRATIONS, next] }).close();
  }

  it('the database is backed up at the version it had', () => {
    const options = storeOptions();
    const store = openStore(options);
    put(store.db, 'a');
    store.close();
    migrated(options);
    const [made, ...others] = listBackups(options.backupDir);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ reason: 'before-migration' });
    expect(verifyBackup(made!.file, options.key)).toBe(NEWEST);
    expect(namesIn(made!.file, options.key)).toEqual(['a']);
  });

  it('a new database needs none, and neither does one that is up to date', () => {
    const options = storeOptions();
    openStore(options).close();
    openStore(options).close();
    expect(listBackups(options.backupDir)).toEqual([]);
  });

  it('nothing is migrated when the backup fails', () => {
    const options = storeOptions();
    openStore(options).close();
    writeFileSync(options.backupDir, 'a file where the folder belongs');
    expect(() => migrated(options)).toThrow();
    const connection = openConnection(options.file, options.key, { readonly: true });
    expect(connection.pragma('user_version', { simple: true })).toBe(NEWEST);
    connection.close();
  });
});

describe('restoring', () => {
  function backedUp(): { options: StoreOptions; backup: string } {
    const options = storeOptions();
    const store = openStore(options);
    put(store.db, 'then');
    const { file } = store.backup('manual');
    put(store.db, 'later');
    store.close();
    return { options, backup: file };
  }

  it('brings the backup back and keeps the database before it aside', () => {
    const { options, backup } = backedUp();
    const restored = restoreBackup(options.file, backup, options.key);
    expect(namesIn(options.file, options.key)).toEqual(['then']);
    expect(restored.schemaVersion).toBe(NEWEST);
    expect(namesIn(restored.keptAside!, options.key)).toEqual(['later', 'then']);
    expect(existsSync(backup)).toBe(true);
  });

  it('works where the database is damaged or gone', () => {
    const { options, backup } = backedUp();
    damage(options.file);
    restoreBackup(options.file, backup, options.key);
    expect(namesIn(options.file, options.key)).toEqual(['then']);
    renameSync(options.file, `${options.file}.elsewhere`);
    expect(restoreBackup(options.file, backup, options.key).keptAside).toBeNull();
    expect(namesIn(options.file, options.key)).toEqual(['then']);
  });

  it.each([
    ['a damaged backup', (file: string) => damage(file), 'corrupt'],
    ['something else', (file: string) => writeFileSync(file, 'x'.repeat(9_000)), 'not_vario'],
  ])('%s is refused, and the database stays as it is', (_what, spoil, kind) => {
    const { options, backup } = backedUp();
    spoil(backup);
    expect(failureOf(() => restoreBackup(options.file, backup, options.key)).details).toMatchObject({ kind });
    expect(namesIn(options.file, options.key)).toEqual(['later', 'then']);
    expect(readdirSync(join(options.file, '..')).filter((name) => name.includes('restor'))).toEqual([]);
  });

  it('a backup that is not there, or of another key, is refused', () => {
    const { options, backup } = backedUp();
    expect(failureOf(() => restoreBackup(options.file, `${backup}.no`, options.key)).details).toMatchObject({
      kind: 'missing',
    });
    expect(failureOf(() => restoreBackup(options.file, backup, newKey())).details).toMatchObject({ kind: 'wrong_key' });
    expect(namesIn(options.file, options.key)).toEqual(['later', 'then']);
  });

  it('an older backup is brought to the newest schema on the way', () => {
    const { options } = backedUp();
    const old = `${options.file}.old`;
    openWriter(old, options.key, { migrations: MIGRATIONS.slice(0, 1) }).close();
    expect(restoreBackup(options.file, old, options.key).schemaVersion).toBe(NEWEST);
  });

  it('that ended between the two renames is undone at the next opening, with the log of the database', () => {
    const options = storeOptions();
    const { db, close } = openWriter(options.file, options.key);
    put(db, 'in the log only');
    // As after a power cut: the log was not yet emptied into the database.
    const files = ['', '-wal'].map((suffix) => [suffix, readFileSync(options.file + suffix)] as const);
    close();
    for (const [suffix, bytes] of files) writeFileSync(`${options.file}.before-restore${suffix}`, bytes);
    renameSync(options.file, `${options.file}.elsewhere`);

    const store = openStore(options);
    expect(store.db.all(store.db.build.selectFrom('setting').select('name'))).toEqual([{ name: 'in the log only' }]);
    store.close();
    expect(finishInterruptedRestore(options.file)).toBe(false);
  });
});
