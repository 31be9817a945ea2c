/**
 * What may be one customer's is erased, whatever table it is in. The tables are taken from the schema: one that is new
 * fails here until it is spoken of, and so does a text that stays behind without a reason.
 */
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { erasePerson } from '../../../src/main/engine/privacy/index.ts';
import { OTHER_TABLES } from '../../../src/main/engine/privacy/other-tables.ts';
import { PACKED_TABLES, PERSON_TABLES, spokenOf } from '../../../src/main/engine/privacy/person-tables.ts';
import { systemRandom } from '../../../src/main/engine/runtime/index.ts';
import { openWriter } from '../../../src/main/engine/store/open.ts';
import type { Connection, WriteDb } from '../../../src/main/engine/store/handles.ts';
import { fakeClock, recordingLogger, temporaryFolder } from '../../support/engine-ports.ts';
import { fillEveryTable, tablesOf } from '../store/fill-every-table.ts';

let db: WriteDb;
let connection: Connection;
beforeEach(() => {
  ({ db, connection } = openWriter(join(temporaryFolder(), 'vario.db'), new Uint8Array(32).fill(7)));
  // One row in every table, with the same text in every column of text: so every row is the one customer's.
  fillEveryTable(connection);
  connection.exec(`UPDATE customer SET merged_into_id = NULL, erased_at = NULL, name = '"sample"'`);
  connection.exec(`UPDATE file_stream SET kind = 'customers'`);
  connection.exec(
    `UPDATE file_record SET body = '{"id":"\\"sample\\"","name":"sample name"}', part_of = NULL, also_of = NULL`,
  );
  connection.exec(`UPDATE file_before SET before = '{"body":"{\\"id\\":\\"1\\",\\"name\\":\\"sample name\\"}"}'`);
  connection.exec(`UPDATE source SET vendor = 'files'`);
  connection.exec(`UPDATE billing_customer SET discounts = '[]'`);
  connection.prepare<[Uint8Array]>('UPDATE digest SET body = ?').run(deflateRawSync('{}'));
  connection
    .prepare<[Uint8Array]>('UPDATE quarantine SET record = ?')
    .run(deflateRawSync('{"type":"x","record":{"name":"\\"sample\\""}}'));
  connection.exec(
    `UPDATE subscription SET body = '{"metadata":{"a":"sample text"},"cancellation":{"comment":"sample text"}}'`,
  );
  connection.exec(
    `UPDATE subscription_sighting SET body = '{"metadata":{"a":"sample text"},"cancellation":{"comment":"sample text"}}'`,
  );
});

const http = (): never => {
  throw new Error('Nobody is asked');
};
const erase = () =>
  erasePerson({ db, clock: fakeClock(), logger: recordingLogger(), http, random: systemRandom }, 1, '"sample"');

/** Never a person's own words: ids, states, currencies and the like. */
const NEVER =
  /(^|_)(id|ids|status|state|currency|severity|rule|kind|type|standing|evidence|measure|what|reason)$|_on$|_id$/;

it('speaks of every table of the schema, once', () => {
  const spoken = spokenOf();
  expect(tablesOf(connection).filter((table) => !spoken.includes(table))).toEqual([]);
  expect(spoken.filter((table) => !tablesOf(connection).includes(table))).toEqual([]);
  expect(spoken.length).toBe(new Set(spoken).size);
});

it('leaves a text in no table that has no reason to keep one', () => {
  erase();
  const left = PERSON_TABLES.flatMap(({ table, stays, drops }) => {
    const rows = connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
    if (drops) return rows.length > 0 ? [`${table}: rows`] : [];
    if (stays !== undefined) return [];
    return rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        typeof value === 'string' && value.includes('sample') && !NEVER.test(column) ? [`${table}.${column}`] : [],
      ),
    );
  });
  expect(left).toEqual([]);
});

it('replaces what each table says it replaces', () => {
  const before = new Map(
    PERSON_TABLES.map(({ table }) => [
      table,
      connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all(),
    ]),
  );
  erase();
  for (const { table, erase: columns } of PERSON_TABLES) {
    const [row] = connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
    const [was] = before.get(table) ?? [];
    // A group of a help desk goes with the address that it is called after.
    if (!columns || !row || !was) continue;
    const changed = Object.keys(columns).filter((column) => !/^(account_id|record_id)$/.test(column));
    for (const column of changed) expect(row[column], `${table}.${column}`).not.toEqual(was[column]);
  }
});

it('replaces what is packed', () => {
  erase();
  const text = (sql: string) => JSON.stringify(connection.prepare(sql).all());
  expect(text('SELECT body FROM file_record')).not.toContain('sample name');
  expect(text('SELECT before FROM file_before')).not.toContain('sample name');
  expect(text('SELECT text FROM file_reject')).not.toContain('sample');
  expect(text('SELECT payload FROM raw_object')).not.toEqual(JSON.stringify([{ payload: Buffer.from('sample') }]));
  expect(Object.keys(PACKED_TABLES).length + Object.keys(OTHER_TABLES).length).toBeGreaterThan(50);
});
