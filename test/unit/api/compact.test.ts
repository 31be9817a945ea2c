/** The database is copied into full pages while it is in use, and goes on under every handle. */
import { existsSync, statSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { compactWhenDue } from '../../../src/main/engine/api/compact.ts';
import type { QueryTable } from '../../../src/main/engine/api/call-types.ts';
import { openReaderPool, openStore } from '../../../src/main/engine/store/index.ts';
import { compactingFile } from '../../../src/main/engine/store/compaction.ts';
import { recordingLogger } from '../../support/engine-ports.ts';
import { storeOptions } from '../../support/store.ts';

const url = new URL('../../../src/main/engine/api/reader-worker.ts', import.meta.url);

async function grownStore() {
  const options = storeOptions();
  const key = Uint8Array.from(options.key);
  const store = openStore(options);
  const { file, clock } = options;
  const logger = recordingLogger();
  const readers = await openReaderPool<QueryTable>({ url, file, key, clock, logger, size: 1 });
  onTestFinished(async () => {
    await readers.close();
    store.close();
  });
  const { db } = store;
  db.run(
    db.build
      .insertInto('source')
      .values({ source_id: 1, vendor: 'stripe', name: 'Acme', config: '{}', state: 'ready', connected_at: 0 }),
  );
  const add = db.prepareWrite<[string, Uint8Array, Uint8Array]>(
    `INSERT INTO raw_object (source_id, type, object_id, hash, fetched_at, payload) VALUES (1, 'thing', ?, ?, 0, ?)`,
  );
  // As a first sync does it: the newest page first, its records in order. That leaves pages half empty.
  const fill = (pages: number, from = 0) => {
    for (let page = pages; page > 0; page--)
      db.transaction(() => {
        for (let n = 0; n < 100; n++)
          add.run(
            `id_${String(from + page).padStart(5, '0')}_${String(n).padStart(3, '0')}`,
            Buffer.alloc(8, n),
            Buffer.alloc(400, page),
          );
      });
  };
  return { store, readers, logger, file, key, fill };
}

test('a grown database becomes smaller, and everything goes on with it', async () => {
  const { store, readers, logger, file, fill } = await grownStore();
  const { db } = store;
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM raw_object');
  expect(await compactWhenDue(store, readers, logger), 'a small database is left alone').toBe(false);
  fill(400);
  const before = count.first();
  const asked = readers.run('workspace.get', undefined);
  db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  const size = statSync(file).size;
  expect(await compactWhenDue(store, readers, logger)).toBe(true);
  expect(await asked).toMatchObject({ companyName: 'My company' });
  expect(statSync(file).size).toBeLessThan(0.85 * size);
  // Prepared before, used after.
  expect(count.first()).toEqual(before);
  db.run(db.build.insertInto('setting').values({ name: 'companyName', value: '"Acme"' }));
  expect(await readers.run('workspace.get', undefined)).toMatchObject({ companyName: 'Acme' });
  expect(store.checkIntegrity()).toEqual({ ok: true, problems: [] });
  expect(await compactWhenDue(store, readers, logger), 'not again before it has grown').toBe(false);
  fill(400, 10_000);
  expect(await compactWhenDue(store, readers, logger)).toBe(true);
});

test('a copy that something was written beside is made again', async () => {
  const { store, readers, logger, fill } = await grownStore();
  fill(400);
  const compacting = compactWhenDue(store, readers, logger, () =>
    setTimeout(
      () => store.db.run(store.db.build.insertInto('setting').values({ name: 'companyName', value: '"Acme"' })),
      1,
    ),
  );
  expect(await compacting).toBe(true);
  expect(await readers.run('workspace.get', undefined)).toMatchObject({ companyName: 'Acme' });
});

test('a database that is written to all the time stays as it is', async () => {
  const { store, readers, logger, file, fill } = await grownStore();
  fill(400);
  let changes = 0;
  const busy = { ...store, changeCount: () => (changes += 1) };
  expect(await compactWhenDue(busy, readers, logger)).toBe(false);
  expect(existsSync(compactingFile(file))).toBe(false);
  expect(await readers.run('workspace.get', undefined)).toMatchObject({ companyName: 'My company' });
});

test('the copy is encrypted with the same key', async () => {
  const { store, readers, logger, file, key, fill } = await grownStore();
  fill(400);
  await compactWhenDue(store, readers, logger);
  await readers.close();
  store.close();
  const again = openStore({ ...storeOptions(), file, key });
  expect(again.checkIntegrity().ok).toBe(true);
  again.close();
});
