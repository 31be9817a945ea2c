/** An import that is killed at any moment and gone on with ends as one that nobody disturbed; so does taking it back. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { csvOf, fileBench, type FileBench } from '../support/file-imports.ts';
import { bundled } from '../support/bundled.ts';

const CHILD = bundled('import-child');
/** Of the import and of taking it back, each. */
const KILLS = Number(process.env['VARIO_KILLS'] ?? 6);
const INVOICES = 6_000;
const KIND = 'invoices';

const HEADER = ['Invoice ID', 'Customer ID', 'Date', 'Amount', 'Currency', 'Period start', 'Period end', 'Line ID'];

/** Two lines an invoice, some of which do not fit. @param cents tells two files of the same invoices apart. */
function invoices(count: number, cents: number): string {
  const rows = Array.from({ length: 2 * count }, (_, row) => {
    const day = `2026-0${1 + (row % 9)}-1${row % 10}`;
    const amount = row % 97 === 0 ? 'a lot' : `${10 + (row % 50)}.${String(cents).padStart(2, '0')}`;
    return [`in_${row >> 1}`, `cus_${row % 300}`, day, amount, 'EUR', day, '2026-12-31', String(row)];
  });
  return csvOf(HEADER, rows);
}

/** Kills the child so many milliseconds after it began to work. @returns whether it was still at work. */
async function started(bench: FileBench, args: readonly string[], killAfterMs: number | null): Promise<boolean> {
  const found = bench.db
    .prepare<[], { file: string }>(`SELECT file FROM pragma_database_list WHERE name = 'main'`)
    .first();
  const child = spawn(process.execPath, [CHILD, found?.file ?? '', bench.deps.folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exit]);
  if (killAfterMs !== null) {
    await Promise.race([new Promise((resolve) => setTimeout(resolve, killAfterMs)), exit]);
    child.kill('SIGKILL');
  }
  const [code, signal] = (await exit) as [number | null, string | null];
  if (signal === null) expect(code).toBe(0);
  return signal === 'SIGKILL';
}

/** Begins again and again what is killed, at other moments each time, then lets it end. @returns how many kills hit it. */
async function disturbed(bench: FileBench, args: readonly string[]): Promise<number> {
  let hits = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    if (!(await started(bench, args, 3 + ((kill * 89 + 17) % 230)))) return hits;
    hits += 1;
  }
  expect(await started(bench, args, null)).toBe(false);
  return hits;
}

test('ends as an undisturbed one, and is taken back exactly', { timeout: 180_000 + KILLS * 3_000 }, async () => {
  const first = invoices(INVOICES / 4, 50);
  const second = invoices(INVOICES, 75);
  const calm = fileBench();
  await calm.bring(KIND, first);
  const before = calm.dump();
  await calm.bring(KIND, second);
  const after = calm.dump();

  const bench = fileBench({ key: new Uint8Array(32).fill(7) });
  await bench.bring(KIND, first);
  expect(bench.dump()).toEqual(before);
  const uploadId = await bench.read(second);
  const mapping = bench.preview(uploadId, KIND).mapping;
  const hits = await disturbed(bench, ['import', String(uploadId), JSON.stringify(mapping)]);
  expect(hits).toBeGreaterThan(0);
  expect(bench.dump()).toEqual(after);
  const imports = bench.db.all(
    bench.db.build.selectFrom('file_import').select(['file_import_id', 'state', 'row_count', 'rejected']),
  );
  const calmly = calm.db.all(
    calm.db.build.selectFrom('file_import').select(['file_import_id', 'state', 'row_count', 'rejected']),
  );
  expect(imports).toEqual(calmly);
  expect(bench.db.all(bench.db.build.selectFrom('file_reject').selectAll())).toEqual(
    calm.db.all(calm.db.build.selectFrom('file_reject').selectAll()),
  );

  expect(await disturbed(bench, ['undo', String(imports[1]?.file_import_id)])).toBeGreaterThan(0);
  expect(bench.dump()).toEqual(before);
});
