/** Secondary indexes may wait until a table is full; none is lost on the way. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deferIndexes, restoreIndex } from '../../../src/main/engine/store/deferred-indexes.ts';
import { openWriter, type WriteDb } from '../../../src/main/engine/store/index.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { newKey } from '../../support/store.ts';

function indexesOf(db: WriteDb, table: string): string[] {
  return db
    .prepare<[string], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? ORDER BY name`,
    )
    .all(table)
    .map(({ name }) => name);
}

function someDatabase() {
  const file = join(temporaryFolder(), 'vario.db');
  const key = newKey();
  let opened = openWriter(file, key);
  onTestFinished(() => opened.close());
  return {
    db: () => opened.db,
    reopen() {
      opened.close();
      opened = openWriter(file, key);
    },
  };
}

test('all but the unique ones and those that are kept are taken away, and come back as they were', () => {
  const db = someDatabase().db();
  const before = indexesOf(db, 'movement');
  db.transaction(() => deferIndexes(db, 'movement', ['movement_by_customer']));
  expect(indexesOf(db, 'movement')).toEqual(['movement_by_customer', 'movement_by_reversal']);
  while (restoreIndex(db));
  expect(indexesOf(db, 'movement')).toEqual(before);
  expect(restoreIndex(db), 'nothing is left to make').toBe(false);
});

test('a database that was left without them has them again when it is opened', () => {
  const database = someDatabase();
  const before = indexesOf(database.db(), 'trial');
  expect(before.length).toBeGreaterThan(0);
  database.db().transaction(() => deferIndexes(database.db(), 'trial'));
  expect(indexesOf(database.db(), 'trial')).not.toEqual(before);
  database.reopen();
  expect(indexesOf(database.db(), 'trial')).toEqual(before);
});

test('a transaction that is rolled back takes none away', () => {
  const db = someDatabase().db();
  const before = indexesOf(db, 'movement');
  expect(() =>
    db.transaction(() => {
      deferIndexes(db, 'movement');
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(indexesOf(db, 'movement')).toEqual(before);
});
