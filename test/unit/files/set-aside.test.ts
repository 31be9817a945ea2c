/** One list of everything that was set aside: records of vendors, then rows of files. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { setAside } from '../../../src/main/engine/api/set-aside.ts';
import { csvOf, fileBench, type FileBench } from '../../support/file-imports.ts';

const customers = (...rows: [string, string][]): string =>
  csvOf(
    ['Customer ID', 'Name', 'Created'],
    rows.map(([id, created]) => [id, 'Kestrel', created]),
  );

/** As the screens page through it. */
function all(bench: FileBench, limit: number): { keys: string[]; totals: Set<number> } {
  const keys: string[] = [];
  const totals = new Set<number>();
  for (let cursor: string | null = null; ;) {
    const page = setAside(bench.db, { limit, cursor });
    keys.push(...page.rows.map(({ key }) => key));
    totals.add(page.total);
    if (page.cursor === null) return { keys, totals };
    cursor = page.cursor;
  }
}

function held(bench: FileBench, id: string): void {
  const { db } = bench;
  db.run(
    db.build.insertInto('quarantine').values({
      source_id: 1,
      stream: 'invoices',
      object_id: id,
      reason: 'The currency is not known',
      path: 'currency',
      record: deflateRawSync('{"type":"invoice","record":{}}'),
      first_seen_at: 0,
      last_seen_at: 0,
    }),
  );
}

test('rows of files stand in it with their file, line and text', async () => {
  const bench = fileBench();
  const { importId } = await bench.bring('customers', customers(['cus_1', '2026-01-01'], ['', '2026-01-02']));
  const { total, rows, cursor } = setAside(bench.db, { limit: 10 });
  expect({ total, cursor }).toEqual({ total: 1, cursor: null });
  expect(rows).toMatchObject([
    {
      quarantineId: null,
      stream: 'customers',
      file: { importId, name: 'file-1.csv', line: 3 },
      objectId: 'file-1.csv, line 3',
      record: expect.stringContaining('Kestrel'),
    },
  ]);
});

test('every row is on one page, whatever the size of the pages', async () => {
  const bench = fileBench();
  const wrong = Array.from({ length: 5 }, (): [string, string] => ['', '2026-01-02']);
  await bench.bring('customers', customers(['cus_1', '2026-01-01'], ...wrong));
  await bench.bring('customers', customers(['cus_2', '2026-01-01'], ...wrong));
  for (const id of ['in_1', 'in_2', 'in_3']) held(bench, id);
  for (const limit of [1, 2, 3, 4, 12, 13, 50]) {
    const { keys, totals } = all(bench, limit);
    expect(keys).toHaveLength(13);
    expect(new Set(keys).size).toBe(13);
    expect([...totals]).toEqual([13]);
    // Records of vendors come first.
    expect(keys.slice(0, 3).every((key) => !key.startsWith('file/'))).toBe(true);
  }
});

test('an import that is taken back leaves nothing in it', async () => {
  const bench = fileBench();
  const { importId } = await bench.bring('customers', customers(['cus_1', '2026-01-01'], ['', '2026-01-02']));
  await bench.undo(importId);
  expect(setAside(bench.db, { limit: 10 })).toEqual({ total: 0, rows: [], cursor: null });
});

test('of a file that was imported again, put right, nothing is left', async () => {
  const bench = fileBench();
  await bench.bring('customers', customers(['cus_1', '2026-01-01'], ['', '2026-01-02']));
  bench.db.run(bench.db.build.updateTable('file_import').set({ file: 'file-2.csv' }));
  await bench.bring('customers', customers(['cus_1', '2026-01-01'], ['cus_2', '2026-01-02']));
  expect(setAside(bench.db, { limit: 10 }).total).toBe(0);
});
