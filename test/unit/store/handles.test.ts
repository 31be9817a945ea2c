import { describe, expect, expectTypeOf, it } from 'vitest';
import { openReader, type ReadDb, type WriteDb } from '../../../src/main/engine/store/index.ts';
import { readDb } from '../../../src/main/engine/store/connection.ts';
import { openConnection } from '../../../src/main/engine/store/cipher.ts';
import { failureOf, testStore } from '../../support/store.ts';

function put(db: WriteDb, name: string, value = '1'): void {
  db.run(db.build.insertInto('setting').values({ name, value }));
}

function names(db: ReadDb): string[] {
  return db.all(db.build.selectFrom('setting').select('name').orderBy('name')).map(({ name }) => name);
}

describe('the two handles', () => {
  it('are different types: a reader does not stand in for a writer, a writer does for a reader', () => {
    expectTypeOf<WriteDb>().toExtend<ReadDb>();
    expectTypeOf<ReadDb>().not.toExtend<WriteDb>();
    expectTypeOf<Omit<ReadDb, symbol>>().not.toEqualTypeOf<ReadDb>();
  });

  it('a read-only connection refuses writes even in hand-written SQL', () => {
    const { options, db } = testStore();
    put(db, 'a');
    const reader = openReader(options.file, options.key);
    expect(() => reader.db.prepare('DELETE FROM setting RETURNING name').all()).toThrow(/readonly/i);
    expect(names(reader.db)).toEqual(['a']);
    reader.close();
  });

  it('a reader sees what was committed before it asked, while the writer is in a transaction', () => {
    const { options, db } = testStore();
    put(db, 'before');
    const reader = openReader(options.file, options.key);
    db.transaction(() => {
      put(db, 'during');
      expect(names(reader.db)).toEqual(['before']);
    });
    expect(names(reader.db)).toEqual(['before', 'during']);
    reader.close();
  });
});

describe('transactions', () => {
  it('roll back as a whole when the work throws, and pass the error on unchanged', () => {
    const { db } = testStore();
    const boom = new Error('boom');
    expect(() =>
      db.transaction(() => {
        put(db, 'a');
        throw boom;
      }),
    ).toThrow(boom);
    expect(names(db)).toEqual([]);
  });

  it('nest as savepoints: an inner failure that is caught leaves the outer work', () => {
    const { db } = testStore();
    db.transaction(() => {
      put(db, 'outer');
      expect(() =>
        db.transaction(() => {
          put(db, 'inner');
          throw new Error('inner');
        }),
      ).toThrow('inner');
    });
    expect(names(db)).toEqual(['outer']);
  });

  it('return what the work returns', () => {
    const { db } = testStore();
    expect(db.transaction(() => 7)).toBe(7);
  });
});

describe('queries', () => {
  it('one() names what is missing', () => {
    const { db } = testStore();
    const query = db.build.selectFrom('setting').selectAll().where('name', '=', 'x');
    expect(failureOf(() => db.one(query, 'setting “x”'))).toMatchObject({
      code: 'not_found',
      message: 'There is no such setting “x”',
    });
  });

  it('run() tells how many rows changed and the last row id', () => {
    const { db } = testStore();
    const values = { vendor: 'stripe', config: '{}', state: 'ready', connected_at: 0 };
    const first = db.run(db.build.insertInto('source').values({ ...values, name: 'a' }));
    const second = db.run(db.build.insertInto('source').values({ ...values, name: 'b' }));
    expect([first, second]).toEqual([
      { changes: 1, lastId: 1 },
      { changes: 1, lastId: 2 },
    ]);
    expect(db.run(db.build.deleteFrom('source')).changes).toBe(2);
  });

  it('an iterator may be left half-way and the same query asked again', () => {
    const { db } = testStore();
    for (const name of ['a', 'b', 'c']) put(db, name);
    const query = db.build.selectFrom('setting').select('name').orderBy('name');
    for (const row of db.iterate(query)) if (row.name === 'b') break;
    expect([...db.iterate(query)].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    put(db, 'd');
    expect(names(db)).toHaveLength(4);
  });

  it('a broken constraint stays an error of the statement, not of the storage', () => {
    const { db } = testStore();
    put(db, 'a');
    expect(() => put(db, 'a')).toThrow(/UNIQUE/);
    expect(() => put(db, 'a')).not.toThrow(expect.objectContaining({ name: 'AppError' }));
  });

  it('more different statements than are kept prepared still work', () => {
    const { db } = testStore();
    for (let n = 0; n < 1_100; n += 1) expect(db.prepare(`SELECT ${n} AS n`).first()).toEqual({ n });
    expect(db.prepare('SELECT 0 AS n').first()).toEqual({ n: 0 });
  });

  it('a handle over any connection reads', () => {
    const { options } = testStore();
    const connection = openConnection(options.file, options.key, { readonly: true });
    expect(names(readDb(connection))).toEqual([]);
    connection.close();
  });
});
