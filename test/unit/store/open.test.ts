import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../../src/main/engine/store/cipher.ts';
import { openReader, openStore, openWriter } from '../../../src/main/engine/store/index.ts';
import { MIGRATIONS } from '../../../src/main/engine/store/migrations/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { failureOf, newKey, storeOptions, testStore } from '../../support/store.ts';

const PAGE = 4096;

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** A closed database of some hundred pages with one setting per row. */
function filledDatabase(): { file: string; key: Uint8Array } {
  const file = join(temporaryFolder(), 'vario.db');
  const key = newKey();
  const { db, close } = openWriter(file, key);
  const insert = db.prepareWrite<[string, string]>('INSERT INTO setting (name, value) VALUES (?, ?)');
  db.transaction(() => {
    for (let n = 0; n < 500; n += 1) insert.run(`name ${n}`, JSON.stringify('x'.repeat(2_000)));
  });
  close();
  return { file, key };
}

describe('opening a database', () => {
  it('creates it at the newest schema, and finds its data again', () => {
    const options = storeOptions();
    const first = openStore(options);
    first.db.run(first.db.build.insertInto('setting').values({ name: 'timeZone', value: '"UTC"' }));
    expect(first.schemaVersion).toBe(MIGRATIONS.at(-1)?.version);
    first.close();

    const second = openStore(options);
    expect(second.db.all(second.db.build.selectFrom('setting').selectAll())).toEqual([
      { name: 'timeZone', value: '"UTC"' },
    ]);
    second.close();
  });

  it('keeps temporary tables in memory and the log on disk', () => {
    const { file, key } = filledDatabase();
    const connection = openConnection(file, key, { readonly: false });
    expect(connection.pragma('temp_store', { simple: true })).toBe(2);
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(connection.pragma('cipher', { simple: true })).toBe('aegis');
    connection.close();
  });

  it('refuses a key that has not 32 bytes', () => {
    const { file } = filledDatabase();
    expect(failureOf(() => openWriter(file, new Uint8Array(31)))).toMatchObject({ code: 'internal' });
  });
});

