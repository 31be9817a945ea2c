/**
 * What is known of people goes with the source that told it, whatever table it is in. The tables are taken from the
 * schema: one that is new and keeps a text behind fails here, until it is erased or has a reason to stay.
 */
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { systemRandom } from '../../../src/main/engine/runtime/index.ts';
import { openWriter } from '../../../src/main/engine/store/open.ts';
import type { Connection, WriteDb } from '../../../src/main/engine/store/handles.ts';
import { COUNTED, holdings, NOT_COUNTED } from '../../../src/main/engine/sync/holdings.ts';
import { disconnectSource } from '../../../src/main/engine/sync/index.ts';
import { fakeClock, recordingLogger, temporaryFolder } from '../../support/engine-ports.ts';
import { fillEveryTable, tablesOf } from '../store/fill-every-table.ts';

/** Tables in which something stays when the last source has gone with its data, and why that may be. */
const STAYS: Readonly<Record<string, string>> = {
  setting: 'the company’s own settings',
  schedule: 'the program’s own plans',
  customer: 'a number without a name: the ledger refers to it',
  exchange_rate: 'public',
  contact: 'hosts that were spoken with',
  ledger_head: 'no person',
  ledger_basis: 'no person',
  ledger_run: 'no person',
  ledger_rate: 'public',
  ledger_item: 'prices',
  calendar_day: 'days',
  state_part: 'prices and coupons',
  state_block: 'amounts under the number of a customer; emptied by the next computation',
  customer_block: 'amounts under the number of a customer; emptied by the next computation',
  customer_standing: 'days under the number of a customer; emptied by the next computation',
  movement: 'amounts under ids that nothing explains any more; the ledger only grows',
  movement_rollup: 'sums',
  gauge_rollup: 'sums',
  flow_rollup: 'sums',
  discount_span: 'amounts; emptied by the next computation',
  discount_rollup: 'sums',
  closing_watch: 'no person',
  closing_flow_change: 'amounts under ids that nothing explains any more',
  month_close: 'what was reported, sealed',
  month_reopening: 'what the founder wrote',
  restatement: 'amounts under ids that nothing explains any more',
  restatement_rollup: 'sums',
  alert_rule: 'rules',
  alert_condition: 'a rule and the key of what it watches',
  report_file: 'names of files',
  cost: 'the company’s own costs',
  cost_edit: 'the company’s own costs',
  cost_change: 'the company’s own costs',
  cost_reject: 'the company’s own costs',
  target: 'the company’s own plans',
  target_edit: 'the company’s own plans',
  segment: 'what the founder wrote',
  annotation: 'what the founder wrote',
  cockpit_view: 'what the founder arranged',
  visit: 'when the founder looked',
  digest: 'it names none of them: those that do are gone',
  digest_told: 'kinds of sentences',
  job: 'work that was done, by its kind; old ones are dropped',
  file_upload: 'a file that was handed over and not imported yet; the founder drops it',
  file_mapping: 'names of columns',
  erased_subject: 'hashes of ids: who is erased stays erased, also when the source is connected again',
};

let db: WriteDb;
let connection: Connection;
beforeEach(() => {
  ({ db, connection } = openWriter(join(temporaryFolder(), 'vario.db'), new Uint8Array(32).fill(7)));
  fillEveryTable(connection);
  // A digest is deflated JSON.
  connection.prepare<[Uint8Array]>('UPDATE digest SET body = ?').run(deflateRawSync('{}'));
});

function textsIn(table: string): string[] {
  const rows = connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all();
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) =>
      typeof value === 'string' || Buffer.isBuffer(value) ? [column] : [],
    ),
  );
}

function forgetTheSource(): void {
  const http = (): never => {
    throw new Error('Nobody is asked');
  };
  disconnectSource({ db, clock: fakeClock(), logger: recordingLogger(), http, random: systemRandom }, 1, {
    deleteData: true,
  });
}

it('leaves no text in a table that has no reason to keep one', () => {
  forgetTheSource();
  const left = tablesOf(connection).filter((table) => textsIn(table).length > 0);
  expect(left.filter((table) => STAYS[table] === undefined)).toEqual([]);
});

it('has a reason for no table that is empty, or gone', () => {
  const tables = tablesOf(connection);
  expect(Object.keys(STAYS).filter((table) => !tables.includes(table))).toEqual([]);
});

it('leaves of a customer the number alone', () => {
  forgetTheSource();
  const [customer] = connection.prepare<[], Record<string, unknown>>('SELECT * FROM customer').all();
  expect(customer).toMatchObject({
    name: 'Deleted customer',
    email: null,
    country: null,
    named_source_id: null,
    named_record_id: null,
  });
  expect(textsIn('alert')).toEqual([]);
});

it('drops digests that name a customer who is forgotten, and no other', () => {
  connection.exec(`UPDATE customer SET name = 'Kestrel "Labs"', email = 'ada@kestrel.example', erased_at = NULL`);
  connection.exec('DELETE FROM digest');
  const add = (headline: string, body: unknown): void => {
    db.run(
      db.build.insertInto('digest').values({
        kind: 'daily',
        from_on: '2026-11-20',
        to_on: '2026-11-20',
        made_at: 0,
        made_as: 'markdown',
        headline,
        body: deflateRawSync(JSON.stringify(body)),
      }),
    );
  };
  add('MRR rose', { rows: ['Heron Ltd'] });
  add('Kestrel "Labs" left', {});
  add('One has left', { rows: [{ name: 'Kestrel "Labs"' }] });
  add('One has written', { rows: ['ada@kestrel.example'] });
  forgetTheSource();
  const left = connection.prepare<[], { headline: string }>('SELECT headline FROM digest ORDER BY digest_id').all();
  expect(left.map(({ headline }) => headline)).toEqual(['MRR rose']);
});

it('says before how much there is: every table of a source is counted, or has a reason not to be', () => {
  const ofSources = connection
    .prepare<[], { name: string }>(
      `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.name IN ('source_id', 'named_source_id') AND m.name <> 'source' ORDER BY m.name`,
    )
    .all()
    .map(({ name }) => name);
  const told = [...COUNTED.map(({ table }) => table), ...Object.keys(NOT_COUNTED)];
  expect(ofSources.filter((table) => !told.includes(table))).toEqual([]);
  expect(told.filter((table) => !ofSources.includes(table))).toEqual([]);
  const { kinds } = holdings(db, 1);
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(COUNTED.map(({ kind }) => kind)));
});
