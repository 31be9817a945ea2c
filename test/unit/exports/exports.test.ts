import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { exportTables, writeCsvZip, writeWorkbook } from '../../../src/main/engine/exports/index.ts';
import { localeStyle, MACHINE_STYLE } from '../../../src/shared/kernel/table-text.ts';
import { temporaryFolder } from '../../support/engine-ports.ts';
import { testStore } from '../../support/store.ts';

const MADE = Date.UTC(2026, 10, 21, 9);

/** Costs in three currencies, and a secret that must stay. */
function companyTables() {
  const { db } = testStore();
  const edit = db.run(db.build.insertInto('cost_edit').values({ act: 'entry', made_at: MADE }));
  const cost = { month: '2026-11', kind: 'marketing', cost_edit_id: edit.lastId, entered_at: MADE, changed_at: MADE };
  for (const [channel, currency, amount_minor] of [
    ['ads', 'USD', 123_450],
    ['=SUM(A1)', 'JPY', 5_000],
    ['fairs', 'KWD', 12_345],
  ] as const)
    db.run(db.build.insertInto('cost').values({ ...cost, channel, channel_key: channel, currency, amount_minor }));
  const source = db.run(
    db.build
      .insertInto('source')
      .values({ vendor: 'stripe', name: 'Acme', config: '{}', state: 'ready', connected_at: 0 }),
  );
  db.run(db.build.insertInto('secret').values({ source_id: source.lastId, name: 'apiKey', value: 'rk_live_kanarie' }));
  return exportTables(db);
}

function unzipped(file: string): Record<string, string> {
  const files = unzipSync(readFileSync(file));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('taking everything along as CSV', () => {
  test('every filled table, amounts with as many decimals as their currency has, moments in UTC', () => {
    const file = join(temporaryFolder(), 'all.zip');
    const written = writeCsvZip(file, companyTables(), MACHINE_STYLE);
    const files = unzipped(file);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['cost.csv', 'cost_edit.csv', 'source.csv']));
    expect(written).toMatchObject({ tables: Object.keys(files).length });
    expect(files['cost.csv']).toContain('1234.50');
    expect(files['cost.csv']).toContain(',5000');
    expect(files['cost.csv']).toContain('12.345');
    expect(files['cost.csv']).toContain(`'=SUM(A1)`);
    expect(files['cost.csv']?.split('\r\n')[0]).toMatch(/(^|,)amount(,|$)/);
    expect(files['cost_edit.csv']).toContain('2026-11-21T09:00:00');
  });

  test('no secret and nothing packed', () => {
    const file = join(temporaryFolder(), 'all.zip');
    writeCsvZip(file, companyTables(), MACHINE_STYLE);
    expect(JSON.stringify(unzipped(file))).not.toContain('rk_live_kanarie');
  });

  test('in the founder’s hand: decimal comma, and semicolons between', () => {
    const file = join(temporaryFolder(), 'all.zip');
    writeCsvZip(file, companyTables(), localeStyle('de-DE'));
    expect(unzipped(file)['cost.csv']).toContain(';1234,50');
  });
});

test('as a workbook: a sheet of contents, a sheet for each table, numbers as numbers', async () => {
  const file = join(temporaryFolder(), 'all.xlsx');
  const written = await writeWorkbook(file, companyTables());
  const sheets = await readWorkbook(file);
  expect(sheets[0]).toMatchObject({ sheet: 'Contents' });
  expect(sheets).toHaveLength(written.tables + 1);
  expect(sheets[0]?.data).toContainEqual(['cost', 3, 3, 1]);
  expect(sheets.find(({ sheet }) => sheet === 'cost')?.data.flat()).toEqual(expect.arrayContaining([1_234.5, 12.345]));
});

test('as a workbook, a long table goes on in further sheets, each under the header', async () => {
  const file = join(temporaryFolder(), 'all.xlsx');
  await writeWorkbook(file, companyTables(), { rowsOfSheet: 2, rowsOfWorkbook: 1_000 });
  const sheets = await readWorkbook(file);
  expect(sheets[0]?.data).toContainEqual(['cost', 3, 3, 2]);
  const cost = sheets.filter(({ sheet }) => sheet.startsWith('cost') && !sheet.startsWith('cost_'));
  expect(cost.map(({ sheet, data }) => [sheet, data.length])).toEqual([
    ['cost', 3],
    ['cost (2)', 2],
  ]);
  expect(cost[1]?.data[0]).toEqual(cost[0]?.data[0]);
});

test('a workbook without room for everything has the small tables whole, and says how much of the large ones', async () => {
  const file = join(temporaryFolder(), 'all.xlsx');
  const tables = companyTables();
  const filled = tables.filter(({ count }) => count > 0).length;
  const written = await writeWorkbook(file, tables, { rowsOfSheet: 10, rowsOfWorkbook: filled + 3 });
  const sheets = await readWorkbook(file);
  expect(sheets[0]?.data).toContainEqual(['cost_edit', 1, 1, 1]);
  expect(sheets[0]?.data).toContainEqual(['cost', 3, 2, 1]);
  expect(written.rows).toBe(filled + 3);
});