describe('what can be wrong with a database', () => {
  it('a wrong key is an auth failure, and changes nothing', () => {
    const { file } = filledDatabase();
    const before = hashOf(file);
    const failure = failureOf(() => openWriter(file, newKey()));
    expect(failure).toMatchObject({ code: 'auth_failed', details: { kind: 'wrong_key' } });
    expect(failure.message).toContain(file);
    expect(hashOf(file)).toBe(before);
  });

  it.each([
    ['a text', (file: string) => writeFileSync(file, 'Dear Ada,\n'.repeat(2_000))],
    ['a file of a few bytes', (file: string) => writeFileSync(file, 'x')],
    ['a plain SQLite database', (file: string) => new Driver(file).exec('CREATE TABLE t (a)').close()],
  ])('%s is not a Vario file, and changes nothing', (_what, write) => {
    const file = join(temporaryFolder(), 'vario.db');
    write(file);
    const before = hashOf(file);
    const failure = failureOf(() => openWriter(file, newKey()));
    expect(failure).toMatchObject({ code: 'storage_failed', details: { kind: 'not_vario' } });
    expect(hashOf(file)).toBe(before);
  });

  it('a database of another program, encrypted with the same key, is not a Vario file', () => {
    const file = join(temporaryFolder(), 'vario.db');
    const key = newKey();
    const other = openConnection(file, key, { readonly: false });
    other.exec('CREATE TABLE note (body TEXT)');
    other.close();
    expect(failureOf(() => openWriter(file, key)).details).toMatchObject({ kind: 'not_vario' });
    expect(failureOf(() => openReader(file, key)).details).toMatchObject({ kind: 'not_vario' });
  });

  it('a newer schema asks for an update, names both versions, and changes nothing', () => {
    const { file, key } = filledDatabase();
    const raw = openConnection(file, key, { readonly: false });
    raw.pragma('user_version = 99999');
    raw.close();
    const before = hashOf(file);
    const failure = failureOf(() => openWriter(file, key));
    expect(failure).toMatchObject({
      code: 'conflict',
      details: { kind: 'newer_schema', version: 99_999, newest: MIGRATIONS.at(-1)?.version },
    });
    expect(hashOf(file)).toBe(before);
  });

  it('one flipped bit in a page is found by reading it and by the integrity check, and the rest stays readable', () => {
    const { file, key } = filledDatabase();
    const bytes = readFileSync(file);
    const target = Math.floor(bytes.length / PAGE / 2) * PAGE + 100;
    bytes[target] = bytes[target]! ^ 1;
    writeFileSync(file, bytes);

    const { db, close } = openReader(file, key);
    const failure = failureOf(() => db.prepare('SELECT sum(length(value)) FROM setting').all());
    expect(failure).toMatchObject({ code: 'storage_failed', details: { kind: 'corrupt' } });
    expect(failure.message).toMatch(/backup/);
    expect(db.first(db.build.selectFrom('setting').selectAll().where('name', '=', 'name 0'))?.name).toBe('name 0');
    close();

    const store = openStore({ ...storeOptions(), file, key });
    expect(store.checkIntegrity()).toMatchObject({ ok: false });
    store.close();
  });

  it('an intact database passes the integrity check', () => {
    expect(testStore().checkIntegrity()).toEqual({ ok: true, problems: [] });
  });

  it('a full disk rolls the change back, keeps what was there, and works again afterwards', () => {
    const { file, key } = filledDatabase();
    const { db, connection, close } = openWriter(file, key);
    const pages = connection.pragma('page_count', { simple: true }) as number;
    connection.pragma(`max_page_count = ${pages + 3}`);
    const insert = db.prepareWrite<[string, string]>('INSERT INTO setting (name, value) VALUES (?, ?)');
    const fill = () =>
      db.transaction(() => {
        for (let n = 0; n < 50; n += 1) insert.run(`more ${n}`, JSON.stringify('y'.repeat(3_000)));
      });

    const failure = failureOf(fill);
    expect(failure).toMatchObject({ code: 'storage_failed', details: { kind: 'disk_full' } });
    const count = () => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM setting').first()?.n;
    expect(count()).toBe(500);

    connection.pragma('max_page_count = 1073741823');
    fill();
    expect(count()).toBe(550);
    close();
  });

  it('a reader of a database that is not there says so, and creates none', () => {
    const file = join(temporaryFolder(), 'none.db');
    expect(failureOf(() => openReader(file, newKey()))).toMatchObject({
      code: 'not_found',
      details: { kind: 'missing' },
    });
    expect(existsSync(file)).toBe(false);
  });

  it('a folder that is not there is named', () => {
    const file = join(temporaryFolder(), 'no', 'vario.db');
    expect(failureOf(() => openWriter(file, newKey())).details).toMatchObject({ kind: 'missing' });
  });

  it('a step that fails half-way leaves the version before it, with its data', () => {
    const { file, key } = filledDatabase();
    const bad = {
      version: 99_990,
      name: 'bad',
      sql: 'CREATE TABLE half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1);',
    };
    expect(() => openWriter(file, key, { migrations: [...MIGRATIONS, bad] })).toThrow(/nowhere/);
    const { db, close } = openWriter(file, key);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").all()).toEqual([]);
    expect(db.prepare<[], { n: number }>('SELECT count(*) AS n FROM setting').first()).toEqual({ n: 500 });
    close();
  });

  it('a step that orphans rows is refused', () => {
    const options = storeOptions();
    const first = openStore(options);
    const { lastId } = first.db.run(
      first.db.build
        .insertInto('source')
        .values({ vendor: 'stripe', name: 'Acme', config: '{}', state: 'ready', connected_at: 0 }),
    );
    first.db.run(first.db.build.insertInto('secret').values({ source_id: lastId, name: 'key', value: 'x' }));
    first.close();
    const bad = { version: 99_990, name: 'orphans', sql: 'DELETE FROM source;' };
    expect(failureOf(() => openStore({ ...options, migrations: [...MIGRATIONS, bad] }))).toMatchObject({
      code: 'internal',
    });
    const again = openStore(options);
    expect(again.db.all(again.db.build.selectFrom('source').select('name'))).toEqual([{ name: 'Acme' }]);
    again.close();
  });
});

describe('files of a store', () => {
  it('are readable by their owner only', () => {
    const { options } = testStore();
    expect(statSync(options.file).mode & 0o077).toBe(0);
  });
});
